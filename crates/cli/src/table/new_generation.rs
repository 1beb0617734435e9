//! `undersigned table new-generation`

use serde_json::json;

use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    table.start_generation(now())?;
    let (generation, waiting) = (table.generation(), table.counts()?.waiting);
    let sentence = format!(
        "Generation {generation} has begun; {waiting} signatures that no receipt covers are in it again, and each counts \
         once. Send or carry them now. Where this computer was copied, do this on the copy alone."
    );
    output.say(&sentence, &json!({ "generation": generation, "waiting": waiting }))?;
    Ok(Ending::Done)
}
