//! `undersigned desk revoke`

use desk::Revoked;
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
    /// A kit, by its id: no further table comes with it
    #[arg(long, required_unless_present = "table", conflicts_with = "table")]
    kit: Option<Uuid>,
    /// A table, by its id, in every generation
    #[arg(long)]
    table: Option<Uuid>,
    /// Why, for whoever looks at it later
    #[arg(long)]
    reason: String,
}

pub(super) async fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    for what in args.kit.map(Revoked::Kit).into_iter().chain(args.table.map(Revoked::Table)) {
        desk.revoke(what, &args.reason, now())?;
    }
    let revoked = json!({ "kit": args.kit, "table": args.table, "revoked": true });
    let (done, value) = kept(&desk, "It is revoked. What was collected stays.", revoked)?;
    let (sentence, told) = tell(desk, &done).await;
    output.say(&sentence, &with(value, told))?;
    Ok(Ending::Done)
}
