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

#[tokio::test]
async fn half_arrived_bodies_take_memory_from_large_ones_alone_and_only_while_they_last() {
    let world = World::within(Bounds { memory: 700 << 10, room: SOON, ..Bounds::default() }).await;
    let (large, small) = (world.table(1).signed(0..180), world.table(2).signed(0..10));
    let path = format!("/v1/campaigns/{}/batches", world.id);
    let mut half = send(&world.running.url(), head("POST", &path, 300_000)).await;
    half.write_all(&[0; 250_000]).await.unwrap();
    let until = async |expected: fn(&SendAnswer) -> bool| {
        let sending = async { while !expected(&large.send(0, 180).await) {} };
        timeout(DEADLINE, sending).await.unwrap();
    };
    until(|answer| matches!(answer, SendAnswer::Busy { after: Some(_) })).await;
    let answer = small.send(0, 10).await;
    assert!(matches!(answer, SendAnswer::Received { .. }), "{answer:?}");
    drop(half);
    until(|answer| matches!(answer, SendAnswer::Received { .. })).await;
}

#[tokio::test]
async fn a_compressed_body_is_taken_by_what_comes_out_of_it() {
    let world = World::new().await;
    let url = format!("{}/v1/campaigns/{}/batches", world.running.url(), world.id);
    let post = async |encoding: &str, body: Vec<u8>| {
        let request = reqwest::Client::new().post(&url).header("content-encoding", encoding).body(body);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let compressed = |bytes: &[u8]| zstd::encode_all(bytes, 3).unwrap();
    let (batch, _) = world.table(1).signed(0..200).batch(0, 200);
    let (status, answer) = post("zstd", compressed(&batch)).await;
    assert_eq!(status, 201, "{answer}");
    let bomb = compressed(&vec![0; 64 << 20]);
    assert!(bomb.len() < 16 << 10);
    for (encoding, body, status, code) in [
        ("zstd", bomb, 413, "too-large"),
        ("zstd", batch.clone(), 400, "bad-request"),
        ("zstd", compressed(&batch)[..300].to_vec(), 400, "bad-request"),
        ("gzip", batch.clone(), 415, "unsupported"),
        ("zstd, zstd", batch, 415, "unsupported"),
    ] {
        let (answered, body) = post(encoding, body).await;
        let problem: wire::ProblemDetails = serde_json::from_str(&body).unwrap();
        assert_eq!((answered, problem.code.as_str()), (status, code));
    }
}

#[tokio::test]
async fn an_unknown_campaign_is_told_so_before_its_body_has_come() {
    let world = World::new().await;
    let path = "/v1/campaigns/00112233445566778899aabbccddeeff/batches";
    let mut stream = send(&world.running.url(), head("POST", path, 1_000_000)).await;
    check_problem(&until_closed(&mut stream).await, 404, "unknown-campaign");
}

#[tokio::test]
async fn garbage_is_refused_as_a_problem_with_its_code_on_every_route() {
    let world = World::new().await;
    let described: serde_json::Value = serde_json::from_str(&endpoint::openapi().unwrap()).unwrap();
    let routes: Vec<String> = described["paths"].as_object().unwrap().keys().cloned().collect();
    assert!(routes.len() >= 9, "{routes:?}");
    let campaign = world.id.to_string();
    let (unknown, table) = ("0".repeat(32), uuid::Uuid::from_u128(1).to_string());
    let strange = ["", "x", "%ff", "%00", "-1", "0", "01", "4194304", "99999999999999999999", "..%2f.."];
    let mut paths =
        vec!["/".to_owned(), "/v1/".into(), "/v2".into(), "/v1/openapi.json/x".into(), "/v1?%ff".into()];
    for route in &routes {
        let path = |campaign: &str, table: &str, generation: &str, query: &str| {
            let path = route.replace("{campaign}", campaign).replace("{table}", table);
            path.replace("{generation}", generation) + query
        };
        for strange in strange {
            paths.push(path(strange, &table, "1", "?from=0"));
            paths.push(path(&campaign, strange, "1", "?from=0"));
            paths.push(path(&campaign, &table, strange, "?from=0"));
            paths.push(path(&campaign, &table, "1", &format!("?from={strange}&device={strange}")));
        }
        paths.push(path(&unknown, &table, "1", "?from=0"));
    }
    paths.sort_unstable();
    paths.dedup();
    let client = reqwest::Client::new();
    let mut refused = std::collections::BTreeSet::new();
    for path in paths {
        for (method, bodies) in [
            ("PUT", &["", "{}", "UNDB\u{1}\0\0", "\u{2014} x y\n"][..]),
            ("POST", &["", "{}", "UNDB\u{1}\0\0", "\u{2014} x y\n"][..]),
            ("GET", &[""][..]),
            ("DELETE", &["{}"][..]),
            ("OPTIONS", &[""][..]),
            ("STRANGE", &[""][..]),
        ] {
            for body in bodies {
                let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
                let request = client.request(method.clone(), world.running.url() + &path).body(*body);
                let answer = request.bearer_auth("AAAA").send().await.unwrap();
                let status = answer.status();
                if status.is_success() {
                    continue;
                }
                assert_eq!(answer.headers()["content-type"], "application/problem+json", "{method} {path}");
                let problem: wire::ProblemDetails = answer.json().await.unwrap();
                assert_eq!((problem.status, problem.code.status()), (status.as_u16(), status.as_u16()));
                assert_ne!(problem.code, wire::ProblemCode::Fault, "{method} {path}");
                let no_log = ["/0", "/01", "/4194304", "/-1"]
                    .iter()
                    .any(|wrong| path.contains(&format!("{table}{wrong}")));
                assert!(
                    !no_log || ["bad-request", "no-such-request"].contains(&problem.code.as_str()),
                    "{path}"
                );
                refused.insert(problem.code.as_str());
            }
        }
    }
    let expected = [
        "bad-batch",
        "bad-document",
        "bad-request",
        "no-such-request",
        "no-tally",
        "no-token",
        "unknown-campaign",
    ];
    assert_eq!(refused.into_iter().collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn thousands_of_open_challenges_keep_no_desk_out() {
    let world = World::new().await;
    for _ in 0..2_000 {
        world.client.challenge(world.id).await.unwrap();
    }
    let pass = token(&world).await;
    assert_eq!(world.client.logs(world.id, &pass).await.unwrap().len(), 0);
    // Another instance with the same key takes it, and so does this one after a start.
    let world = world.restarted().await;
    assert_eq!(world.client.logs(world.id, &pass).await.unwrap().len(), 0);
}

#[tokio::test]
async fn campaigns_that_nobody_named_are_taken_up_to_the_quota() {
    let world = World::within(Bounds { campaigns: 2, ..Bounds::default() }).await;
    let put = async |seed: u8| {
        let other = fixtures::Campaign::new(seed);
        world
            .client
            .put_campaign(other.id, other.about().note())
            .await
            .map_err(|error| error.problem().unwrap())
    };
    put(2).await.unwrap();
    assert_eq!(put(3).await, Err(wire::ProblemCode::CampaignRefused));
    put(2).await.unwrap();
    put(1).await.unwrap();
}

#[tokio::test]
async fn without_its_key_a_database_is_not_served() {
    let world = World::new().await;
    let data = world.folder.path().join("endpoint");
    world.running.stop().await;
    let (key, aside) = (data.join("endpoint.key"), data.join("aside"));
    std::fs::rename(&key, &aside).unwrap();
    let start = || endpoint::start(endpoint::Options { data: data.clone(), ..endpoint::Options::default() });
    let error = start().await.err().unwrap();
    assert!(matches!(error, endpoint::StartError::KeyMissing));
    assert!(error.to_string().contains("bring it back"), "{error}");
    assert!(!key.exists(), "no new key is made");
    std::fs::rename(&aside, &key).unwrap();
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    start().await.unwrap().stop().await;
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&key).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

async fn token(world: &World) -> wire::Token {
    let challenge = world.client.challenge(world.id).await.unwrap();
    let body = wire::Pull { nonce: challenge.nonce, endpoint: world.running.key().clone() };
    let pull = world.campaign.sign(body);
    world.client.token(&pull).await.unwrap()
}
