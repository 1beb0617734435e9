//! `undersigned desk count`

use serde_json::json;
use uuid::Uuid;

use crate::{
    Ending,
    keys::Profile,
    output::{Output, Refusal},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Of one petition alone, by its id
    #[arg(long, value_name = "ID")]
    petition: Option<Uuid>,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let desk = profile.open_desk()?;
    if let Some(id) = args.petition
        && !desk.petitions()?.iter().any(|row| row.petition.id() == id)
    {
        return Err(Refusal::new("desk/unknown-petition", "this petition is not known here").into());
    }
    let count = desk.count(args.petition)?;
    let mut sentence = format!(
        "collected {} - duplicates {} - void {} - withdrawn {} - in review {} = deliverable {}",
        count.collected, count.duplicates, count.void, count.withdrawn, count.in_review, count.deliverable
    );
    for (entries, what) in [
        (count.resent, "entries repeat a signature that is in an earlier place too"),
        (count.set_aside, "entries are set aside: they hold no signature for this ledger"),
    ] {
        if entries > 0 {
            sentence.push_str(&format!("\nNot among them: {entries} {what}."));
        }
    }
    output.say(&sentence, &json!(count))?;
    Ok(Ending::Done)
}
