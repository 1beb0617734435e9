//! The vectors of notes that implementations in other languages are checked by too.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{fs, path::Path};

use data_encoding::HEXLOWER;
use petition::{LogPlace, Note, NoteAbout, Sum};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    notes: Vec<Good>,
    refused: Vec<Refused>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Good {
    name: String,
    cbor: String,
    note: Value,
    /// Of a closing record: the sums that do not agree.
    differing: Option<Vec<Sum>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    name: String,
    cbor: String,
    reason: String,
}

fn vectors() -> Vectors {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/notes.json");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn unhex(hex: &str) -> Vec<u8> {
    HEXLOWER.decode(hex.as_bytes()).unwrap()
}

/// All that a note says, hashes too.
fn told(note: &Note) -> Value {
    let mut about = serde_json::to_value(&note.about).unwrap();
    let root = |place: &LogPlace| json!(HEXLOWER.encode(&place.root));
    match &note.about {
        NoteAbout::Picture(piece) => {
            about["hash"] = json!(HEXLOWER.encode(&piece.hash));
            about["bytes"] = json!(HEXLOWER.encode(&piece.bytes));
        }
        NoteAbout::Strike(strike) => about["leaf"] = json!(HEXLOWER.encode(&strike.leaf)),
        NoteAbout::Closing(closing) => {
            about["place"]["root"] = root(&closing.place);
            if let Some(opening) = &closing.opening {
                about["opening"]["place"]["root"] = root(&opening.place);
            }
        }
        _ => {}
    }
    json!({
        "id": note.id,
        "written_at": note.written_at,
        "shift": { "id": note.shift.id, "place": note.shift.place, "volunteer": note.shift.volunteer },
        "about": about,
    })
}

#[test]
fn notes_are_read_and_written_as_in_the_vectors() {
    let mut kinds = std::collections::BTreeSet::new();
    for case in vectors().notes {
        let cbor = unhex(&case.cbor);
        let note = Note::from_cbor(&cbor).unwrap_or_else(|error| unreachable!("{}: {error}", case.name));
        assert_eq!(told(&note), case.note, "{}", case.name);
        assert_eq!(note.to_cbor().unwrap().as_slice(), cbor, "{}", case.name);
        let differing = match &note.about {
            NoteAbout::Closing(closing) => Some(closing.differing()),
            _ => None,
        };
        assert_eq!(differing, case.differing, "{}", case.name);
        kinds.insert(case.note["about"]["kind"].as_str().unwrap().to_owned());
    }
    assert_eq!(kinds.len(), 5, "{kinds:?}");
}

#[test]
fn notes_are_refused_for_the_reason_in_the_vectors() {
    let refused = vectors().refused;
    assert!(refused.len() > 30);
    for case in refused {
        let error = Note::from_cbor(&unhex(&case.cbor)).err();
        assert_eq!(error.map(|error| error.code()), Some(case.reason.as_str()), "{}", case.name);
    }
}
