//! A disk that fills up and a disk that fails, under the real program, while tables send to it: what any of them is told
//! is received is there afterwards, and every stored root is that of the stored entries.
//!
//! `UNDERSIGNED_FAULTS=all` lets every single write fail once, instead of some of them; that takes many minutes.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests that say what they went through")]

mod disk;
mod senders;
mod stored;

use std::env;

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_fails_makes_no_table_believe_what_is_not_stored() {
    let mut disk = Disk::new();
    disk.renew(&[]);
    disk.endpoint.start_again().unwrap();
    Senders::new(SIZES).send_rounds(&disk.client, 1).await;
    disk.endpoint.stop().unwrap();
    let calls = disk.count_calls();
    let (mut faults, mut starts, mut turns) = (0, 0, 0);
    let stride = if all() { 1 } else { calls / 24 };
    for first in (1..calls).step_by(stride) {
        let (error, many) = [("EIO", "1"), ("ENOSPC", "3"), ("EIO", "1000000")][turns % 3];
        let mut senders = Senders::new(SIZES);
        disk.renew(&[
            ("FAULTY_FROM", first.to_string()),
            ("FAULTY_CALLS", many.to_owned()),
            ("FAULTY_ERROR", error.to_owned()),
        ]);
        // One that cannot even start says so, and has spoilt nothing.
        match disk.endpoint.start_again() {
            Ok(()) => {
                faults += senders.send_rounds(&disk.client, 1).await.faults;
                disk.make_room();
                senders.send_until_received(&disk.client).await;
            }
            Err(_) => starts += 1,
        }
        stored::check_after(&mut disk, &mut senders).await;
        turns += 1;
    }
    println!("{turns} of {calls} calls failed: {faults} batches refused, {starts} starts, nothing lost");
    assert!(faults > 0);
}
