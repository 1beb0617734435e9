//! `undersigned desk notes`

use desk::{Closing, EventKind, NoteAbout, SheetNote, ShiftEvent, Strike, Sum, TableNote};
use jiff::Timestamp;
use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let notes = profile.open_desk()?.notes()?;
    for note in &notes {
        let at = i64::try_from(note.at).ok().and_then(|at| Timestamp::from_second(at).ok());
        let at = at.map_or_else(|| note.at.to_string(), |at| at.to_string());
        let said = said(note);
        let mut sentence =
            format!("{at}  {} ({}): {said}\n  table {}", note.place, note.volunteer, note.table);
        for picture in &note.pictures {
            let missing = match picture.missing {
                0 => String::new(),
                missing => format!(", of which {missing} pieces are missing"),
            };
            sentence.push_str(&format!("\n  picture {}: {}{missing}", picture.number, picture.id));
        }
        output.say(&sentence, &json!(note))?;
    }
    if notes.is_empty() && !output.json {
        output.say("No table has told anything beside signatures.", &json!({}))?;
    }
    Ok(Ending::Done)
}

fn said(note: &TableNote) -> String {
    match &note.about {
        NoteAbout::Strike(Strike { generation, index, words, .. }) => format!(
            "entry {index} of generation {generation} was not a real signature{}",
            after(": ", words.as_ref())
        ),
        NoteAbout::Sheet(SheetNote {
            number, entered, blank, struck, illegible, total, explanation, ..
        }) => format!(
            "sheet {number}: {entered} entered, {blank} blank, {struck} struck, {illegible} illegible{}{}",
            total.map_or_else(String::new, |total| format!("; the sheet says {total}")),
            after(": ", explanation.as_ref())
        ),
        NoteAbout::Event(event) => event_said(event),
        NoteAbout::Closing(closing) => closing_said(closing, &note.differing),
        // Told with its sheet.
        NoteAbout::Picture(piece) => format!("a picture of sheet {}", piece.sheet),
    }
}

fn event_said(event: &ShiftEvent) -> String {
    let ShiftEvent { what, so_far, gives, takes, laptop_seal, stick_seal } = event;
    let what = match what {
        EventKind::Paused => "the shift paused",
        EventKind::Resumed => "the shift went on",
        EventKind::HandedOver => "the table went into other hands",
    };
    let names = format!("{}{}", after(", from ", gives.as_ref()), after(" to ", takes.as_ref()));
    format!("{what} at {so_far} signatures{names}{}", seals(laptop_seal.as_ref(), stick_seal.as_ref()))
}

fn closing_said(closing: &Closing, differing: &[Sum]) -> String {
    let Closing { signatures, visits, witness, laptop_seal, stick_seal, .. } = closing;
    let mut said = format!(
        "the shift was closed: {} at the kiosk, {} from paper, {} visits{}{}",
        signatures.kiosk,
        signatures.paper,
        visits.begun,
        after(", with ", witness.as_ref()),
        seals(laptop_seal.as_ref(), stick_seal.as_ref()),
    );
    if differing.is_empty() {
        said.push_str("; the sums agree");
    }
    for sum in differing {
        let name = match sum {
            Sum::Visits => "visits",
            Sum::Signatures => "signatures",
            Sum::Sheets => "sheets",
            Sum::Lines => "lines",
        };
        let why = closing.explained.as_ref().and_then(|explained| explained.of(*sum));
        said.push_str(&format!("; the sum of {name} differs: {}", why.unwrap_or("nobody said why")));
    }
    said
}

fn seals(laptop: Option<&String>, stick: Option<&String>) -> String {
    format!("{}{}", after(", seal of the laptop ", laptop), after(", seal of the stick ", stick))
}

/// A text behind its words; nothing where there is none.
fn after(words: &str, text: Option<&String>) -> String {
    text.map_or_else(String::new, |text| format!("{words}{text}"))
}
