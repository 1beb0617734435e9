//! What a table tells its organizer beside signatures (docs/protocol.md §5.3).

mod closing;
mod event;
mod id_bytes;
mod opening;
mod picture;
mod sheet;
mod strike;
#[cfg(test)]
mod tests;

use minicbor::{Decode, Encode};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use zeroize::Zeroizing;

pub use self::{
    closing::{Closing, Explained, LineSums, SheetCounts, SignatureSums, Sum, VisitSums},
    event::{EventKind, ShiftEvent},
    opening::{Check, Checks, LogPlace, Opening},
    picture::PicturePiece,
    sheet::SheetNote,
    strike::{Strike, StrikeReason},
};
use crate::{
    signature::Shift,
    signature_cbor::{CONTENT_MAX_BYTES, SignatureError},
    validate::{PLACE_MAX_BYTES, VOLUNTEER_MAX_BYTES},
};

/// The most bytes of what a person says in a note.
pub const WORDS_MAX_BYTES: usize = 600;
/// The most bytes of a seal's number.
pub const SEAL_MAX_BYTES: usize = 40;

const FORMAT: u64 = 2;

/// What a table tells its organizer beside signatures.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Note {
    /// Which note.
    pub id: Uuid,
    /// When it was written, Unix seconds, a whole minute.
    pub written_at: u64,
    /// The shift it was written in.
    pub shift: Shift,
    /// What it says.
    pub about: NoteAbout,
}

/// What a note says.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
#[cfg_attr(test, derive(Debug))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NoteAbout {
    /// A signature was plainly no one's.
    Strike(Strike),
    /// A paper sheet was closed.
    Sheet(SheetNote),
    /// Something happened in the middle of a shift.
    Event(ShiftEvent),
    /// A shift was closed.
    Closing(Box<Closing>),
    /// A piece of a picture of a paper sheet.
    Picture(PicturePiece),
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Wire {
    #[n(0)]
    format: u64,
    #[cbor(n(1), with = "id_bytes")]
    id: Uuid,
    #[n(2)]
    written_at: u64,
    #[n(3)]
    shift: WireShift,
    #[n(4)]
    strike: Option<Strike>,
    #[n(5)]
    sheet: Option<SheetNote>,
    #[n(6)]
    event: Option<ShiftEvent>,
    #[n(7)]
    closing: Option<Box<Closing>>,
    #[n(8)]
    picture: Option<PicturePiece>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct WireShift {
    #[cbor(n(0), with = "id_bytes")]
    id: Uuid,
    #[n(1)]
    place: Option<String>,
    #[n(2)]
    volunteer: Option<String>,
}

impl Note {
    /// The content to seal: the one encoding that [`Note::from_cbor`] takes.
    ///
    /// # Errors
    /// [`SignatureError::Value`] or [`SignatureError::TooLong`].
    pub fn to_cbor(&self) -> Result<Zeroizing<Vec<u8>>, SignatureError> {
        self.check()?;
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let mut wire = Wire {
            format: FORMAT,
            id: self.id,
            written_at: self.written_at,
            shift: WireShift {
                id: self.shift.id,
                place: given(&self.shift.place),
                volunteer: given(&self.shift.volunteer),
            },
            strike: None,
            sheet: None,
            event: None,
            closing: None,
            picture: None,
        };
        match &self.about {
            NoteAbout::Strike(strike) => wire.strike = Some(strike.clone()),
            NoteAbout::Sheet(sheet) => wire.sheet = Some(sheet.clone()),
            NoteAbout::Event(event) => wire.event = Some(event.clone()),
            NoteAbout::Closing(closing) => wire.closing = Some(closing.clone()),
            NoteAbout::Picture(picture) => wire.picture = Some(picture.clone()),
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(CONTENT_MAX_BYTES));
        minicbor::encode(wire, &mut *bytes).map_err(|_| SignatureError::TooLong)?;
        if bytes.len() > CONTENT_MAX_BYTES { Err(SignatureError::TooLong) } else { Ok(bytes) }
    }

    /// The note in `bytes`.
    ///
    /// # Errors
    /// [`SignatureError`] for anything that [`Note::to_cbor`] would not have written.
    pub fn from_cbor(bytes: &[u8]) -> Result<Self, SignatureError> {
        let wire: Wire = minicbor::decode(bytes)?;
        if wire.format != FORMAT {
            return Err(SignatureError::UnknownFormat(wire.format));
        }
        let said = [
            wire.strike.map(NoteAbout::Strike),
            wire.sheet.map(NoteAbout::Sheet),
            wire.event.map(NoteAbout::Event),
            wire.closing.map(NoteAbout::Closing),
            wire.picture.map(NoteAbout::Picture),
        ];
        let mut said = said.into_iter().flatten();
        let (Some(about), None) = (said.next(), said.next()) else {
            return Err(SignatureError::MissingKey(4));
        };
        let note = Self {
            id: wire.id,
            written_at: wire.written_at,
            shift: Shift {
                id: wire.shift.id,
                place: wire.shift.place.unwrap_or_default(),
                volunteer: wire.shift.volunteer.unwrap_or_default(),
            },
            about,
        };
        // What is not known here, or is written otherwise, is not written again.
        if note.to_cbor()?.as_slice() == bytes { Ok(note) } else { Err(SignatureError::NotDeterministic) }
    }

    fn check(&self) -> Result<(), SignatureError> {
        let is_shift =
            self.shift.place.len() <= PLACE_MAX_BYTES && self.shift.volunteer.len() <= VOLUNTEER_MAX_BYTES;
        match (self.written_at.is_multiple_of(60), is_shift) {
            (false, _) => Err(SignatureError::Value(2)),
            (_, false) => Err(SignatureError::Value(3)),
            _ => self.about.check(),
        }
    }
}

impl NoteAbout {
    /// Whether every text is one that its key can have.
    fn check(&self) -> Result<(), SignatureError> {
        let is_text = |text: &Option<String>, most: usize| {
            text.as_ref().is_none_or(|text| !text.is_empty() && text.len() <= most)
        };
        let is_said = |text: &Option<String>| is_text(text, WORDS_MAX_BYTES);
        let is_name = |text: &Option<String>| is_text(text, VOLUNTEER_MAX_BYTES);
        let is_seal = |text: &Option<String>| is_text(text, SEAL_MAX_BYTES);
        let (key, is_good) = match self {
            Self::Strike(strike) => (4, is_said(&strike.words)),
            Self::Sheet(sheet) => (5, is_said(&sheet.explanation)),
            Self::Event(ShiftEvent { gives, takes, laptop_seal, stick_seal, .. }) => {
                (6, is_name(gives) && is_name(takes) && is_seal(laptop_seal) && is_seal(stick_seal))
            }
            Self::Closing(closing) => {
                let Closing { witness, laptop_seal, stick_seal, .. } = closing.as_ref();
                let is_opening = closing.opening.as_ref().is_none_or(|opening| {
                    let Opening { witness, laptop_seal, stick_seal, .. } = opening;
                    opening.at.is_multiple_of(60)
                        && is_name(witness)
                        && is_seal(laptop_seal)
                        && is_seal(stick_seal)
                });
                let is_explained = closing.explained.as_ref().is_none_or(|said| {
                    let Explained { visits, signatures, sheets, lines } = said;
                    *said != Explained::default()
                        && [visits, signatures, sheets, lines].into_iter().all(is_said)
                });
                let is_closing = is_name(witness) && is_seal(laptop_seal) && is_seal(stick_seal);
                (7, is_opening && is_explained && is_closing)
            }
            Self::Picture(piece) => (8, piece.is_one()),
        };
        if is_good { Ok(()) } else { Err(SignatureError::Value(key)) }
    }
}
