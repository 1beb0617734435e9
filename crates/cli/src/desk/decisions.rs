//! `undersigned desk write-decisions` and `take-decisions`

use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

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
    let decisions = profile.open_desk()?.write_decisions(&args.out)?;
    output.say(&format!("{decisions} decisions."), &json!({ "decisions": decisions }))?;
    Ok(Ending::Done)
}

pub(super) fn take(args: &TakeArgs, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let taken = profile.open_desk()?.read_decisions(&args.file, Timestamp::now().as_second())?;
    output.say(&format!("{} new decisions, {} known.", taken.new, taken.known), &json!(taken))?;
    Ok(Ending::Done)
}
