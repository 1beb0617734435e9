//! `undersigned desk move-kit`

use desk::kit_until;
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
    /// The kit, by its id
    kit: Uuid,
    /// For how many days from now it is to be good
    #[arg(long)]
    days: i64,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    let until = kit_until(now(), args.days)?;
    desk.move_kit(args.kit, until, now())?;
    let done = format!(
        "The kit is good for {} days from now. Its tables learn it with `undersigned desk publish`; a kit file that was \
         handed out keeps its old date.",
        args.days
    );
    let (sentence, value) = kept(&desk, &done, json!({ "kit": args.kit, "until": until }))?;
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
