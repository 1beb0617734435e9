//! `undersigned desk merge`

use std::path::{Path, PathBuf};

use desk::{Desk, Merged};
use serde_json::json;

use crate::{
    Ending,
    files::read,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files that end in .batch, in any order, any number of times
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    let mut ending = Ending::Done;
    for file in &args.files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let merged = merge(&mut desk, &name, file)?;
        ending = ending.max(say_merged(output, &name, &merged)?);
    }
    // What waited for a file of the same command waits no more.
    let waits = ending == Ending::Waiting && desk.tables()?.iter().any(|row| row.waiting > 0);
    Ok(if ending == Ending::Waiting && !waits { Ending::Done } else { ending })
}

/// One file. One that cannot be read keeps no other from being merged.
fn merge(desk: &mut Desk, name: &str, file: &Path) -> anyhow::Result<Merged> {
    match read(file, "the file") {
        Ok(bytes) => Ok(desk.merge(name, &bytes, now())?),
        Err(refusal) => Ok(Merged::Refused { code: refusal.code, detail: refusal.to_string() }),
    }
}

/// Says what came of a batch, and how a command ends that merged it.
pub(super) fn say_merged(output: &Output, name: &str, merged: &Merged) -> anyhow::Result<Ending> {
    let (sentence, value, ending) = match merged {
        Merged::Taken { new_entries, known_entries, new_signatures, set_aside, .. } => {
            let mut sentence = match new_entries {
                0 => format!("{name}: nothing new: all of its {known_entries} entries are here already."),
                _ => format!(
                    "{name}: {new_entries} new entries, {known_entries} known; {new_signatures} new signatures."
                ),
            };
            if *set_aside > 0 {
                sentence.push_str(&format!(
                    " {set_aside} entries are set aside: they hold no signature for this ledger. They are kept."
                ));
            }
            let value = json!({
                "batch": name, "new_entries": new_entries, "known_entries": known_entries,
                "new_signatures": new_signatures, "set_aside": set_aside,
            });
            (sentence, value, Ending::Done)
        }
        Merged::Waiting { from, to, .. } => (
            format!(
                "{name}: is kept, and waits for {} entries before it, from {from} on: merge that table's earlier batches too.",
                to - from
            ),
            json!({ "batch": name, "waiting_from": from, "waiting_to": to }),
            Ending::Waiting,
        ),
        Merged::Refused { code, detail } => (
            format!("{name}: refused: {detail} ({code})"),
            json!({ "batch": name, "refused": code, "detail": detail }),
            Ending::BatchRefused,
        ),
    };
    output.say(&sentence, &value)?;
    Ok(ending)
}
