//! A disk that fills up and a disk that fails, under the real programs. At the endpoint, while tables send to it: what any of
//! them is told is received is there afterwards, and every stored root is that of the stored entries. At the table, while people
//! sign: sealed and saved, or refused in words, and what was typed is in no file (F09); a wrong clock too (F08). A network that
//! fails between the two: the queue reaches zero, and each signature is there once. A stick that is full, is pulled, or lies.
//! A home on a network drive and a profile on a stick, with what their file systems lack (F27).
//!
//! `UNDERSIGNED_FAULTS=all` lets every single write fail once, instead of some of them; that takes many minutes.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests that say what they went through"
)]

mod disk;
mod file_systems;
mod network;
mod proxy;
mod senders;
mod sticks;
mod stored;
mod tables;

use std::{env, thread};

use disk::Disk;
use senders::Senders;

fn all() -> bool {
    env::var("UNDERSIGNED_FAULTS").is_ok_and(|which| which == "all")
}

/// Batches of tables that send side by side. Those of 1,400 do not fit into SQLite's cache, so that writing them fails in
/// the middle of an INSERT; those of 700 do, and fail when they are committed.
const SIZES: &[u64] = &[1, 1400, 700, 1, 700, 1];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_fills_up_makes_no_table_believe_what_is_not_stored() {
    let mut disk = Disk::new();
    let budgets = if all() { 200 } else { 8 };
    let mut faults = 0;
    for turn in 0..budgets {
        // Between hardly anything and all that is sent.
        let bytes = 200_000 + turn * 8_000_000 / budgets;
        let mut senders = Senders::new(SIZES);
        disk.renew(&[("FAULTY_BYTES", bytes.to_string())]);
        disk.endpoint.start_again().unwrap();
        faults += senders.send_rounds(&disk.client, 2).await.faults;
        disk.make_room();
        senders.send_until_received(&disk.client).await;
        stored::check_after(&mut disk, &mut senders).await;
    }
    println!("{budgets} disks filled up, {faults} batches refused, nothing lost");
    assert!(faults > budgets, "the disks hardly filled up");
}

#[test]
fn a_disk_that_fails_makes_no_table_believe_what_is_not_stored() {
    let calls = count_calls();
    // Each turn mostly waits for its disk.
    let (stride, side_by_side) = if all() { (1, 8) } else { (calls / 24, 2) };
    let turns: Vec<(usize, usize)> = (1..calls).step_by(stride).enumerate().collect();
    let failed: Vec<Failed> = thread::scope(|scope| {
        let share = |of| turns.iter().skip(of).step_by(side_by_side);
        let threads: Vec<_> =
            (0..side_by_side).map(|of| scope.spawn(move || fail_at_each(share(of).copied()))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let faults: u64 = failed.iter().map(|of| of.faults).sum();
    let starts: u64 = failed.iter().map(|of| of.starts).sum();
    println!(
        "{} of {calls} calls failed: {faults} batches refused, {starts} starts, nothing lost",
        turns.len()
    );
    assert!(faults > 0);
}

/// What failed in many turns.
#[derive(Default)]
struct Failed {
    /// Batches that were refused.
    faults: u64,
    /// Starts of the endpoint.
    starts: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn count_calls() -> usize {
    let mut disk = Disk::new();
    disk.renew(&[]);
    disk.endpoint.start_again().unwrap();
    Senders::new(SIZES).send_rounds(&disk.client, 1).await;
    disk.endpoint.stop().unwrap();
    disk.count_calls()
}

/// Each turn has its number, and the call that is the first to fail.
#[tokio::main(flavor = "current_thread")]
async fn fail_at_each(turns: impl Iterator<Item = (usize, usize)>) -> Failed {
    let (mut disk, mut failed) = (Disk::new(), Failed::default());
    for (turn, first) in turns {
        let (error, many) = [("EIO", "1"), ("ENOSPC", "3"), ("EIO", "1000000")][turn % 3];
        let mut senders = Senders::new(SIZES);
        disk.renew(&[
            ("FAULTY_FROM", first.to_string()),
            ("FAULTY_CALLS", many.to_owned()),
            ("FAULTY_ERROR", error.to_owned()),
        ]);
        // One that cannot even start says so, and has spoilt nothing.
        match disk.endpoint.start_again() {
            Ok(()) => {
                failed.faults += senders.send_rounds(&disk.client, 1).await.faults;
                disk.make_room();
                senders.send_until_received(&disk.client).await;
            }
            Err(_) => failed.starts += 1,
        }
        stored::check_after(&mut disk, &mut senders).await;
    }
    failed
}
