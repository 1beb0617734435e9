//! `undersigned desk end-petition`

use serde_json::json;
use uuid::Uuid;

use super::backup::kept;
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The petition, by its id
    petition: Uuid,
    /// Open it again
    #[arg(long)]
    reopen: bool,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    desk.end_petition(args.petition, !args.reopen, now())?;
    let done = match args.reopen {
        false => {
            "The petition has ended. What was collected stays, and sheets that were signed before can still be typed in."
        }
        true => "The petition can be signed again.",
    };
    let done = format!("{done} Tables learn it with `undersigned desk publish`.");
    let (sentence, value) = kept(&desk, &done, json!({ "petition": args.petition, "ended": !args.reopen }))?;
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
