//! `undersigned table petitions`

use serde_json::{Value, json};
use table::Petition;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let table = profile.open_table()?;
    for petition in table.petitions() {
        let (id, title) = (petition.id(), petition.title());
        let (version, ended) = (petition.version(), table.is_ended(id));
        let value = json!({
            "petition": id, "title": title, "language": petition.language(), "text_hash": petition.text_hash_hex(),
            "version": version, "ended": ended, "translations": translations_of(petition),
        });
        let has_ended = if ended { " (ended)" } else { "" };
        let mut sentence = format!("{title}{has_ended}\n  petition {id}, version {version}");
        for text in petition.translations() {
            sentence.push_str(&format!(
                "\n  {}: {}, text {}",
                text.language(),
                text.title(),
                text.hash_hex()
            ));
        }
        output.say(&sentence, &value)?;
    }
    Ok(Ending::Done)
}

fn translations_of(petition: &Petition) -> Vec<Value> {
    let texts = petition.translations().iter().map(
        |text| json!({ "language": text.language(), "title": text.title(), "text_hash": text.hash_hex() }),
    );
    texts.collect()
}
