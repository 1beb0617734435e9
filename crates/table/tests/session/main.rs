//! The sender's state machine: every row of docs/protocol.md §8.5, and that it never spins and never gives up.
#![expect(clippy::expect_used, reason = "tests")]

mod anything;
mod sender;

use std::time::Duration;

use rand::{SeedableRng, rngs::StdRng};
use sender::{AN_HOUR, NOW, Sender, check_waits, post};
use table::sending::{Answer, CAP, Event, Log, State, Step};

#[test]
fn with_nothing_to_send_it_is_done() {
    let mut sender = Sender::with(5, 5);
    assert_eq!(sender.wake(), Step::Wait { until: None });
    assert_eq!(sender.session.state(), State::Done);
}

#[test]
fn it_sends_from_what_is_received_and_is_done_after_the_receipt() {
    let mut sender = Sender::with(5, 2);
    let step = sender.wake();
    assert_eq!(step, post(2, 3));
    assert_eq!(sender.receive(step), Step::Wait { until: None });
    assert_eq!(sender.session.state(), State::Done);
}

#[test]
fn asked_to_it_asks_for_a_receipt_of_what_it_believes_received() {
    let mut sender = Sender::with(5, 5);
    let step = sender.step(Event::Ask);
    assert_eq!(step, post(5, 0));
    assert_eq!(sender.session.state(), State::Done);
    assert_eq!(sender.receive(step), Step::Wait { until: None });
    assert_eq!(sender.wake(), Step::Wait { until: None }, "once");
    assert_eq!(Sender::with(0, 0).step(Event::Ask), Step::Wait { until: None }, "there is nothing to ask");
}

#[test]
fn an_endpoint_that_is_away_is_asked_until_it_has_answered() {
    let mut sender = Sender::with(5, 5);
    sender.step(Event::Ask);
    let step = sender.answer(Answer::Unreachable { moved: false });
    check_waits(step, &sender, State::NoNetwork);
    assert_eq!(sender.later(), post(5, 0));
}

#[test]
fn every_generation_is_asked_oldest_first_and_what_was_lost_of_each_is_sent_again() {
    let mut sender = Sender::of(&[(6, 6), (0, 0), (4, 4), (9, 2)]);
    assert_eq!(sender.step(Event::Ask), post(6, 0));
    sender.logs[0].received = 0;
    let again = sender.answer(Answer::Rewind { stored: 0 });
    assert_eq!(again, post(0, 6));
    let third = sender.receive(again);
    assert_eq!(third, Step::Post { generation: 3, from: 4, max_entries: 0 });
    let newest = sender.receive(third);
    assert_eq!(newest, Step::Post { generation: 4, from: 2, max_entries: 7 });
    assert_eq!(sender.receive(newest), Step::Wait { until: None });
}

#[test]
fn a_rewind_sends_from_there_and_asks_the_generations_before() {
    let mut sender = Sender::of(&[(3, 3), (9, 6)]);
    assert_eq!(sender.wake(), Step::Post { generation: 2, from: 6, max_entries: 3 });
    let asked = sender.answer(Answer::Rewind { stored: 4 });
    assert_eq!(asked, post(3, 0));
    assert_eq!(sender.receive(asked), Step::Post { generation: 2, from: 4, max_entries: 5 });
}

#[test]
fn a_rewind_that_is_none_waits() {
    let mut sender = Sender::with(9, 6);
    sender.wake();
    let step = sender.answer(Answer::Rewind { stored: 7 });
    check_waits(step, &sender, State::Busy);
}

#[test]
fn however_much_was_lost_it_is_sent_again_in_one_go() {
    let mut sender = Sender::with(10_000, 10_000);
    sender.step(Event::Ask);
    // The books still say that it was received, as they do when they cannot be written.
    let mut step = sender.answer(Answer::Rewind { stored: 0 });
    let mut next = 0;
    while let Step::Post { from, max_entries, .. } = step {
        assert_eq!(from, next);
        next = from + max_entries as u64;
        step = sender.answer(Answer::Received { size: next });
    }
    assert_eq!((next, step), (10_000, Step::Wait { until: None }));
}

#[test]
fn rewinds_without_end_are_no_progress() {
    let mut sender = Sender::with(500, 400);
    let mut step = sender.wake();
    let mut posts = 0;
    while let Step::Post { from, .. } = step {
        posts += 1;
        step = sender.answer(Answer::Rewind { stored: from - 1 });
    }
    assert!(posts < 10, "{posts}");
    check_waits(step, &sender, State::Busy);
}

#[test]
fn a_fork_starts_a_generation_but_not_for_ever() {
    let mut sender = Sender::with(9, 6);
    sender.wake();
    for _ in 0..4 {
        assert_eq!(sender.answer(Answer::Forked), Step::StartGeneration { generation: 1 });
        assert!(matches!(sender.wake(), Step::Post { .. }));
    }
    let step = sender.answer(Answer::Forked);
    check_waits(step, &sender, State::Refused);
}

#[test]
fn after_a_fork_the_endpoint_is_asked_whether_it_has_what_was_received_of_the_log_before() {
    let mut sender = Sender::with(9, 6);
    sender.wake();
    assert_eq!(sender.answer(Answer::Forked), Step::StartGeneration { generation: 1 });
    sender.logs = Sender::of(&[(6, 6), (3, 0)]).logs;
    let asked = sender.step(Event::Wake { now: true });
    assert_eq!(asked, post(6, 0));
    assert_eq!(sender.receive(asked), Step::Post { generation: 2, from: 0, max_entries: 3 });
}

#[test]
fn it_starts_small_and_aims_at_batches_of_ten_seconds() {
    let mut sender = Sender::with(100_000, 0);
    let mut step = sender.wake();
    let mut sizes = Vec::new();
    for seconds in [1, 1, 1, 4, 10, 10, 30, 12, 25, 1, 1, 1, 1, 1] {
        let Step::Post { max_entries, .. } = step else { break };
        sizes.push(max_entries);
        sender.time += Duration::from_secs(seconds);
        step = sender.receive(step);
    }
    assert_eq!(sizes, [64, 128, 256, 512, 1024, 1024, 1024, 512, 512, 256, 512, 1024, 1024, 1024]);
}

#[test]
fn a_batch_that_was_not_full_says_nothing_of_a_larger_one() {
    let mut sender = Sender::with(1, 0);
    let step = sender.wake();
    assert_eq!(sender.receive(step), Step::Wait { until: None });
    sender.logs[0].size = 1_000;
    assert_eq!(sender.wake(), post(1, 64));
}

#[test]
fn a_batch_that_is_too_large_is_halved_at_once_and_grows_again_slowly() {
    let mut sender = Sender::with(5_000, 0);
    sender.wake();
    for half in [32, 16, 8] {
        assert_eq!(sender.answer(Answer::TooLarge), post(0, half));
    }
    let next = sender.receive(post(0, 8));
    assert_eq!(next, post(8, 10));
    assert_eq!(sender.receive(next), post(18, 12));
}

#[test]
fn what_broke_off_on_its_way_is_halved_down_to_one_entry_with_waits_between() {
    for answer in [Answer::Unreachable { moved: true }, Answer::NotTheEndpoint { moved: true }] {
        let mut sender = Sender::with(5_000, 0);
        let mut step = sender.wake();
        let mut sizes = Vec::new();
        for _ in 0..9 {
            let Step::Post { max_entries, .. } = step else { break };
            sizes.push(max_entries);
            assert!(
                matches!(sender.answer(answer), Step::Wait { until: Some(until) } if until > sender.time)
            );
            step = sender.later();
        }
        assert_eq!(sizes, [64, 32, 16, 8, 4, 2, 1, 1, 1]);
        let next = sender.receive(step);
        assert_eq!(next, post(1, 2), "receipts let it grow again");
        assert_eq!(sender.receive(next), post(3, 4));
    }
}

#[test]
fn what_never_left_is_not_halved() {
    let mut sender = Sender::with(5_000, 0);
    sender.wake();
    sender.answer(Answer::Unreachable { moved: false });
    assert_eq!(sender.later(), post(0, 64));
}

#[test]
fn an_entry_that_does_not_pass_alone_is_set_aside_once_an_hour_and_the_rest_goes_on() {
    let mut sender = Sender::with(3, 0);
    sender.wake();
    assert_eq!(sender.answer(Answer::TooLarge), post(0, 1));
    assert_eq!(sender.answer(Answer::TooLarge), Step::SetAside { index: 0 });
    assert_eq!(sender.session.state(), State::TooLarge);
    sender.logs.push(Log { generation: 2, size: 3, received: 0 });
    sender.logs[0].size = 0;
    let rest = sender.step(Event::SetAside { others: true });
    assert_eq!(rest, Step::Post { generation: 2, from: 0, max_entries: 1 });
    let rest = sender.receive(rest);
    assert_eq!(rest, Step::Post { generation: 2, from: 1, max_entries: 2 });
    sender.answer(Answer::TooLarge);
    let step = sender.answer(Answer::TooLarge);
    check_waits(step, &sender, State::TooLarge);
    sender.time += AN_HOUR;
    sender.wake();
    assert_eq!(sender.answer(Answer::TooLarge), Step::SetAside { index: 1 });
    let step = sender.step(Event::SetAside { others: false });
    check_waits(step, &sender, State::TooLarge);
}

#[test]
fn an_earlier_generation_in_trouble_keeps_none_from_being_sent() {
    for (answer, state) in [
        (Answer::Refused, State::Refused),
        (Answer::TooLarge, State::TooLarge),
        (Answer::Held { stored: 6 }, State::Held),
        (Answer::Rewind { stored: 8 }, State::Busy),
    ] {
        let mut sender = Sender::of(&[(6, 6), (9, 2)]);
        assert_eq!(sender.step(Event::Ask), post(6, 0));
        let newest = sender.answer(answer);
        assert_eq!(newest, Step::Post { generation: 2, from: 2, max_entries: 7 }, "{answer:?}");
        let step = sender.receive(newest);
        check_waits(step, &sender, state);
        assert_eq!(sender.later(), post(6, 0), "{answer:?}: it is asked again");
    }
}

#[test]
fn it_waits_as_told_and_a_random_part_of_that_more() {
    let mut seen = Vec::new();
    for told in [0, 1, 7, 60, 9_999] {
        let least = Duration::from_secs(told.clamp(1, CAP.as_secs()));
        for seed in 0..50 {
            let mut sender = Sender::with(5, 0);
            sender.rng = StdRng::seed_from_u64(seed);
            sender.wake();
            let step = sender.answer(Answer::Busy { after: Some(Duration::from_secs(told)) });
            check_waits(step, &sender, State::Busy);
            let wait = sender.session.next_try().expect("a wait") - NOW;
            assert!(wait >= least && wait <= least + least / 2, "told {told} s, waits {wait:?}");
            seen.push(wait);
            assert_eq!(sender.wake(), step);
            assert_eq!(sender.step(Event::Wake { now: true }), post(0, 5), "Send now always tries");
        }
    }
    seen.dedup();
    assert!(seen.len() > 150, "tables that were told the same come at different times");
}

#[test]
fn a_held_table_goes_on_to_the_end_and_then_asks_with_an_empty_batch() {
    let mut sender = Sender::with(100, 0);
    assert_eq!(sender.wake(), post(0, 64));
    assert_eq!(sender.answer(Answer::Held { stored: 64 }), post(64, 36));
    let step = sender.answer(Answer::Held { stored: 100 });
    check_waits(step, &sender, State::Held);
    assert_eq!(sender.later(), post(100, 0));
    assert_eq!(sender.receive(post(100, 0)), Step::Wait { until: None });
}

#[test]
fn each_failure_has_its_state() {
    for (answer, state) in [
        (Answer::Unreachable { moved: false }, State::NoNetwork),
        (Answer::NotTheEndpoint { moved: false }, State::NotTheEndpoint),
        (Answer::OtherEndpoint, State::OtherEndpoint),
        (Answer::UnknownCampaign, State::UnknownCampaign),
        (Answer::Busy { after: None }, State::Busy),
        (Answer::Failed, State::Failed),
        (Answer::Quota { after: None }, State::Held),
        (Answer::Quota { after: Some(CAP) }, State::Held),
        (Answer::Revoked, State::Revoked),
        (Answer::Refused, State::Refused),
    ] {
        let mut sender = Sender::with(5, 0);
        sender.wake();
        let step = sender.answer(answer);
        check_waits(step, &sender, state);
        assert_eq!(sender.wake(), step, "{state:?}: it waits");
    }
}

#[test]
fn an_endpoint_that_answers_something_else_wakes_a_sender_that_waits_for_it_once() {
    for answer in [
        Answer::Unreachable { moved: false },
        Answer::NotTheEndpoint { moved: true },
        Answer::UnknownCampaign,
    ] {
        let mut sender = Sender::with(1, 0);
        sender.wake();
        sender.answer(answer);
        assert_eq!(sender.step(Event::Reached), post(0, 1));
        let step = sender.answer(answer);
        assert_eq!(sender.wake(), step, "it waits again");
    }
    let mut sender = Sender::with(1, 0);
    sender.wake();
    let step = sender.answer(Answer::Busy { after: Some(CAP) });
    assert_eq!(sender.step(Event::Reached), step, "who was told to wait waits");
}
