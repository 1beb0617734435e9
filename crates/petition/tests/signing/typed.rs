//! Petitions, drafts and facts to sign with.

use petition::{Draft, Facts, Ink, Method, Petition, Point};
use uuid::Uuid;

pub(crate) const ALL_FIELDS: [&str; 9] =
    ["email", "phone", "country", "postal_code", "city", "region", "street", "comment", "ink"];

/// A petition that asks for everything, all optional or all required.
pub(crate) fn asks_everything(asked: &str) -> Petition {
    let fields: String = ALL_FIELDS.iter().map(|field| format!("  {field}: {asked}\n")).collect();
    let age = if asked == "required" { "minimum_age: 18\n" } else { "" };
    petition(&format!("fields:\n{fields}{age}"))
}

pub(crate) fn petition(settings: &str) -> Petition {
    let source = format!("---\ntitle: T\nstarted_by: S\naddressed_to: A\n{settings}---\n\nText.\n");
    Petition::parse(Uuid::from_u128(7), 1, &source).unwrap()
}

/// A draft of this name, with more typed into it.
pub(crate) fn draft(full_name: &str, more: impl FnOnce(&mut Draft)) -> Draft {
    let mut draft = Draft::default();
    draft.full_name = full_name.to_owned();
    more(&mut draft);
    draft
}

pub(crate) fn facts() -> Facts {
    Facts {
        id: Uuid::from_u128(1),
        signed_at: 1_800_000_059,
        method: Method::Kiosk,
        shift: None,
        withdrawal_code: None,
        paper: None,
    }
}

/// A stroke of this many points in a box of 300 by 100.
pub(crate) fn ink(points: usize) -> Ink {
    Ink { width: 300, height: 100, strokes: vec![vec![Point { x: 1, y: 2, pressure: 128 }; points]] }
}
