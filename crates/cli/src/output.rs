//! What is printed: sentences for people, JSON for scripts.
#![expect(clippy::print_stderr, reason = "a command line answers by printing")]

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::error::ErrorKind;
use desk::DeskError;
use serde_json::{Value, json};
use table::{ClientError, TableError};
use vault::VaultError;

pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    /// Says what came of a command; what was said is out before the next thing happens.
    pub(crate) fn say(&self, sentence: &str, value: &Value) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            writeln!(out, "{value}")?
        } else {
            writeln!(out, "{sentence}")?
        }
        out.flush()
    }

    /// Says why a command failed, by what code, and what can be done.
    pub(crate) fn failure(&self, error: &anyhow::Error) {
        let (code, next) = (code(error), next(code(error)));
        if self.json {
            let mut value = json!({ "error": code, "detail": words(error) });
            if let Some(next) = next {
                value["next"] = json!(next);
            }
            if let Some(Refusal { more: Some((name, more)), .. }) = error.downcast_ref() {
                value[name] = more.clone();
            }
            eprintln!("{value}");
        } else {
            let next = next.map(|next| format!("\n{next}")).unwrap_or_default();
            eprintln!("error: {} ({code}){next}", words(error));
        }
    }

    /// Says that a command was not understood, or what the help or the version was asked for.
    pub(crate) fn usage(&self, error: &clap::Error) -> ExitCode {
        if self.json && error.use_stderr() {
            eprintln!("{}", json!({ "error": "usage", "detail": error.render().to_string().trim_end() }));
        } else {
            // An output that is closed has nobody to be told.
            let _closed = error.print();
        }
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
            _ => ExitCode::from(2),
        }
    }
}

/// What this command line itself refuses.
#[derive(Debug, thiserror::Error)]
#[error("{detail}")]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    detail: String,
    /// What a script is told beside, under a name.
    more: Option<(&'static str, Value)>,
}

impl Refusal {
    /// With a stable code, and what is wrong.
    pub(crate) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), more: None }
    }

    /// With a member for scripts.
    pub(crate) fn with(self, name: &'static str, value: Value) -> Self {
        Self { more: Some((name, value)), ..self }
    }
}

/// What failed, in words. They end with the first error that has words of its own: what is below it is the system's, and may
/// hold a path.
fn words(error: &anyhow::Error) -> String {
    let mut words = String::new();
    for each in error.chain() {
        if !words.is_empty() {
            words.push_str(": ");
        }
        words.push_str(&each.to_string());
        let is_ours = each.is::<Refusal>() || each.is::<TableError>() || each.is::<DeskError>();
        if is_ours || each.is::<VaultError>() || each.is::<ClientError>() {
            break;
        }
    }
    words
}

/// The stable code of whatever failed.
fn code(error: &anyhow::Error) -> &'static str {
    if let Some(error) = error.downcast_ref::<Refusal>() {
        error.code
    } else if let Some(error) = error.downcast_ref::<TableError>() {
        error.code()
    } else if let Some(error) = error.downcast_ref::<DeskError>() {
        error.code()
    } else if let Some(error) = error.downcast_ref::<VaultError>() {
        error.code()
    } else if let Some(error) = error.downcast_ref::<ClientError>() {
        error.code()
    } else if error.downcast_ref::<io::Error>().is_some() {
        "io/output"
    } else {
        "app/unexpected"
    }
}

/// What to do, where the error itself does not say it.
fn next(code: &str) -> Option<&'static str> {
    Some(match code {
        "desk/none" => {
            "Make a campaign with `undersigned desk new`, or bring one back with `undersigned desk restore`."
        }
        "desk/exists" => {
            "See it with `undersigned desk status`. Another campaign needs another profile: --profile FOLDER."
        }
        "desk/no-endpoint" => {
            "Merge what tables wrote with `table carry`: `undersigned desk merge FILES`. Or name an endpoint: `undersigned \
             desk set-endpoint ADDRESS`."
        }
        "desk/no-petition" => "Add one: `undersigned desk add-petition FILE`.",
        "desk/unknown-petition" => "`undersigned desk petitions` lists them with their ids.",
        "desk/code-needs-endpoint" | "desk/kit-long" => {
            "`undersigned desk make-kit --out FILE` writes a file. Or name an endpoint: `undersigned desk set-endpoint ADDRESS`."
        }
        "desk/no-code" | "desk/unknown-kit" => "`undersigned desk kits` lists them with their ids.",
        "desk/unknown-table" | "desk/which-device" => {
            "`undersigned desk tables` lists them with their ids, generations and devices. Pull or merge first."
        }
        "desk/petition-source" => {
            "Mend the file, then add it again. `undersigned desk add-petition --help` shows one."
        }
        "desk/not-whole" => "`undersigned desk tables` says what is missing, and of which table.",
        "vault/entry-lost" => {
            "Of a table: with its recovery words, `undersigned table recover --words-file FILE`."
        }
        "table/none" => "Open a kit: `undersigned table open-kit FILE`.",
        "table/exists" => {
            "See it with `undersigned table status`. Another table needs another profile: --profile FOLDER."
        }
        "table/no-shift" => "Start one: `undersigned table start-shift --place PLACE`.",
        "table/shift-runs" => "End it with `undersigned table end-shift`.",
        "table/sheet-open" => "Close it in the window, or drop it: `undersigned table drop-sheet`.",
        "table/sheet-differs" => "Look at the sheet again, or say why: `--explanation TEXT`.",
        "table/no-petition" => "`undersigned table petitions` lists those of this table with their ids.",
        "table/no-endpoint" => "Write batches for a stick: `undersigned table carry FOLDER`.",
        "endpoint/unreachable" => {
            "Look at the network and the address, then do the same again. Nothing is lost."
        }
        "io/cannot-read" | "io/not-text" | "io/empty" => "Look at the file's name, then do the same again.",
        "io/disk-full" => "Make room on the disk or stick, or choose another folder; then do the same again.",
        "io/cannot-write" | "desk/export" | "table/file" => {
            "Choose another folder, or look whether the disk or stick is full."
        }
        "app/unexpected" => "Please report this with the words above. What was saved is safe.",
        _ => return None,
    })
}
