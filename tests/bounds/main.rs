//! The real endpoint among clients that are slow, deaf and many: others are served, its memory is bounded, and it ends.
#![expect(clippy::unwrap_used, reason = "tests")]

mod campaign;
mod slow;

use std::{
    fs,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use campaign::Campaign;
use slow::Slow;
use system_tests::{Endpoint, Program};
use tokio::{
    task::{JoinSet, block_in_place},
    time::{sleep, timeout},
};
use wire::SendAnswer;

const SECOND: Duration = Duration::from_secs(1);
/// An upload that is told to come again comes again, until then.
const PATIENCE: Duration = Duration::from_secs(300);
/// kB, as the kernel tells it.
const MOST_MEMORY: u64 = 300 << 10;

#[tokio::test(flavor = "multi_thread")]
async fn slow_and_deaf_clients_keep_nobody_out_and_large_uploads_stay_within_the_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut endpoint = Endpoint::start(folder.path()).unwrap();
    let id = endpoint.id().unwrap();
    let campaign = Arc::new(Campaign::at(&endpoint.url()).await);
    let large = Arc::new(campaign::entries(890, 9_337));
    campaign.send_until_received(1, &large).await;
    let token = campaign.token().await;

    let slow = Slow::start(&endpoint.url(), campaign.id(), &campaign.pull_of(1), &token.token);
    slow.are_there().await;
    for _ in 0..1_000 {
        campaign.client().challenge(campaign.id()).await.unwrap();
    }
    // Whoever is honest is served beside them, each within a second.
    let small = campaign::entries(20, 1_657);
    for table in 2..12 {
        let answer = timeout(SECOND, campaign.send(table, &small)).await.unwrap();
        assert!(matches!(answer, SendAnswer::Received { .. }), "{answer:?}");
        let rows = timeout(SECOND, campaign.client().logs(campaign.id(), &token)).await.unwrap().unwrap();
        assert_eq!(rows.len(), table);
    }

    let mut uploads = JoinSet::new();
    for table in 100..164 {
        let (campaign, large) = (Arc::clone(&campaign), Arc::clone(&large));
        uploads.spawn(async move { campaign.send_until_received(table, &large).await });
    }
    timeout(PATIENCE, async {
        while let Some(sent) = uploads.join_next().await {
            sent.unwrap()
        }
    })
    .await
    .unwrap();
    let memory = most_memory(id);
    assert!(memory < MOST_MEMORY, "it took {memory} kB");

    // With all of them still there it ends when it is asked to, or the harness says that it did not.
    slow.are_there().await;
    block_in_place(|| endpoint.stop()).unwrap();
}

#[test]
fn without_its_key_it_says_in_one_line_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    Endpoint::start(folder.path()).unwrap().stop().unwrap();
    fs::remove_file(folder.path().join("endpoint.key")).unwrap();
    let ended = Command::new(Program::Endpoint.path().unwrap())
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("endpoint.key is missing") && said.contains("move endpoint.db away"), "{said}");
}

/// The most that it ever had in memory, in kB.
fn most_memory(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse().unwrap()
}

/// As long as an endpoint told to wait, and a random part of that more (`docs/protocol.md` §8.5).
async fn wait(told: Duration) {
    sleep(told.mul_f64(rand::random_range(1.0..2.0))).await;
}
