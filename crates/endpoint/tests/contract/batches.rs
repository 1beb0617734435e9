//! What comes of batches, one after the other.

use endpoint::storage::{BatchOutcome, PULLED_ENTRIES, PullOutcome, Stored};
use fixtures::{Device, NOW};
use proof::{Checkpoint, Frontier, leaf_hash};
use wire::{Batch, LogState};

use super::{BackEnd, Known, checkpoint, entries, papers, pull};

fn stored(device: &Device, log: &[Vec<u8>], new: usize, size: usize) -> Stored {
    let frontier = Frontier::of_leaves(log.iter().map(|entry| leaf_hash(entry)));
    Stored { new, size: size as u64, checkpoint: Checkpoint::at(device.origin, &frontier) }
}

pub(crate) async fn every_row_of_the_protocol_is_told_and_what_is_refused_changes_nothing<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let known = Known::at(storage).await;
    let (device, log) = (known.device(1), entries(1, 9));
    let append = async |log: &[Vec<u8>], from| known.append(storage, &device, log, from).await;

    assert_eq!(append(&log[..4], 0).await, Ok(BatchOutcome::Appended(stored(&device, &log[..4], 4, 4))));
    assert_eq!(append(&log[..7], 2).await, Ok(BatchOutcome::Appended(stored(&device, &log[..7], 3, 7))));
    assert_eq!(append(&log[..7], 4).await, Ok(BatchOutcome::Known(stored(&device, &log[..7], 0, 7))));
    // Of less than is stored, and of nothing: both ask.
    assert_eq!(append(&log[..3], 1).await, Ok(BatchOutcome::Known(stored(&device, &log[..3], 0, 7))));
    assert_eq!(append(&log[..7], 7).await, Ok(BatchOutcome::Known(stored(&device, &log[..7], 0, 7))));

    let before = (known.logs(storage).await, known.pulled(storage, &device).await);
    assert_eq!(append(&log, 8).await, Ok(BatchOutcome::Rewind { stored_size: 7 }));
    let mut other = log.clone();
    other[5] = entries(77, 1).remove(0);
    let Ok(BatchOutcome::Forked { at: 5, checkpoint: Some(note) }) = append(&other, 4).await else {
        unreachable!("the sixth entry differs");
    };
    let shown = checkpoint(&note, &device);
    assert_eq!(shown, stored(&device, &log[..7], 0, 7).checkpoint, "of what is stored, past the difference");
    // The frontier tells of the complete subtree only.
    let Ok(BatchOutcome::Forked { at: 4, checkpoint: Some(_) }) = append(&other, 6).await else {
        unreachable!("the second subtree differs");
    };
    let revoked = known.device(2);
    assert!(known.revoke(storage, revoked.origin.table).await);
    assert_eq!(known.append(storage, &revoked, &log, 0).await, Ok(BatchOutcome::Revoked));
    assert_eq!((known.logs(storage).await, known.pulled(storage, &device).await), before);

    let held = known.next_of_nobody(1);
    assert_eq!(
        known.append(storage, &held, &log, 0).await,
        Ok(BatchOutcome::Held(stored(&held, &log, 9, 9)))
    );
    let row = known.logs(storage).await.remove(0);
    assert_eq!((row.size, row.state, row.last_seen), (7, LogState::Admitted, NOW / 60 * 60));
    assert_eq!((row.table, row.generation, &*row.label), (device.origin.table, 1, "Table"));
}

pub(crate) async fn what_is_held_waits_for_the_organizers_word_that_may_come_first<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let known = Known::at(storage).await;
    let log = entries(1, 3);
    let (before, after) = (known.next_of_nobody(1), known.next_of_nobody(2));
    assert!(known.confirm(storage, &before).await);
    assert!(!known.confirm(storage, &before).await, "it is known");
    assert!(matches!(known.append(storage, &before, &log, 0).await, Ok(BatchOutcome::Appended(_))));
    assert_eq!(storage.enrol(papers(&after), NOW).await, Ok(LogState::Held));
    assert!(matches!(known.append(storage, &after, &log, 0).await, Ok(BatchOutcome::Held(_))));
    assert_eq!(pull(storage, &after, 0).await, PullOutcome::Held);
    assert!(known.confirm(storage, &after).await);
    assert_eq!(known.pulled(storage, &after).await, log);
    assert_eq!(
        known.append(storage, &after, &log, 3).await,
        Ok(BatchOutcome::Known(stored(&after, &log, 0, 3)))
    );
    assert_eq!(pull(storage, &known.device(3), 0).await, PullOutcome::Unknown);
}

pub(crate) async fn what_is_held_has_a_quota<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let known = Known::at(storage).await;
    let (held, log) = (known.next_of_nobody(1), entries(1, 4097));
    assert!(matches!(known.append(storage, &held, &log[..4095], 0).await, Ok(BatchOutcome::Held(_))));
    assert_eq!(known.append(storage, &held, &log, 4095).await, Ok(BatchOutcome::Quota));
    assert_eq!(known.logs(storage).await.remove(0).size, 4095, "it changes nothing");
    assert!(matches!(known.append(storage, &held, &log[..4096], 4095).await, Ok(BatchOutcome::Held(_))));
    assert!(known.confirm(storage, &held).await);
    assert!(matches!(known.append(storage, &held, &log, 4095).await, Ok(BatchOutcome::Appended(_))));
}

pub(crate) async fn what_is_pulled_is_what_came_in_parts_that_begin_and_end_at_checkpoints<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let known = Known::at(storage).await;
    let (device, log) = (known.device(1), entries(1, 2_000));
    for (from, to) in [(0, 10), (10, 700), (700, 790), (790, 2_000)] {
        let answer = known.append(storage, &device, &log[..to], from).await;
        assert!(matches!(answer, Ok(BatchOutcome::Appended(_))));
    }
    for (from, expected) in
        [(0, (0, 700)), (9, (0, 700)), (10, (10, 700)), (700, (700, 790)), (1_999, (790, 2_000))]
    {
        let PullOutcome::Batch(bytes) = pull(storage, &device, from).await else {
            unreachable!("there are entries from {from} on");
        };
        let batch = Batch::decode(&bytes).unwrap().verify(known.campaign.root.verifier()).unwrap();
        assert_eq!((batch.before.size(), batch.after.size()), expected, "from {from}");
        let first_is_past = batch.after.size() - batch.before.size() > PULLED_ENTRIES;
        assert_eq!(first_is_past, from == 1_999, "the first checkpoint past it may be far");
    }
    assert_eq!(known.pulled(storage, &device).await, log);
    assert_eq!(pull(storage, &device, 2_000).await, PullOutcome::End);
    assert_eq!(pull(storage, &device, 1 << 39).await, PullOutcome::End);
}

pub(crate) async fn what_was_answered_is_there_after_a_restart<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = back_end.instance();
    let known = Known::at(&*storage).await;
    let (device, held, log) = (known.device(1), known.next_of_nobody(2), entries(1, 20));
    for to in [7, 20] {
        assert!(matches!(
            known.append(&*storage, &device, &log[..to], to / 10 * 3).await,
            Ok(BatchOutcome::Appended(_))
        ));
    }
    assert!(matches!(known.append(&*storage, &held, &log, 0).await, Ok(BatchOutcome::Held(_))));
    let before = known.logs(&*storage).await;
    drop(storage);
    let back_end = back_end.restarted().await;
    let storage = &*back_end.instance();
    assert_eq!(known.logs(storage).await, before);
    assert_eq!(known.pulled(storage, &device).await, log);
    assert_eq!(storage.find_root(known.campaign.id).await, Ok(Some(known.campaign.root.verifier().clone())));
    let answer = known.append(storage, &device, &log, 3).await;
    assert_eq!(answer, Ok(BatchOutcome::Known(stored(&device, &log, 0, 20))));
    assert_eq!(pull(storage, &held, 0).await, PullOutcome::Held);
}
