//! `undersigned table petitions`

use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    for petition in profile.open_table()?.petitions() {
        let (id, title) = (petition.id(), petition.title());
        let value = json!({
            "petition": id, "title": title, "language": petition.language(), "text_hash": petition.text_hash_hex(),
        });
        output.say(&format!("{title}\n  petition {id}"), &value)?;
    }
    Ok(Ending::Done)
}
