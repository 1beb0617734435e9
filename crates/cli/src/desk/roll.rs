//! `undersigned desk roll`, `look-up` and `delete-roll`

use std::collections::BTreeMap;

use desk::{LookUp, Tolerance};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct LookUpArgs {
    /// Of which petition
    #[arg(long)]
    petition: Uuid,
    /// Who lives elsewhere by now is found, where nobody else of the name may be meant
    #[arg(long)]
    address_may_differ: bool,
    /// Who bears another family name by now is found, at the same address and by the same first name
    #[arg(long)]
    family_may_differ: bool,
    /// Name those that are unsure or not found
    #[arg(long)]
    list: bool,
}

pub(super) fn show(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let roll = profile.open_desk()?.roll(Timestamp::now().as_second())?;
    let said = roll.as_ref().map_or_else(
        || "There is no roll here.".to_owned(),
        |roll| format!("{}, of {}: {} entries, SHA-256 {}.", roll.name, roll.as_of, roll.entries, roll.hash),
    );
    output.say(&said, &json!({ "roll": roll }))?;
    Ok(Ending::Done)
}

pub(super) fn delete(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    profile.open_desk()?.delete_roll()?;
    output.say("The roll is deleted. What was found stays.", &json!({}))?;
    Ok(Ending::Done)
}

pub(super) fn look_up(args: &LookUpArgs, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    let tolerance = Tolerance { address: args.address_may_differ, family: args.family_may_differ };
    let count = desk.look_up(args.petition, tolerance, Timestamp::now().as_second())?;
    if args.list {
        for found in [LookUp::Unsure, LookUp::NotFound] {
            for one in desk.list_looked_up(args.petition, found)? {
                let (row, why) = (&one.row, one.differences.join(", "));
                let what = if found == LookUp::Unsure { "unsure" } else { "not found" };
                let said = format!("{what}: {}, signature {}: {why}", row.name, row.signature);
                output.say(&said, &json!({ "found": what, "signature": row.signature, "name": row.name, "differences": one.differences }))?;
            }
        }
    }
    let counts =
        BTreeMap::from([("found", count.found), ("unsure", count.unsure), ("not_found", count.not_found)]);
    output.say(
        &format!("{} found, {} unsure, {} not found.", count.found, count.unsure, count.not_found),
        &json!(counts),
    )?;
    Ok(Ending::Done)
}
