//! Clients that are slow, idle, many or wrong, and those beside them.
#![expect(clippy::unwrap_used, reason = "tests")]

mod raw;
#[expect(dead_code, reason = "a part of it is needed here")]
mod world;

use std::time::Duration;

use endpoint::Bounds;
use raw::{DEADLINE, check_problem, head, send, until_closed};
use tokio::{io::AsyncWriteExt, time::timeout};
use wire::SendAnswer;
use world::World;

const SOON: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_head_that_does_not_come_to_its_end_and_an_idle_connection_are_closed() {
    let world = World::within(Bounds { idle: SOON, ..Bounds::default() }).await;
    let url = world.running.url();
    let (mut slow, mut idle) = (send(&url, "GET /v1 HTTP/1.1\r\nhos").await, send(&url, "").await);
    assert_eq!(until_closed(&mut slow).await, "");
    assert_eq!(until_closed(&mut idle).await, "");
    let mut used = send(&url, "GET /v1 HTTP/1.1\r\nhost: endpoint\r\n\r\n").await;
    assert!(until_closed(&mut used).await.starts_with("HTTP/1.1 200 OK"), "answered, and closed when idle");
}

#[tokio::test]
async fn a_body_that_stops_arriving_is_told_so() {
    let world = World::within(Bounds { stall: SOON, ..Bounds::default() }).await;
    let path = format!("/v1/campaigns/{}/batches", world.id);
    let mut stalled = send(&world.running.url(), head("POST", &path, 8 << 20) + "UNDB").await;
    check_problem(&until_closed(&mut stalled).await, 408, "too-slow");
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
    let world = World::within(Bounds { stall: SOON, connections: 1, ..Bounds::default() }).await;
    let asked = "GET /v1/openapi.json HTTP/1.1\r\nhost: endpoint\r\n\r\n".repeat(1_000);
    let _deaf = send(&world.running.url(), asked).await;
    // There is one place alone: whoever is served sits in the place of the one that does not read.
    let served = async { while world.client.tally(world.id).await.is_err() {} };
    timeout(DEADLINE, served).await.unwrap();
}

#[tokio::test]
async fn the_connection_that_was_idle_the_longest_makes_room() {
    let world = World::within(Bounds { connections: 3, ..Bounds::default() }).await;
    let url = world.running.url();
    let mut idle = Vec::new();
    for _ in 0..3 {
        idle.push(send(&url, "").await);
    }
    let mut honest = send(&url, "GET /v1 HTTP/1.1\r\nhost: endpoint\r\nconnection: close\r\n\r\n").await;
    assert!(until_closed(&mut honest).await.starts_with("HTTP/1.1 200 OK"));
    assert_eq!(until_closed(&mut idle[0]).await, "");
}

#[tokio::test]
async fn where_no_place_is_idle_the_newest_is_told_to_come_back() {
    let world = World::within(Bounds { connections: 2, ..Bounds::default() }).await;
    let url = world.running.url();
    let path = format!("/v1/campaigns/{}/batches", world.id);
    let mut sending = Vec::new();
    for _ in 0..2 {
        // Answered means that its head was read.
        let mut stream =
            send(&url, head("POST", &path, 1_000).replace("\r\n\r\n", "\r\nexpect: 100-continue\r\n\r\n"))
                .await;
        let mut told = [0; 25];
        tokio::io::AsyncReadExt::read_exact(&mut stream, &mut told).await.unwrap();
        assert_eq!(&told, b"HTTP/1.1 100 Continue\r\n\r\n");
        sending.push(stream);
    }
    let mut newest = send(&url, "GET /v1 HTTP/1.1\r\nhost: endpoint\r\n\r\n").await;
    let head = check_problem(&until_closed(&mut newest).await, 503, "busy");
    assert!(head.contains("retry-after: "), "{head}");
    drop(sending);
}

#[tokio::test]
async fn it_ends_in_time_whatever_clients_do() {
    let world = World::within(Bounds { drain: SOON, ..Bounds::default() }).await;
    let url = world.running.url();
    let path = format!("/v1/campaigns/{}/batches", world.id);
    let _idle = send(&url, "").await;
    let _slow = send(&url, "GET /v1 HTTP/1.1\r\nhos").await;
    let mut sending = send(&url, head("POST", &path, 8 << 20) + "UNDB").await;
    let answer = world.table(1).signed(0..3).send(0, 3).await;
    assert!(matches!(answer, SendAnswer::Received { .. }), "{answer:?}");
    timeout(DEADLINE, world.running.stop()).await.unwrap();
    check_problem(&until_closed(&mut sending).await, 503, "busy");
}

#[tokio::test]
async fn who_sends_too_much_hears_so_and_is_not_cut_off() {
    let world = World::new().await;
    let path = format!("/v1/campaigns/{}/batches", world.id);
    let too_much = vec![0; wire::MAX_BATCH_BYTES + (1 << 20)];
    let mut stream = send(&world.running.url(), head("POST", &path, too_much.len())).await;
    // All of it is written before a byte of the answer is read, as some clients do.
    stream.write_all(&too_much).await.unwrap();
    check_problem(&until_closed(&mut stream).await, 413, "too-large");
}

#[tokio::test]
async fn what_is_no_request_is_refused_as_a_problem() {
    let world = World::new().await;
    let url = world.running.url();
    let long = format!("GET /v1 HTTP/1.1\r\nhost: endpoint\r\nlong: {}\r\n\r\n", "x".repeat(100_000));
    for wrong in ["\0\0\0\0\r\n\r\n", "GET /v1 HTTP/7.0\r\n\r\n", "GET /v1 HTTP/1.1\r\n: :\r\n\r\n", &long] {
        let mut stream = send(&url, wrong).await;
        check_problem(&until_closed(&mut stream).await, 400, "bad-request");
    }
}
