//! `undersigned desk notes`

use desk::{NoteAbout, SheetNote, Strike};
use jiff::Timestamp;
use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let notes = profile.open_desk()?.notes()?;
    for note in &notes {
        let at = i64::try_from(note.at).ok().and_then(|at| Timestamp::from_second(at).ok());
        let at = at.map_or_else(|| note.at.to_string(), |at| at.to_string());
        let said = match &note.about {
            NoteAbout::Strike(Strike { generation, index, words, .. }) => format!(
                "entry {index} of generation {generation} was not a real signature{}",
                words.as_ref().map_or_else(String::new, |words| format!(": {words}"))
            ),
            NoteAbout::Sheet(SheetNote {
                number,
                entered,
                blank,
                struck,
                illegible,
                total,
                explanation,
                ..
            }) => format!(
                "sheet {number}: {entered} entered, {blank} blank, {struck} struck, {illegible} illegible{}{}",
                total.map_or_else(String::new, |total| format!("; the sheet says {total}")),
                explanation.as_ref().map_or_else(String::new, |why| format!(": {why}"))
            ),
        };
        let sentence = format!("{at}  {} ({}): {said}\n  table {}", note.place, note.volunteer, note.table);
        output.say(&sentence, &json!(note))?;
    }
    if notes.is_empty() && !output.json {
        output.say("No table has told anything beside signatures.", &json!({}))?;
    }
    Ok(Ending::Done)
}
