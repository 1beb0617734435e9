//! `undersigned desk kits`

use jiff::Timestamp;
use serde_json::json;

use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let rows = profile.open_desk()?.kits()?;
    for row in &rows {
        let state = match (row.revoked, row.until <= now()) {
            (true, _) => "revoked",
            (false, true) => "expired",
            (false, false) => "good",
        };
        let until =
            Timestamp::from_second(row.until).map_or_else(|_| row.until.to_string(), |at| at.to_string());
        let sentence = format!(
            "{}\n  kit {}: {state}, until {until}; {} of {} tables came with it",
            row.label, row.kit, row.tables, row.max_tables
        );
        let value = json!({
            "kit": row.kit, "label": row.label, "state": state, "until": until, "tables": row.tables,
            "max_tables": row.max_tables,
        });
        output.say(&sentence, &value)?;
    }
    if rows.is_empty() && !output.json {
        output.say(
            "There is no kit yet. Make one: `undersigned desk make-kit --label NAME --out FILE`.",
            &json!({}),
        )?;
    }
    Ok(Ending::Done)
}
