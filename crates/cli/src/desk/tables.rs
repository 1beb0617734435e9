//! `undersigned desk tables`

use desk::{LogState, Proof, TableRow};
use jiff::Timestamp;
use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let rows = profile.open_desk()?.tables()?;
    for row in &rows {
        output.say(&said_of(row), &json!(row))?;
    }
    if rows.is_empty() && !output.json {
        output.say("No table is known yet: pull, or merge its batches.", &json!({}))?;
    }
    Ok(Ending::Done)
}

fn said_of(row: &TableRow) -> String {
    let TableRow { table, generation, device, label, size, received, opened, .. } = row;
    let state = match row.state {
        None => "not at the endpoint",
        Some(LogState::Admitted) => "admitted",
        Some(LogState::Held) => "held",
        Some(LogState::Revoked) => "revoked",
    };
    let head = format!("{label} (table {table}, generation {generation}, device {device})");
    let mut said = match row.proof {
        Proof::Held => format!("{head}: waits for your word, {received} entries at the endpoint"),
        _ => format!("{head}: {opened} of {size} opened, {state}"),
    };
    for (number, what) in [
        (row.set_aside, "set aside"),
        (row.missing, "missing: ask the table to send, or to write a stick"),
        (row.waiting, "here that wait for them"),
        (row.behind, "at the endpoint and not here: pull"),
    ] {
        if number > 0 {
            said.push_str(&format!("; {number} {what}"));
        }
    }
    if row.proof == Proof::Forked {
        said.push_str(
            "; FORKED: two computers signed under this name, one a copy of the other. All that is here of both is \
             counted. Ask the volunteers which computer is in use, and put the other away",
        );
    }
    for branch in &row.branches {
        let since = branch.since_time.and_then(|time| Timestamp::from_second(time).ok());
        let since = since.map(|time| format!(" ({time})")).unwrap_or_default();
        said.push_str(&format!(
            "\n  branch {}: {} entries of its own since entry {}{since}, {} of them set aside",
            branch.branch, branch.own, branch.since, branch.set_aside
        ));
    }
    said
}
