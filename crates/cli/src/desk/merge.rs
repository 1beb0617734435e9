//! `undersigned desk merge`

use std::{
    path::PathBuf,
    sync::{Mutex, atomic::AtomicBool},
};

use desk::{Desk, Merged};
use serde_json::json;

use crate::{
    Ending,
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
    let desk = Mutex::new(profile.open_desk()?);
    let mut said = Ok(());
    let report = Desk::merge_files(&desk, &args.files, now(), &AtomicBool::new(false), |name, merged| {
        let told = say_merged(output, name, merged).map(|_| ());
        said = std::mem::replace(&mut said, Ok(())).and(told);
    });
    said?;
    if let Some(error) = report.ended_early {
        let files = report.not_tried;
        let value = json!({ "not_tried": files, "ended_early": error.code() });
        output.say(&format!("{files} files were not tried. What was merged before is kept."), &value)?;
        return Err(error.into());
    }
    // What waited for a file of the same command waits no more.
    Ok(report.merged.iter().map(|(_, merged)| ending_of(merged)).max().unwrap_or(Ending::Done))
}

/// How a command ends that merged this.
fn ending_of(merged: &Merged) -> Ending {
    match merged {
        Merged::Taken { .. } => Ending::Done,
        Merged::Waiting { .. } => Ending::Waiting,
        Merged::Refused { .. } => Ending::BatchRefused,
    }
}

/// Says what came of a batch, and how a command ends that merged it.
pub(super) fn say_merged(output: &Output, name: &str, merged: &Merged) -> anyhow::Result<Ending> {
    let (sentence, value) = match merged {
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
            (sentence, value)
        }
        Merged::Waiting { from, to, .. } => (
            format!(
                "{name}: is kept, and waits for {} entries before it, from {from} on: merge that table's earlier batches too.",
                to - from
            ),
            json!({ "batch": name, "waiting_from": from, "waiting_to": to }),
        ),
        Merged::Refused { code, detail } => (
            format!("{name}: refused: {detail} ({code})"),
            json!({ "batch": name, "refused": code, "detail": detail }),
        ),
    };
    output.say(&sentence, &value)?;
    Ok(ending_of(merged))
}
