//! Notes to the organizer: sent with the signatures, and never counted.

use petition::{NoteAbout, Strike, StrikeReason};

use crate::{
    kit::{NOW, end_shift, rng, signed, verified, world},
    opened::notes,
};

#[test]
fn a_signature_of_the_shift_is_struck_by_its_place_and_stays_where_it_is() {
    let (_folder, mut table) = signed(3);
    let places: Vec<_> = table.newest().unwrap().iter().map(|saved| (saved.index, saved.is_struck)).collect();
    assert_eq!(places, [(2, false), (1, false), (0, false)]);
    let mut strike = |index, words: &str| {
        table.strike((1, index), StrikeReason::Joke, words, NOW, &mut rng()).map_err(|error| error.code())
    };
    assert_eq!(strike(1, " Mickey Mouse "), Ok(()));
    assert_eq!(strike(1, ""), Err("table/no-such-place"));
    assert_eq!(strike(3, ""), Err("table/no-such-place"));
    assert_eq!(strike(9, ""), Err("table/no-such-place"));
    assert_eq!(strike(0, &"x".repeat(601)), Err("table/explanation-long"));
    let counts = table.counts().unwrap();
    assert_eq!((counts.saved, counts.waiting, counts.entries_waiting), (3, 3, 4));
    assert_eq!(table.newest().unwrap().iter().filter(|saved| saved.is_struck).count(), 1);
    let batch = table.next_batch(1, 0, 10).unwrap();
    let leaves = verified(&world(), &batch.bytes).leaves;
    let expect = Strike {
        leaf: leaves[1].0,
        generation: 1,
        index: 1,
        reason: StrikeReason::Joke,
        words: Some("Mickey Mouse".into()),
    };
    assert!(notes(&table, 3) == [NoteAbout::Strike(expect)]);
    // In the next generation it is another place, and the same signature.
    table.start_generation(NOW).unwrap();
    let places: Vec<_> =
        table.newest().unwrap().iter().map(|saved| (saved.generation, saved.is_struck)).collect();
    assert_eq!(places, [(2, false), (2, true), (2, false)]);
    assert_eq!(table.counts().unwrap().waiting, 3);
    end_shift(&mut table);
    table.start_shift("Library", "", NOW, &mut rng()).unwrap();
    assert!(table.newest().unwrap().is_empty());
    let other_shift = table.strike((2, 0), StrikeReason::Test, "", NOW, &mut rng()).unwrap_err();
    assert_eq!(other_shift.code(), "table/no-such-place");
}
