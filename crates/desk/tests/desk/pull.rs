//! Pulling, from an endpoint made by hand on a real socket.

use std::sync::{Arc, Mutex};

use crate::hand_made::{HandMadeCampaign, HandMadeTable, NOW, csv, merge};
use desk::{Desk, DeskError, Merged, Proof};
use proof::{CampaignId, SigningKey};
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use wire::{Client, ClientError, Pull, Signed, Tally};

/// What the hand-made endpoint holds, and what it was asked.
struct Endpoint {
    campaign: CampaignId,
    root: SigningKey,
    /// Each with its state; its batches are of two entries.
    tables: Vec<(HandMadeTable, &'static str)>,
    tally: Option<String>,
    /// How many requests a token is good for.
    token_lasts: usize,
    tokens: usize,
    left: usize,
    asked: Vec<String>,
}

type Answer = (u16, Vec<u8>);

impl Endpoint {
    fn new(campaign: &HandMadeCampaign, tables: Vec<(HandMadeTable, &'static str)>) -> Self {
        let root = SigningKey::root(&campaign.keys.root);
        let campaign = CampaignId::of_root(root.verifier().public_key());
        Self { campaign, root, tables, tally: None, token_lasts: 99, tokens: 0, left: 0, asked: Vec::new() }
    }

    fn answer(&mut self, method: &str, path: &str, token: Option<&str>, body: &str) -> Answer {
        if path == "/v1" {
            let key = endpoint_key();
            return (200, json!({ "endpoint": key.verifier(), "version": "0" }).to_string().into());
        }
        self.asked.push(format!("{method} {path}"));
        let base = format!("/v1/campaigns/{}", self.campaign);
        let path = path.strip_prefix(&base).unwrap();
        if let ("POST", "/challenges") = (method, path) {
            return (
                201,
                json!({ "nonce": format!("nonce {}", self.tokens), "expires": NOW + 120 }).to_string().into(),
            );
        }
        if let ("POST", "/tokens") = (method, path) {
            let pull = Signed::<Pull>::verify_root(body, self.campaign, self.root.verifier()).unwrap();
            assert_eq!(pull.body.nonce, format!("nonce {}", self.tokens));
            self.tokens += 1;
            self.left = self.token_lasts;
            return (
                201,
                json!({ "token": format!("token {}", self.tokens), "expires": NOW + 600 }).to_string().into(),
            );
        }
        if let ("GET", "/tally") = (method, path) {
            return self.tally.clone().map_or_else(|| problem(404, "no-tally"), |note| (200, note.into()));
        }
        if token != Some(&format!("Bearer token {}", self.tokens)) || self.left == 0 {
            return problem(401, "no-token");
        }
        self.left -= 1;
        if path == "/logs" {
            let rows: Vec<_> = self
                .tables
                .iter()
                .map(|(table, state)| {
                    json!({
                        "table": table.origin.table, "generation": table.origin.generation, "size": table.size(),
                        "device": table.origin.device_key(&table.device).verifier(),
                        "state": state, "label": "At the endpoint", "last_seen": NOW,
                    })
                })
                .collect();
            return (200, json!(rows).to_string().into());
        }
        let (log, query) = path.split_once("/batches?from=").unwrap();
        let from = query.split('&').next().unwrap();
        let (table, state) = self
            .tables
            .iter()
            .find(|(table, _)| log == format!("/logs/{}/{}", table.origin.table, table.origin.generation))
            .unwrap();
        let from: usize = from.parse().unwrap();
        match *state {
            "held" => problem(404, "unknown-log"),
            _ if from >= table.size() => (204, Vec::new()),
            // It starts at the checkpoint before, and ends at the one after.
            _ => (200, table.batch(from / 2 * 2, (from / 2 * 2 + 2).min(table.size()))),
        }
    }
}

fn endpoint_key() -> SigningKey {
    SigningKey::endpoint(&proof::Seed::from_bytes([3; 32]))
}

fn problem(status: u16, code: &str) -> Answer {
    let body = json!({ "type": format!("urn:undersigned:problem:{code}"), "title": code, "status": status, "detail": "no", "code": code });
    (status, body.to_string().into())
}

/// Serves on a port of its own for as long as the test runs.
async fn serve(endpoint: Endpoint) -> (Client, Arc<Mutex<Endpoint>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::new(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let endpoint = Arc::new(Mutex::new(endpoint));
    let served = Arc::clone(&endpoint);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            answer(stream, &served).await;
        }
    });
    (client, endpoint)
}

async fn answer(stream: TcpStream, endpoint: &Mutex<Endpoint>) {
    let mut stream = BufReader::new(stream);
    let mut request = String::new();
    stream.read_line(&mut request).await.unwrap();
    let (mut length, mut token) = (0, None);
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.unwrap();
        match header.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().unwrap()
            }
            Some((name, value)) if name.eq_ignore_ascii_case("authorization") => {
                token = Some(value.to_owned())
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    let mut words = request.split(' ');
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    let (status, answer) =
        endpoint.lock().unwrap().answer(method, path, token.as_deref(), std::str::from_utf8(&body).unwrap());
    let head =
        format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", answer.len());
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&answer).await.unwrap();
}

fn tables(campaign: &HandMadeCampaign) -> Vec<(HandMadeTable, &'static str)> {
    (1..=2_u128)
        .map(|number| {
            let mut table = HandMadeTable::new(campaign, number, 1);
            for place in 0..5 {
                table.append(&campaign.signature(
                    number * 10 + place,
                    0,
                    &format!("Person {number} {place}"),
                    None,
                ));
            }
            (table, "admitted")
        })
        .collect()
}

#[tokio::test]
async fn a_pull_brings_what_is_new_of_every_log() {
    let campaign = HandMadeCampaign::new(41);
    let (_folder, mut desk) = campaign.desk();
    let tables = tables(&campaign);
    merge(&mut desk, &tables[0].0.batch(0, 3));
    let (client, endpoint) = serve(Endpoint::new(&campaign, tables)).await;
    let desk = Mutex::new(desk);
    let report = Desk::pull(&desk, &client, NOW + 5).await.unwrap();
    assert_eq!((report.new_entries, report.new_signatures, report.logs), (7, 7, 2));
    assert_eq!(report.merged.len(), 5);
    let again = Desk::pull(&desk, &client, NOW + 6).await.unwrap();
    assert_eq!((again.new_entries, again.merged.len()), (0, 0));
    let desk = desk.lock().unwrap();
    assert_eq!(desk.count(None).unwrap().deliverable, 10);
    assert_eq!(desk.merged_at().unwrap(), Some(NOW + 6));
    for row in desk.tables().unwrap() {
        assert_eq!((row.received, row.opened, row.proof, row.last_seen), (5, 5, Proof::Complete, Some(NOW)));
    }
    assert_eq!(endpoint.lock().unwrap().tokens, 2);
}

#[tokio::test]
async fn a_token_that_runs_out_on_the_way_is_renewed() {
    let campaign = HandMadeCampaign::new(42);
    let (_folder, desk) = campaign.desk();
    let mut made = Endpoint::new(&campaign, tables(&campaign));
    made.token_lasts = 2;
    let (client, endpoint) = serve(made).await;
    let report = Desk::pull(&Mutex::new(desk), &client, NOW).await.unwrap();
    assert_eq!(report.new_entries, 10);
    assert!(endpoint.lock().unwrap().tokens > 2);
}

#[tokio::test]
async fn one_log_that_is_refused_keeps_no_other_from_coming() {
    let campaign = HandMadeCampaign::new(43);
    let (_folder, desk) = campaign.desk();
    let mut tables = tables(&campaign);
    tables[0].1 = "held";
    // The second table's log is broken at the endpoint; the third is good.
    tables[1].0.envelopes.truncate(4);
    tables[1].0.device = proof::Seed::from_bytes([1; 32]);
    let mut third = HandMadeTable::new(&campaign, 3, 1);
    third.append(&campaign.signature(99, 1, "Third", None));
    tables.push((third, "admitted"));
    let (client, _endpoint) = serve(Endpoint::new(&campaign, tables)).await;
    let desk = Mutex::new(desk);
    let report = Desk::pull(&desk, &client, NOW).await.unwrap();
    assert_eq!(report.new_entries, 1);
    let codes: Vec<_> = report
        .merged
        .iter()
        .map(|(_, merged)| match merged {
            Merged::Refused { code, .. } => *code,
            _ => "taken",
        })
        .collect();
    assert_eq!(codes, ["endpoint/refused", "batch/checkpoint", "taken"]);
    let rows = desk.lock().unwrap().tables().unwrap();
    assert_eq!(
        rows.iter().map(|row| row.proof).collect::<Vec<_>>(),
        [Proof::Held, Proof::Behind, Proof::Complete]
    );
    assert_eq!(rows[0].label, "At the endpoint");
}

#[tokio::test]
async fn a_restored_desk_goes_on_above_the_tally_it_once_published() {
    let campaign = HandMadeCampaign::new(44);
    let (_folder, desk) = campaign.desk();
    let mut made = Endpoint::new(&campaign, Vec::new());
    let tally = Tally { seq: 41, petitions: Vec::new(), logs: Vec::new() };
    made.tally = Some(Signed::sign(made.campaign, NOW, tally, &[&made.root]).unwrap().note());
    let (client, _endpoint) = serve(made).await;
    let desk = Mutex::new(desk);
    Desk::pull(&desk, &client, NOW).await.unwrap();
    assert!(desk.lock().unwrap().tally(NOW).unwrap().contains("\"seq\":42"));
}

#[tokio::test]
async fn without_an_endpoint_nothing_changes() {
    let campaign = HandMadeCampaign::new(45);
    let (_folder, desk) = campaign.desk();
    let before = csv(&desk);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::new(&format!("http://{address}")).unwrap();
    let desk = Mutex::new(desk);
    let error = Desk::pull(&desk, &client, NOW).await.unwrap_err();
    assert!(matches!(error, DeskError::Endpoint(ClientError::Unreachable)));
    assert_eq!(error.code(), "endpoint/unreachable");
    assert_eq!(csv(&desk.lock().unwrap()), before);
}

/// A pull can be spawned on a runtime with several threads.
#[test]
fn a_pull_can_be_sent_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let campaign = HandMadeCampaign::new(46);
    let (_folder, desk) = campaign.desk();
    let (desk, client) = (Mutex::new(desk), Client::new("http://127.0.0.1:9").unwrap());
    is_send(&Desk::pull(&desk, &client, NOW));
}
