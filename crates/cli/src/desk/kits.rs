//! `undersigned desk kits`

use desk::KitCodeRow;
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
        let until = day(row.until);
        let (code, in_words) = row.code.as_ref().map_or((None, String::new()), |of| code(of, row.revoked));
        let sentence = format!(
            "{}\n  kit {}: {state}, until {until}; {} of {} tables came with it{in_words}",
            row.label, row.kit, row.tables, row.max_tables
        );
        let value = json!({
            "kit": row.kit, "label": row.label, "state": state, "until": until, "tables": row.tables,
            "max_tables": row.max_tables, "code": code,
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

/// How far the code of a kit is: for scripts, and in words.
fn code(row: &KitCodeRow, revoked: bool) -> (Option<&'static str>, String) {
    match row.claimed_at {
        Some(at) => (Some("used"), format!("\n  its code was used at {}", day(at))),
        None if revoked => (Some("revoked"), String::new()),
        None if row.until <= now() => (Some("expired"), "\n  its code has expired".to_owned()),
        None if row.deposited => (Some("waits"), "\n  its code waits for its table".to_owned()),
        None => (Some("not-deposited"), "\n  its code is not at the endpoint yet: pull".to_owned()),
    }
}

fn day(at: i64) -> String {
    Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}
