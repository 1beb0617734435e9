//! `undersigned desk petitions`

use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let desk = profile.open_desk()?;
    let rows = desk.petitions()?;
    for row in &rows {
        let (petition, version) = (&row.petition, row.version);
        let count = desk.count(Some(petition.id()))?;
        let (id, title, goal) = (petition.id(), petition.title(), petition.goal(count.deliverable).goal);
        let sentence = format!(
            "{title}\n  petition {id}, version {version}: {} of {goal} deliverable, {} collected",
            count.deliverable, count.collected
        );
        let value = json!({
            "petition": id, "title": title, "version": version, "language": petition.language(), "goal": goal,
            "count": count,
        });
        output.say(&sentence, &value)?;
    }
    if rows.is_empty() && !output.json {
        output.say("There is no petition yet. Add one: `undersigned desk add-petition FILE`.", &json!({}))?;
    }
    Ok(Ending::Done)
}
