//! `undersigned desk count`

use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let count = profile.open_desk()?.count(None)?;
    let sentence = format!(
        "collected {} - duplicates {} - void {} - withdrawn {} - in review {} = deliverable {}",
        count.collected, count.duplicates, count.void, count.withdrawn, count.in_review, count.deliverable
    );
    output.say(&sentence, &json!(count))?;
    Ok(Ending::Done)
}
