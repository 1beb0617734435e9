//! `undersigned desk write-decisions` and `take-decisions`

use std::path::PathBuf;

use desk::write_private;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    Ending, files,
    keys::Profile,
    output::{Output, Refusal},
};

/// More than any campaign decides: a file that is longer is another.
const MOST: u64 = 256 << 20;

#[derive(clap::Args)]
pub(crate) struct WriteArgs {
    /// Where to
    #[arg(long)]
    out: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct TakeArgs {
    /// The file that another organizer wrote
    file: PathBuf,
}

pub(super) fn write(args: &WriteArgs, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let notes = profile.open_desk()?.decision_notes()?;
    write_private(&args.out, json!(notes).to_string().as_bytes())?;
    output.say(&format!("{} decisions.", notes.len()), &json!({ "decisions": notes.len() }))?;
    Ok(Ending::Done)
}

pub(super) fn take(args: &TakeArgs, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let bytes = files::read_at_most(&args.file, MOST, "the file of decisions")?;
    let notes: Vec<String> = serde_json::from_slice(&bytes)
        .map_err(|_| Refusal::new("decisions/none", "this is no whole file of decisions"))?;
    let taken = profile.open_desk()?.take_decisions(&notes, Timestamp::now().as_second())?;
    output.say(&format!("{} new decisions, {} known.", taken.new, taken.known), &json!(taken))?;
    Ok(Ending::Done)
}
