//! Notes are read as they were written, and nothing else is read.
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
    let sheet = (any::<u128>(), any::<u32>(), any::<u64>(), sums, prop::option::of(any::<u32>()), words())
        .prop_map(|(petition, number, day, [entered, blank, struck, illegible], total, explanation)| {
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
        });
    prop_oneof![strike, sheet, event(), closing(), piece()]
}

fn piece() -> impl Strategy<Value = NoteAbout> {
    let bytes = prop::collection::vec(any::<u8>(), 1..300);
    (any::<u128>(), 1_u32.., 1_u32..9, any::<[u8; 32]>(), 0_u32..40, bytes).prop_map(
        |(petition, sheet, picture, hash, piece, bytes)| {
            let petition = Uuid::from_u128(petition);
            NoteAbout::Picture(PicturePiece {
                petition,
                sheet,
                picture,
                hash,
                piece,
                pieces: piece + 1,
                bytes,
            })
        },
    )
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop::option::of("[^\\x00]{1,10}")
}

fn event() -> impl Strategy<Value = NoteAbout> {
    let what = prop::sample::select(vec![EventKind::Paused, EventKind::Resumed, EventKind::HandedOver]);
    (what, any::<u64>(), text(), text(), text(), text()).prop_map(
        |(what, so_far, gives, takes, laptop_seal, stick_seal)| {
            NoteAbout::Event(ShiftEvent { what, so_far, gives, takes, laptop_seal, stick_seal })
        },
    )
}

fn place() -> impl Strategy<Value = LogPlace> {
    (any::<u32>(), any::<u64>(), any::<[u8; 32]>()).prop_map(|(generation, size, root)| LogPlace {
        generation,
        size,
        root,
    })
}

fn opening() -> impl Strategy<Value = Opening> {
    let check = || prop::option::of(prop::sample::select(vec![Check::Good, Check::Warned, Check::NotNeeded]));
    let checks = prop::array::uniform8(check()).prop_map(
        |[clock, disk, battery, kit, texts, endpoint, printer, log]| Checks {
            clock,
            disk,
            battery,
            kit,
            texts,
            endpoint,
            printer,
            log,
        },
    );
    let texts = (text(), text(), text());
    (0_u64..1 << 40, place(), checks, texts, any::<Option<u32>>(), any::<u32>()).prop_map(
        |(minute, place, checks, (witness, laptop_seal, stick_seal), issued, refused)| Opening {
            at: minute * 60,
            place,
            checks,
            witness,
            laptop_seal,
            stick_seal,
            issued,
            refused,
        },
    )
}

fn closing() -> impl Strategy<Value = NoteAbout> {
    let sums = (any::<[u64; 4]>(), any::<[u64; 4]>(), any::<[Option<u64>; 2]>(), any::<[u64; 6]>());
    let sheets = prop::option::of(any::<[u32; 4]>());
    let explained = prop::option::of((text(), "[a-z]{1,9}", text(), text()));
    (
        prop::option::of(opening()),
        place(),
        sums,
        sheets,
        explained,
        (text(), text(), text()),
        any::<[u32; 3]>(),
    )
        .prop_map(|(opening, place, sums, sheets, explained, texts, [pauses, minutes, hand_overs])| {
            let (
                [begun, signed, abandoned, wiped],
                [kiosk, paper, received, waiting],
                [growth, notes],
                lines,
            ) = sums;
            let [sheets_closed, all, entered, struck, illegible, empty] = lines;
            let (witness, laptop_seal, stick_seal) = texts;
            NoteAbout::Closing(Box::new(Closing {
                opening,
                place,
                visits: VisitSums { begun, signed, abandoned, wiped },
                signatures: SignatureSums { kiosk, paper, growth, received, waiting, notes },
                sheets: sheets.map(|[issued, returned, spoiled, blank]| SheetCounts {
                    issued,
                    returned,
                    spoiled,
                    blank,
                }),
                lines: LineSums {
                    sheets: sheets_closed,
                    lines: all,
                    entered,
                    struck,
                    illegible,
                    blank: empty,
                },
                explained: explained.map(|(visits, signatures, sheets, lines)| Explained {
                    visits,
                    signatures: Some(signatures),
                    sheets,
                    lines,
                }),
                witness,
                laptop_seal,
                stick_seal,
                pauses,
                paused_minutes: minutes.into(),
                hand_overs,
            }))
        })
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
    let words = |words: &str| NoteAbout::Strike(Strike { words: Some(words.to_owned()), ..strike.clone() });
    for (bad, key) in [
        (Note { written_at: 61, ..good.clone() }, 2),
        (Note { shift: long, ..good.clone() }, 3),
        (Note { about: words(&"x".repeat(WORDS_MAX_BYTES + 1)), ..good.clone() }, 4),
        (Note { about: words(""), ..good }, 4),
    ] {
        assert_eq!(bad.to_cbor().err(), Some(SignatureError::Value(key)));
    }
}
