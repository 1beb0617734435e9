//! `undersigned table start-shift` and `end-shift`

use serde_json::json;

use super::kit_time::kit_time_words;
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct StartArgs {
    /// Where
    #[arg(long)]
    place: String,
    /// Name or initials of the volunteer
    #[arg(long, default_value = "")]
    volunteer: String,
}

pub(super) fn start(args: &StartArgs, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    table.start_shift(&args.place, &args.volunteer, now(), &mut rand::rng())?;
    let kit_time = table.kit_time(now());
    let sentence = format!("The shift has started.{}", kit_time_words(kit_time));
    output.say(&sentence, &json!({ "shift": "started", "kit_time": kit_time }))?;
    Ok(Ending::Done)
}

pub(super) fn end(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let end = profile.open_table()?.end_shift(now())?;
    let receipt = end.receipt.as_deref().unwrap_or("There is no receipt yet that covers all.");
    let sentence = format!(
        "The shift has ended: {} saved; {} of this table not yet received.\n{}\n{receipt}",
        end.saved, end.not_received, end.checkpoint
    );
    let value = json!({
        "saved": end.saved, "not_received": end.not_received,
        "checkpoint": end.checkpoint, "receipt": end.receipt,
    });
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
