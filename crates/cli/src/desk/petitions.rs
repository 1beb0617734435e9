//! `undersigned desk petitions`

use desk::PetitionText;
use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let desk = profile.open_desk()?;
    let rows = desk.petitions()?;
    for row in &rows {
        let (petition, version) = (&row.petition, row.version);
        let count = desk.count(Some(petition.id()))?;
        let (id, title, goal) = (petition.id(), petition.title(), petition.goal(count.deliverable).goal);
        let languages: Vec<_> = petition.texts().map(PetitionText::language).collect();
        let sentence = format!(
            "{title}\n  petition {id}, version {version}, in {}: {} of {goal} deliverable, {} collected",
            languages.join(", "),
            count.deliverable,
            count.collected
        );
        let texts = petition.texts().map(|text| {
            json!({ "language": text.language(), "title": text.title(), "text_hash": text.hash_hex() })
        });
        let value = json!({
            "petition": id, "title": title, "version": version, "language": petition.language(), "goal": goal,
            "texts": texts.collect::<Vec<_>>(), "count": count,
        });
        output.say(&sentence, &value)?;
    }
    if rows.is_empty() && !output.json {
        output.say("There is no petition yet. Add one: `undersigned desk add-petition FILE`.", &json!({}))?;
    }
    Ok(Ending::Done)
}
