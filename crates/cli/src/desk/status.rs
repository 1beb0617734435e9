//! `undersigned desk status`

use jiff::Timestamp;
use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let desk = profile.open_desk()?;
    let about = desk.campaign();
    let (petitions, kits, tables) = (desk.petitions()?.len(), desk.kits()?.len(), desk.tables()?.len());
    let merged_at = desk.merged_at()?.and_then(|at| Timestamp::from_second(at).ok());
    let backup_is_current = desk.backup_state()?.is_current();
    let endpoint = about.endpoint.as_ref().map_or_else(
        || "none: batches are carried by hand".to_owned(),
        |endpoint| format!("{} (key {})", endpoint.url, endpoint.key),
    );
    let merged = merged_at.map_or_else(|| "never".to_owned(), |at| at.to_string());
    let backup = if backup_is_current { "current" } else { "NOT current: see `undersigned desk backup`" };
    let sentence = format!(
        "{}\n  campaign: {} (also the fingerprint of its root key)\n  endpoint: {endpoint}\n  petitions: {petitions}; \
         kits: {kits}; tables: {tables}\n  last merged: {merged}\n  backup: {backup}",
        about.name, about.id
    );
    let value = json!({
        "campaign": about.id, "name": about.name, "endpoint": about.endpoint.as_ref().map(|endpoint| &endpoint.url),
        "endpoint_key": about.endpoint.as_ref().map(|endpoint| endpoint.key.to_string()),
        "petitions": petitions, "kits": kits, "tables": tables,
        "merged_at": merged_at.map(|at| at.to_string()), "backup_is_current": backup_is_current,
    });
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
