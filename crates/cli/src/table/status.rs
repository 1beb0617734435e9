//! `undersigned table status`

use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let table = profile.open_table()?;
    let counts = table.counts()?;
    let sentence = format!(
        "{} saved, {} received, {} waiting to be sent.",
        counts.saved, counts.received, counts.waiting
    );
    let value = json!({
        "label": table.label(), "saved": counts.saved, "received": counts.received, "waiting": counts.waiting,
        "this_shift": counts.this_shift, "last_receipt_at": counts.last_receipt_at,
        "everyone": counts.everyone.map(|(count, _)| count),
    });
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
