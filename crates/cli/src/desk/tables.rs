//! `undersigned desk tables`

use desk::{Proof, TableRow, wire};
use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    for row in profile.open_desk()?.tables()? {
        let value = json!({
            "table": row.table, "generation": row.generation, "device": row.device, "label": row.label,
            "size": row.size, "received": row.received, "opened": row.opened, "state": row.state,
            "proof": row.proof,
        });
        output.say(&said_of(&row), &value)?;
    }
    Ok(Ending::Done)
}

fn said_of(row: &TableRow) -> String {
    let TableRow { table, generation, label, size, received, opened, .. } = row;
    let device = row.device.as_ref().map(|device| format!(", device {device}")).unwrap_or_default();
    let state = match row.state {
        None => "not at the endpoint",
        Some(wire::LogState::Admitted) => "admitted",
        Some(wire::LogState::Held) => "held",
        Some(wire::LogState::Revoked) => "revoked",
    };
    match row.proof {
        Proof::Held => format!(
            "{label} (table {table}, generation {generation}{device}): waits for your word, {received} entries at the endpoint"
        ),
        _ => format!(
            "{label} (table {table}, generation {generation}{device}): {opened} of {size} opened, {state}"
        ),
    }
}
