//! `undersigned table status`

use serde_json::json;

use super::kit_time::kit_time_words;
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let table = profile.open_table()?;
    let counts = table.counts()?;
    let kit_time = table.kit_time(now());
    let pin = table.has_pin()?;
    let sentence = format!(
        "{}: {} saved, {} in this shift, {} received, {} waiting to be sent.{}{}",
        table.label(),
        counts.saved,
        counts.this_shift,
        counts.received,
        counts.waiting,
        if pin {
            ""
        } else {
            " There is no PIN yet: set one before the table is handed to signers (table set-pin)."
        },
        kit_time_words(kit_time)
    );
    let value = json!({
        "label": table.label(), "saved": counts.saved, "received": counts.received, "waiting": counts.waiting,
        "this_shift": counts.this_shift, "last_receipt_at": counts.last_receipt_at,
        "kit_time": kit_time, "pin": pin, "generation": table.generation(),
        "everyone": counts.everyone.map(|(count, _)| count),
    });
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
