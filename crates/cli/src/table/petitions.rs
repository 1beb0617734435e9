//! `undersigned table petitions`

use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let table = profile.open_table()?;
    for petition in table.petitions() {
        let (id, title) = (petition.id(), petition.title());
        let (version, ended) = (petition.version(), table.is_ended(id));
        let value = json!({
            "petition": id, "title": title, "language": petition.language(), "text_hash": petition.text_hash_hex(),
            "version": version, "ended": ended,
        });
        let has_ended = if ended { " (ended)" } else { "" };
        output.say(&format!("{title}{has_ended}\n  petition {id}, version {version}"), &value)?;
    }
    Ok(Ending::Done)
}
