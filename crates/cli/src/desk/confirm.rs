//! `undersigned desk confirm`

use desk::VerifierKey;
use serde_json::json;
use uuid::Uuid;

use super::{
    backup::kept,
    telling::{tell, with},
};
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Table id
    table: Uuid,
    /// Generation of its log
    generation: u32,
    /// The key of its device, as `tables` says it; needed where several devices claim the same table
    #[arg(long)]
    device: Option<VerifierKey>,
}

pub(super) async fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let Args { table, generation, device } = args;
    let mut desk = profile.open_desk()?;
    desk.confirm_table(*table, *generation, device.as_ref(), now())?;
    let confirmed = json!({ "confirmed": table, "generation": generation });
    let (done, value) = kept(&desk, "The table is let in.", confirmed)?;
    let (sentence, told) = tell(desk, &done).await;
    output.say(&sentence, &with(value, told))?;
    Ok(Ending::Done)
}
