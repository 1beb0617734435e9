//! `undersigned table sign`

use std::io::{BufRead, stdin};

use serde_json::{Value, json};
use table::{Draft, Field, Problem, SignOutcome, Table, TableError};
use zeroize::Zeroizing;

use super::problem_words::{mended_words, words};
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Save drafts that only have warnings
    #[arg(long)]
    pass_warnings: bool,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    let mut ending = Ending::Done;
    let mut input = stdin().lock();
    for number in 1_u64.. {
        let mut line = Zeroizing::new(Vec::new());
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let (sentence, value, saved) = sign(&mut table, &line, args.pass_warnings)
            .map_err(|error| {
                anyhow::Error::from(error).context(format!("line {number} is not saved, nor is any after it"))
            })?
            .said(number);
        output.say(&sentence, &value)?;
        if !saved {
            ending = Ending::DraftProblems;
        }
    }
    Ok(ending)
}

/// What came of one line.
enum Answer {
    Signed {
        outcome: SignOutcome,
        /// What is kept in another form than the draft has it in.
        mended: Vec<Field>,
    },
    /// What is wrong with the line, and where: a draft that is not looked at.
    Refused { code: &'static str, detail: String },
}

/// One draft. What is wrong with this one alone keeps no other from being signed.
fn sign(table: &mut Table, line: &[u8], pass_warnings: bool) -> Result<Answer, TableError> {
    let mut draft: Draft = match serde_json::from_slice(line) {
        Ok(draft) => draft,
        Err(error) => return Ok(Answer::Refused { code: "draft/malformed", detail: malformed(&error) }),
    };
    if let ([only], true) = (table.petitions(), draft.petition.is_nil()) {
        draft.petition = only.id();
    }
    match table.sign(&draft, pass_warnings, now(), &mut rand::rng()) {
        Ok(outcome) => {
            let mended = table.mended(&draft)?.into_iter().map(|mended| mended.field).collect();
            Ok(Answer::Signed { outcome, mended })
        }
        Err(error @ (TableError::NoPetition | TableError::SignatureId | TableError::SignatureIdTaken)) => {
            Ok(Answer::Refused { code: error.code(), detail: error.to_string() })
        }
        Err(error) => Err(error),
    }
}

/// What is wrong with a line that is no draft. The parser's own message could quote what was typed.
pub(super) fn malformed(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let column = error.column();
    match error.classify() {
        Category::Data => format!(
            "near column {column} is a name or a value that a draft does not have; `undersigned table sign --help` lists them"
        ),
        Category::Eof => "the line ends in the middle of the draft".to_owned(),
        Category::Syntax | Category::Io => format!("this is not JSON at column {column}"),
    }
}

impl Answer {
    /// What to say of a line, to people and to scripts, and whether it is saved.
    fn said(self, line: u64) -> (String, Value, bool) {
        match self {
            Self::Signed { outcome: SignOutcome::Saved(saved), mended } => {
                let (id, code) = (saved.signature, saved.withdrawal_code.to_string());
                let mut sentence = format!("Line {line}: saved as {id}. Withdrawal code: {code}");
                for field in &mended {
                    sentence.push_str(&format!("\n  {}", mended_words(*field)));
                }
                let mut value = json!({ "line": line, "saved": id, "withdrawal_code": code });
                // Absent where there is none: most lines are kept as they are.
                if !mended.is_empty() {
                    value["mended"] = json!(mended);
                }
                (sentence, value, true)
            }
            Self::Signed { outcome: SignOutcome::Problems(problems), mended } => {
                let mut sentence = format!("Line {line}: not saved.");
                for problem in &problems {
                    sentence.push_str(&format!("\n  {}", words(problem)));
                }
                for field in &mended {
                    sentence.push_str(&format!("\n  {}", mended_words(*field)));
                }
                if !problems.iter().any(Problem::is_error) {
                    sentence
                        .push_str("\n  These are warnings: with --pass-warnings it is saved all the same.");
                }
                (sentence, json!({ "line": line, "problems": problems, "mended": mended }), false)
            }
            Self::Refused { code, detail } => (
                format!("Line {line}: not saved: {detail} ({code})"),
                json!({ "line": line, "error": code, "detail": detail }),
                false,
            ),
        }
    }
}
