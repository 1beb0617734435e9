//! `undersigned table carry`

use std::path::PathBuf;

use serde_json::json;
use table::Nothing;

use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder, for one on a USB stick
    folder: PathBuf,
    /// Write everything, also what is received
    #[arg(long)]
    all: bool,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let report = profile.open_table()?.carry(&args.folder, args.all)?;
    let mut sentence = match report.nothing {
        None => format!("{} signatures in {} files.", report.signatures, report.files.len()),
        Some(Nothing::NoneSaved) => "Nothing was written: nothing is saved on this table yet.".to_owned(),
        Some(Nothing::AllReceived) => {
            "Nothing was written: everything is received. With --all it is written all the same.".to_owned()
        }
    };
    if report.left_out > 0 {
        let more = format!(
            " {} more are received already and cannot be written again: the key that signed for them was lost.",
            report.left_out
        );
        sentence.push_str(&more);
    }
    if report.erased > 0 {
        let more = format!(
            " {} more entries were erased here to make room: the endpoint stores them, and the organizer has opened them.",
            report.erased
        );
        sentence.push_str(&more);
    }
    let value = json!({
        "signatures": report.signatures, "files": report.files, "left_out": report.left_out, "erased": report.erased,
        "nothing": report.nothing,
    });
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
