//! What a table tells its organizer beside signatures (docs/protocol.md §5.3).

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    signature::Shift,
    signature_cbor::{CONTENT_MAX_BYTES, SignatureError},
    validate::{PLACE_MAX_BYTES, VOLUNTEER_MAX_BYTES},
};

/// The most bytes of what a person says in a note.
pub const WORDS_MAX_BYTES: usize = 600;

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
}

/// A signature that was plainly no one's, by its place in the log.
#[derive(Clone, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cfg_attr(test, derive(Debug))]
#[cbor(map)]
pub struct Strike {
    /// Its leaf: the signature, wherever it is appended again.
    #[serde(skip)]
    #[ts(skip)]
    #[cbor(n(0), with = "minicbor::bytes")]
    pub leaf: [u8; 32],
    /// The generation of its place.
    #[n(1)]
    pub generation: u32,
    /// The index of its place.
    #[n(2)]
    pub index: u64,
    /// Why.
    #[n(3)]
    pub reason: StrikeReason,
    /// The same in the volunteer's words.
    #[n(4)]
    pub words: Option<String>,
}

/// Why a signature was plainly no one's.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum StrikeReason {
    /// Somebody joked.
    #[n(0)]
    Joke,
    /// Somebody tried it out.
    #[n(1)]
    Test,
    /// Another reason.
    #[n(2)]
    Other,
}

/// A paper sheet that was closed.
#[derive(Clone, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cfg_attr(test, derive(Debug))]
#[cbor(map)]
pub struct SheetNote {
    /// What was signed on it.
    #[cbor(n(0), with = "id_bytes")]
    pub petition: Uuid,
    /// Its number.
    #[n(1)]
    pub number: u32,
    /// Its day: noon, UTC, Unix seconds.
    #[n(2)]
    pub day: u64,
    /// Lines that are signatures.
    #[n(3)]
    pub entered: u64,
    /// Lines with nothing.
    #[n(4)]
    pub blank: u64,
    /// Lines struck out on the paper.
    #[n(5)]
    pub struck: u64,
    /// Lines that nobody can read.
    #[n(6)]
    pub illegible: u64,
    /// How many signatures the sheet itself says that it has.
    #[n(7)]
    pub total: Option<u32>,
    /// Why that is another number than was found.
    #[n(8)]
    pub explanation: Option<String>,
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
        let (strike, sheet) = match &self.about {
            NoteAbout::Strike(strike) => (Some(strike.clone()), None),
            NoteAbout::Sheet(sheet) => (None, Some(sheet.clone())),
        };
        let wire = Wire {
            format: FORMAT,
            id: self.id,
            written_at: self.written_at,
            shift: WireShift {
                id: self.shift.id,
                place: given(&self.shift.place),
                volunteer: given(&self.shift.volunteer),
            },
            strike,
            sheet,
        };
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
        let note = Self {
            id: wire.id,
            written_at: wire.written_at,
            shift: Shift {
                id: wire.shift.id,
                place: wire.shift.place.unwrap_or_default(),
                volunteer: wire.shift.volunteer.unwrap_or_default(),
            },
            about: match (wire.strike, wire.sheet) {
                (Some(strike), None) => NoteAbout::Strike(strike),
                (None, Some(sheet)) => NoteAbout::Sheet(sheet),
                _ => return Err(SignatureError::MissingKey(4)),
            },
        };
        // What is not known here, or is written otherwise, is not written again.
        if note.to_cbor()?.as_slice() == bytes { Ok(note) } else { Err(SignatureError::NotDeterministic) }
    }

    fn check(&self) -> Result<(), SignatureError> {
        let said = match &self.about {
            NoteAbout::Strike(strike) => &strike.words,
            NoteAbout::Sheet(sheet) => &sheet.explanation,
        };
        let is_said = said.as_ref().is_none_or(|words| !words.is_empty() && words.len() <= WORDS_MAX_BYTES);
        let is_shift =
            self.shift.place.len() <= PLACE_MAX_BYTES && self.shift.volunteer.len() <= VOLUNTEER_MAX_BYTES;
        match (self.written_at.is_multiple_of(60), is_shift, is_said) {
            (false, ..) => Err(SignatureError::Value(2)),
            (_, false, _) => Err(SignatureError::Value(3)),
            (.., false) => Err(SignatureError::Value(4)),
            _ => Ok(()),
        }
    }
}

/// An id as 16 bytes.
mod id_bytes {
    use minicbor::{
        Decoder, Encoder,
        decode::Error as DecodeError,
        encode::{Error as EncodeError, Write},
    };
    use uuid::Uuid;

    pub(super) fn encode<C, W: Write>(
        id: &Uuid,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.bytes(id.as_bytes())?.ok()
    }

    pub(super) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Uuid, DecodeError> {
        Uuid::from_slice(d.bytes()?).map_err(|_| DecodeError::message("an id has 16 bytes"))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;

    fn about() -> impl Strategy<Value = NoteAbout> {
        let words = || prop::option::of("[^\\x00]{1,40}");
        let reason = prop::sample::select(vec![StrikeReason::Joke, StrikeReason::Test, StrikeReason::Other]);
        let strike = (any::<[u8; 32]>(), any::<u32>(), any::<u64>(), reason, words()).prop_map(
            |(leaf, generation, index, reason, words)| {
                NoteAbout::Strike(Strike { leaf, generation, index, reason, words })
            },
        );
        let sums = any::<[u64; 4]>();
        let sheet =
            (any::<u128>(), any::<u32>(), any::<u64>(), sums, prop::option::of(any::<u32>()), words())
                .prop_map(
                    |(petition, number, day, [entered, blank, struck, illegible], total, explanation)| {
                        NoteAbout::Sheet(SheetNote {
                            petition: Uuid::from_u128(petition),
                            number,
                            day,
                            entered,
                            blank,
                            struck,
                            illegible,
                            total,
                            explanation,
                        })
                    },
                );
        prop_oneof![strike, sheet]
    }

    fn note() -> impl Strategy<Value = Note> {
        (any::<u128>(), 0_u64..1 << 40, "[a-z ]{0,20}", "[a-z]{0,9}", about()).prop_map(
            |(id, minute, place, volunteer, about)| Note {
                id: Uuid::from_u128(id),
                written_at: minute * 60,
                shift: Shift { id: Uuid::from_u128(id ^ 1), place, volunteer },
                about,
            },
        )
    }

    proptest! {
        #[test]
        fn a_note_is_read_as_it_was_written_and_nothing_else_is_read(
            note in note(),
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let bytes = note.to_cbor().unwrap();
            prop_assert!(Note::from_cbor(&bytes).is_ok_and(|read| read == note));
            let mut changed = bytes.to_vec();
            let at = at.index(changed.len());
            changed[at] = byte;
            // Another note, or none: never the same one from other bytes.
            if let Ok(read) = Note::from_cbor(&changed) {
                prop_assert_eq!(read == note, changed == *bytes);
            }
            prop_assert!(Note::from_cbor(&bytes[..at]).is_err());
            changed = bytes.to_vec();
            changed.push(byte);
            prop_assert!(Note::from_cbor(&changed).is_err());
        }

        #[test]
        fn anything_is_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            drop(Note::from_cbor(&bytes));
        }
    }

    #[test]
    fn what_no_note_may_hold_is_not_written() {
        let strike = Strike {
            leaf: [1; 32],
            generation: 1,
            index: 2,
            reason: StrikeReason::Joke,
            words: Some("x".repeat(WORDS_MAX_BYTES)),
        };
        let good = Note {
            id: Uuid::from_u128(1),
            written_at: 60,
            shift: Shift { id: Uuid::from_u128(2), place: "Market".into(), volunteer: String::new() },
            about: NoteAbout::Strike(strike.clone()),
        };
        assert!(good.to_cbor().is_ok());
        let mut long = good.shift.clone();
        long.place = "x".repeat(PLACE_MAX_BYTES + 1);
        let words =
            |words: &str| NoteAbout::Strike(Strike { words: Some(words.to_owned()), ..strike.clone() });
        for (bad, key) in [
            (Note { written_at: 61, ..good.clone() }, 2),
            (Note { shift: long, ..good.clone() }, 3),
            (Note { about: words(&"x".repeat(WORDS_MAX_BYTES + 1)), ..good.clone() }, 4),
            (Note { about: words(""), ..good }, 4),
        ] {
            assert_eq!(bad.to_cbor().err(), Some(SignatureError::Value(key)));
        }
    }
}
