//! What finding a place among branches reads, and what is merged after a start.

#![expect(clippy::unwrap_used, reason = "tests")]

use fixtures::{Device, Kit, Terms};
use proof::{Checkpoint, Frontier, Hash, Origin, Seed};
use rand::{SeedableRng, rngs::StdRng};
use uuid::Uuid;
use wire::VerifiedBatch;

use super::{merge::Merged, opening::Opening, recording};
use crate::{
    backup::tests::found,
    desk::Desk,
    keys::Keys,
    storage::{self, entry::LEAVES_ASKED, frontier::STRIDE, waiting::Waiting},
    tables::branches::{self, Place},
};

const NOW: i64 = 1_800_000_000;

fn device(desk: &Desk) -> Device {
    let terms = Terms { kit: Uuid::from_u128(8), max_tables: 1, until: NOW, ..Terms::default() };
    let origin = Origin { campaign: desk.about.id, table: Uuid::from_u128(7), generation: 1 };
    Device::new(&Kit::new(desk.about.id, &desk.root, NOW, terms), origin, &Seed::from_bytes([3; 32]))
}

/// A batch as it comes out of its verification, of entries that nobody sealed.
fn batch(desk: &Desk, leaves: &[Hash], from: usize, to: usize) -> VerifiedBatch {
    let Device { origin, certificate, admission, .. } = device(desk);
    let after = Frontier::of_leaves(leaves[..to].iter().copied());
    VerifiedBatch {
        certificate,
        admission,
        before: Frontier::of_leaves(leaves[..from].iter().copied()),
        entries: vec![Vec::new(); to - from],
        leaves: leaves[from..to].to_vec(),
        checkpoint: Checkpoint::at(origin, &after),
        checkpoint_note: String::new(),
        after,
    }
}

#[test]
fn merging_a_log_again_reads_no_more_than_a_stride_and_the_overlap_for_each_batch() {
    const SIZE: usize = 3 * STRIDE as usize + 200;
    const STEP: usize = 64;
    let mut rng = StdRng::seed_from_u64(1);
    let folder = tempfile::tempdir().unwrap();
    let mut desk = found(folder.path(), Keys::generate(&mut rng));
    let leaves: Vec<Hash> = (0..SIZE as u64).map(|index| proof::leaf_hash(&index.to_be_bytes())).collect();
    // Of different lengths, and some overlap: strides are passed in the middle of a batch too.
    for (from, to) in [(0, 700), (500, 1024), (1024, 2500), (2048, SIZE)] {
        let batch = batch(&desk, &leaves, from, to);
        record(&mut desk, &batch);
    }
    assert_eq!(size_of(&desk, 0), SIZE as u64);
    for from in (0..SIZE).step_by(STEP) {
        let to = (from + STEP).min(SIZE);
        let again = batch(&desk, &leaves, from, to);
        LEAVES_ASKED.set(0);
        let place = find(&desk, &again).unwrap();
        assert_eq!((place.known, place.forks), (to - from, false), "from {from}");
        let read = LEAVES_ASKED.get();
        assert!(read < STRIDE + STEP as u64, "{read} leaves were read for entries {from} to {to}");
    }
    // A copy that went its own way from entry 2,900 on is a branch, and costs no more to go on with.
    let mut other = leaves;
    other[2_900..].iter_mut().for_each(|leaf| leaf.0[0] ^= 1);
    assert_eq!(find(&desk, &batch(&desk, &other, 2_944, 3_000)), None);
    let leaving = batch(&desk, &other, 2_880, 3_000);
    assert_eq!((record(&mut desk, &leaving).known, size_of(&desk, 1)), (20, 3_000));
    LEAVES_ASKED.set(0);
    let further = find(&desk, &batch(&desk, &other, 2_944, 3_100)).unwrap();
    assert_eq!((further.known, further.forks), (56, false));
    assert!(LEAVES_ASKED.get() < 2 * STRIDE);
}

fn find(desk: &Desk, batch: &VerifiedBatch) -> Option<Place> {
    let branches = storage::log::find(&desk.db, &recording::log_name(batch)).unwrap();
    branches::find_place(&desk.db, &branches, &batch.before, &batch.leaves).unwrap()
}

/// Records a batch as of entries that do not open; gives where it went.
fn record(desk: &mut Desk, batch: &VerifiedBatch) -> Place {
    let place = find(desk, batch).unwrap();
    let opened = batch.leaves[place.known..]
        .iter()
        .map(|_| Opening::SetAside { petition: None, reason: "envelope/broken" })
        .collect();
    let tx = storage::write(&mut desk.db).unwrap();
    recording::record(&tx, batch, place, opened).unwrap();
    tx.commit().unwrap();
    place
}

/// The size of a branch.
fn size_of(desk: &Desk, branch: usize) -> u64 {
    storage::log::list(&desk.db).unwrap()[branch].size
}

#[test]
fn a_batch_whose_turn_came_as_the_program_ended_is_merged_after_the_next_start() {
    let mut rng = StdRng::seed_from_u64(2);
    let (folder, keys) = (tempfile::tempdir().unwrap(), Keys::generate(&mut rng));
    let mut desk = found(folder.path(), keys.clone());
    // Of the shape of envelopes; nobody sealed them.
    let envelopes = [vec![1; 1657], vec![1; 2169]];
    let leaves = envelopes.each_ref().map(|envelope| proof::leaf_hash(envelope));
    let sent = |desk: &Desk, from: usize, to: usize| {
        let (sent, _) = device(desk).batch(&envelopes[..to], from);
        (batch(desk, &leaves, from, to), sent.encode())
    };
    let (_, first) = sent(&desk, 0, 1);
    assert!(matches!(desk.merge("one", &first, NOW).unwrap(), Merged::Taken { .. }));
    let (second, bytes) = sent(&desk, 1, 2);
    let name = recording::log_name(&second);
    let waiting = Waiting { digest: [1; 32], name, label: String::new(), before: second.before, to: 2 };
    storage::waiting::insert(&desk.db, &waiting, &bytes).unwrap();
    drop(desk);
    let mut desk = Desk::open(folder.path(), keys).unwrap();
    assert!(matches!(desk.merge("broken", b"no batch", NOW).unwrap(), Merged::Refused { .. }));
    assert!(storage::waiting::list_logs(&desk.db).unwrap().is_empty());
    assert_eq!(size_of(&desk, 0), 2);
}
