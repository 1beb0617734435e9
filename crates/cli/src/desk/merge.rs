//! `undersigned desk merge`

use std::{fs, path::PathBuf};

use anyhow::Context;
use desk::Merged;
use serde_json::json;

use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files that end in .batch
    files: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    let mut ending = Ending::Done;
    for file in &args.files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(file).with_context(|| format!("{name} cannot be read"))?;
        let merged = desk.merge(&name, &bytes, now())?;
        ending = say_merged(output, &name, &merged, ending)?;
    }
    Ok(ending)
}

pub(super) fn say_merged(
    output: &Output,
    name: &str,
    merged: &Merged,
    ending: Ending,
) -> anyhow::Result<Ending> {
    let (sentence, value, refused) = match merged {
        Merged::Taken { new_entries, known_entries, new_signatures, set_aside, .. } => (
            format!("{name}: {new_entries} new entries, {known_entries} known."),
            json!({
                "batch": name, "new_entries": new_entries, "known_entries": known_entries,
                "new_signatures": new_signatures, "set_aside": set_aside,
            }),
            false,
        ),
        Merged::Waiting { from, to, .. } => (
            format!("{name}: waits for entries {from} to {to} of its table."),
            json!({ "batch": name, "waiting_from": from, "waiting_to": to }),
            false,
        ),
        Merged::Refused { code, detail } => (
            format!("{name}: refused: {detail}"),
            json!({ "batch": name, "refused": code, "detail": detail }),
            true,
        ),
    };
    output.say(&sentence, &value)?;
    Ok(if refused { Ending::BatchRefused } else { ending })
}
