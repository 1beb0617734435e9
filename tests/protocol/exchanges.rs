//! Random exchanges with a real endpoint over HTTP: it answers what the model answers.
//!
//! `UNDERSIGNED_EXCHANGES` says how many; the short form is two thousand. `cargo xtask torture` does a hundred thousand.

use std::{
    collections::BTreeMap,
    env,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use endpoint::{Options, Running, start};
use proof::{Checkpoint, Frontier, Receipt, leaf_hash};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;
use wire::{Batch, Confirmation, Pull, Revocation, Tally, Token};

use crate::{
    by_hand::{LogKey, NOW, Organizer, Papers, entry},
    model::{Answer, Model, Request},
};

/// How many there are of each.
const TABLES: u8 = 4;
const GENERATIONS: u32 = 3;
const DEVICES: u8 = 2;
const BRANCHES: u8 = 3;
/// Wishes with one endpoint: few enough for its rate limits.
const LENGTH: usize = 120;
/// So many of them at least are exchanges, on the average; the others let time pass.
const EXCHANGES: usize = 112;

/// A request, with what depends on the state left open.
#[derive(Clone, Debug)]
enum Wish {
    Campaign,
    Enrol {
        log: LogKey,
        papers: Papers,
    },
    Batch {
        log: LogKey,
        papers: Papers,
        branch: u8,
        from: i8,
        length: usize,
        changed: bool,
    },
    Confirm(LogKey),
    RevokeKit(u8),
    RevokeTable(u8),
    Tally {
        seq: u64,
        variant: u8,
    },
    Pull {
        log: LogKey,
        from: usize,
    },
    /// The clock goes on by so many seconds.
    Later(i64),
    /// The endpoint ends and starts again.
    Restart,
}

fn any_log() -> impl Strategy<Value = LogKey> {
    // Most logs are the first of their table and device.
    (
        0..TABLES,
        prop_oneof![4 => Just(1), 2 => Just(2), 1 => 2..=GENERATIONS],
        prop_oneof![4 => Just(0), 1 => 0..DEVICES],
    )
        .prop_map(|(table, generation, device)| LogKey { table, generation, device })
}

fn any_papers() -> impl Strategy<Value = Papers> {
    (
        prop_oneof![5 => Just(0), 1 => Just(1), 1 => Just(2)],
        prop_oneof![3 => Just(Some(0)), 1 => Just(Some(1)), 1 => Just(None)],
    )
        .prop_map(|(kit, spoken_for_by)| Papers { kit, spoken_for_by })
}

fn any_wish() -> impl Strategy<Value = Wish> {
    let log_and_papers = || {
        (any_log(), any_papers()).prop_map(|(log, papers)| {
            let spoken_for_by = papers.spoken_for_by.filter(|_| log.generation > 1);
            (log, Papers { spoken_for_by, ..papers })
        })
    };
    let batch = (
        log_and_papers(),
        prop_oneof![6 => Just(0), 1 => 0..BRANCHES],
        prop_oneof![5 => Just(0_i8), 4 => -7_i8..=0, 1 => 1_i8..3],
        0_usize..6,
        prop::bool::weighted(0.02),
    );
    prop_oneof![
        40 => batch.prop_map(|((log, papers), branch, from, length, changed)|
            Wish::Batch { log, papers, branch, from, length, changed }),
        8 => log_and_papers().prop_map(|(log, papers)| Wish::Enrol { log, papers }),
        12 => (any_log(), 0_usize..30).prop_map(|(log, from)| Wish::Pull { log, from }),
        4 => any_log().prop_map(Wish::Confirm),
        3 => (0_u64..6, 0_u8..2).prop_map(|(seq, variant)| Wish::Tally { seq, variant }),
        1 => (0_u8..3).prop_map(Wish::RevokeKit),
        1 => (0..TABLES).prop_map(Wish::RevokeTable),
        1 => (1_i64..700).prop_map(Wish::Later),
        1 => Just(Wish::Restart),
        1 => Just(Wish::Campaign),
    ]
}

/// The real one, with the organizer who asks it.
struct World {
    organizer: Organizer,
    running: Option<Running>,
    http: reqwest::Client,
    clock: Arc<AtomicI64>,
    token: Option<Token>,
    folder: tempfile::TempDir,
}

impl World {
    async fn start() -> Self {
        let mut world = Self {
            organizer: Organizer::new(7),
            running: None,
            http: reqwest::Client::new(),
            clock: Arc::new(AtomicI64::new(NOW)),
            token: None,
            folder: tempfile::tempdir().unwrap(),
        };
        world.restart().await;
        world
    }

    async fn restart(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
        let clock = Arc::clone(&self.clock);
        let options = Options {
            data: self.folder.path().join("endpoint"),
            clock: Arc::new(move || clock.load(Ordering::Relaxed)),
            ..Options::default()
        };
        self.running = Some(start(options).await.unwrap());
    }

    fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    fn to(&self, method: Method, path: &str) -> RequestBuilder {
        let campaign = self.organizer.campaign.id;
        self.http.request(method, format!("{}/v1/campaigns/{campaign}{path}", self.running().url()))
    }

    /// A token that is good now. Before the campaign is known there is none, and none is needed to be refused.
    async fn token(&mut self) -> String {
        let now = self.clock.load(Ordering::Relaxed);
        if let Some(token) = self.token.as_ref().filter(|token| token.expires > now) {
            return token.token.clone();
        }
        let challenge = self.to(Method::POST, "/challenges").send().await.unwrap();
        if challenge.status() != StatusCode::CREATED {
            return String::new();
        }
        let challenge: Value = challenge.json().await.unwrap();
        let pull = Pull {
            nonce: challenge["nonce"].as_str().unwrap().to_owned(),
            endpoint: self.running().key().clone(),
        };
        let answer = self.to(Method::POST, "/tokens").body(self.organizer.note(pull)).send().await.unwrap();
        let token: Token = answer.json().await.unwrap();
        self.token.insert(token).token.clone()
    }

    async fn ask(&mut self, request: &Request, model: &Model) -> Result<Answer, TestCaseError> {
        let organizer = &self.organizer;
        match *request {
            Request::Campaign => {
                let note = organizer.about();
                kept(self.to(Method::PUT, "").body(note)).await
            }
            Request::Enrol { log, papers } => {
                let body = serde_json::json!({
                    "certificate": organizer.certificate(papers.kit), "admission": organizer.admission(log, papers),
                });
                let path = format!("/tables/{}/{}", organizer.table(log.table), log.generation);
                let (status, body) = send(self.to(Method::PUT, &path).json(&body)).await;
                Ok(match (status, body["state"].as_str()) {
                    (200, Some("admitted")) => Answer::Enrolled { admitted: true },
                    (202, Some("held")) => Answer::Enrolled { admitted: false },
                    _ => refused(status, &body)?,
                })
            }
            Request::Batch { log, papers, branch, from, to, changed } => {
                self.post(log, papers, branch, from, to, changed, model).await
            }
            Request::Confirm(log) => {
                let device = organizer.device(log).verifier().clone();
                let table = organizer.table(log.table);
                let note = organizer.note(Confirmation { table, generation: log.generation, device });
                kept(self.to(Method::POST, "/documents").body(note)).await
            }
            Request::RevokeKit(kit) => {
                let note = Revocation { kit: Some(organizer.kit(kit)), table: None, reason: "lost".into() };
                kept(self.to(Method::POST, "/documents").body(organizer.note(note))).await
            }
            Request::RevokeTable(table) => {
                let table = Some(organizer.table(table));
                let note = Revocation { kit: None, table, reason: "lost".into() };
                kept(self.to(Method::POST, "/documents").body(organizer.note(note))).await
            }
            Request::Tally { seq, variant } => {
                let count = wire::PetitionCount { petition: organizer.kit(0), count: variant.into() };
                let note = organizer.note(Tally { seq, petitions: vec![count], logs: Vec::new() });
                kept(self.to(Method::POST, "/documents").body(note)).await
            }
            Request::Pull { log, from } => self.pull(log, from, model).await,
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what a batch is made of")]
    async fn post(
        &self,
        log: LogKey,
        papers: Papers,
        branch: u8,
        from: usize,
        to: usize,
        changed: bool,
        model: &Model,
    ) -> Result<Answer, TestCaseError> {
        let (mut bytes, checkpoint) = self.organizer.batch(log, papers, branch, from, to);
        if changed {
            // Somewhere in the signature of the checkpoint, which is last.
            let at = bytes.len() - 12;
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        }
        let (status, body) = send(self.to(Method::POST, "/batches").body(bytes)).await;
        let size = |name: &str| body[name].as_u64().map(|size| size as usize);
        Ok(match (status, body["code"].as_str()) {
            (200..=202, None) => {
                let receipt = body["receipt"].as_str();
                if let Some(line) = receipt {
                    let verified = Receipt::verify(line, &checkpoint, self.running().key());
                    prop_assert!(verified.is_ok(), "the receipt is not on the checkpoint that was sent");
                }
                let stored_size = size("stored_size").unwrap();
                Answer::Stored { status, stored_size, receipt: receipt.is_some() }
            }
            (409, Some("rewind")) => Answer::Rewind { stored_size: size("stored_size").unwrap() },
            (422, Some("forked")) => {
                let note = body["checkpoint"].as_str().unwrap().parse().unwrap();
                let proof = Checkpoint::verify(&note, self.organizer.device(log).verifier()).unwrap();
                let stored = model.entries(log);
                let leaves = stored[..proof.size as usize].iter();
                let root =
                    Frontier::of_leaves(leaves.map(|(branch, at)| leaf_hash(&entry(*branch, *at)))).root();
                prop_assert_eq!(proof.root, root, "the proof is not of what is stored");
                Answer::Forked { at: size("at").unwrap(), checkpoint: proof.size as usize }
            }
            _ => refused(status, &body)?,
        })
    }

    async fn pull(&mut self, log: LogKey, from: usize, model: &Model) -> Result<Answer, TestCaseError> {
        let token = self.token().await;
        let device = self.organizer.device(log).verifier().to_string();
        let path = format!("/logs/{}/{}/batches", self.organizer.table(log.table), log.generation);
        let request = self.to(Method::GET, &path).query(&[("from", from.to_string()), ("device", device)]);
        let response = request.bearer_auth(token).send().await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.bytes().await.unwrap();
        match status {
            200 => {}
            204 => return Ok(Answer::End),
            _ => return refused(status, &serde_json::from_slice(&bytes).unwrap_or_default()),
        }
        let batch = Batch::decode(&bytes).unwrap().verify(self.organizer.campaign.root.verifier()).unwrap();
        prop_assert_eq!(batch.origin(), self.organizer.origin(log));
        let (from, to) = (batch.before.size() as usize, batch.after.size() as usize);
        let stored: Vec<Vec<u8>> =
            model.entries(log)[from..to].iter().map(|(branch, at)| entry(*branch, *at)).collect();
        prop_assert!(batch.entries == stored, "other entries than those that were stored");
        Ok(Answer::Pulled { from, to })
    }
}

async fn send(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default())
}

/// What came of a note: it is news, it is known, or it is refused.
async fn kept(request: RequestBuilder) -> Result<Answer, TestCaseError> {
    let (status, body) = send(request).await;
    match status {
        200 | 201 => Ok(Answer::Kept { news: status == 201 }),
        _ => refused(status, &body),
    }
}

fn refused(status: u16, body: &Value) -> Result<Answer, TestCaseError> {
    let known = wire::ProblemCode::ALL.iter().find(|code| body["code"] == code.as_str());
    let code = known.ok_or_else(|| TestCaseError::fail(format!("{status} is no problem document")))?;
    Ok(Answer::Refused(status, code.as_str()))
}

fn request(wish: &Wish, model: &Model) -> Option<Request> {
    Some(match *wish {
        Wish::Campaign => Request::Campaign,
        Wish::Enrol { log, papers } => Request::Enrol { log, papers },
        Wish::Batch { log, papers, branch, from, length, changed } => {
            let from = model.stored(log).saturating_add_signed(from.into());
            Request::Batch { log, papers, branch, from, to: from + length, changed }
        }
        Wish::Confirm(log) => Request::Confirm(log),
        Wish::RevokeKit(kit) => Request::RevokeKit(kit),
        Wish::RevokeTable(table) => Request::RevokeTable(table),
        Wish::Tally { seq, variant } => Request::Tally { seq, variant },
        Wish::Pull { log, from } => Request::Pull { log, from },
        Wish::Later(_) | Wish::Restart => return None,
    })
}

/// How often each kind of answer came.
type Seen = Mutex<BTreeMap<String, usize>>;

fn kind(answer: &Answer) -> String {
    match answer {
        Answer::Stored { status, receipt, .. } if *receipt => format!("{status} with a receipt"),
        Answer::Stored { status, .. } => format!("{status} held"),
        Answer::Forked { .. } => "422 forked".to_owned(),
        Answer::Rewind { .. } => "409 rewind".to_owned(),
        Answer::Enrolled { admitted } => format!("enrolled, admitted: {admitted}"),
        Answer::Kept { news } => format!("a note, news: {news}"),
        Answer::Pulled { .. } => "pulled".to_owned(),
        Answer::End => "204".to_owned(),
        Answer::Refused(status, code) => format!("{status} {code}"),
    }
}

async fn exchange(wishes: &[Wish], seen: &Seen) -> Result<(), TestCaseError> {
    let mut world = World::start().await;
    let mut model = Model::default();
    for (number, wish) in wishes.iter().enumerate() {
        // Most of what there is to say needs a campaign that is known.
        if number == 3 {
            let found = world.ask(&Request::Campaign, &model).await?;
            prop_assert_eq!(found, model.answer(&Request::Campaign));
        }
        match wish {
            Wish::Later(seconds) => {
                model.elapsed += seconds;
                world.clock.store(NOW + model.elapsed, Ordering::Relaxed);
            }
            Wish::Restart => world.restart().await,
            _ => {}
        }
        let Some(request) = request(wish, &model) else { continue };
        // What was stored before the request is what a fork is proven by, and what a pull gives.
        let found = world.ask(&request, &model).await?;
        let expected = model.answer(&request);
        *seen.lock().unwrap().entry(kind(&expected)).or_default() += 1;
        prop_assert_eq!(found, expected, "exchange {}: {:?}", number, request);
    }
    world.running.take().unwrap().stop().await;
    Ok(())
}

#[test]
fn an_endpoint_answers_as_the_protocol_says() {
    let exchanges: usize =
        env::var("UNDERSIGNED_EXCHANGES").ok().map_or(2_000, |number| number.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = Config {
        cases: exchanges.div_ceil(EXCHANGES) as u32,
        failure_persistence: None,
        ..Config::default()
    };
    let wishes = prop::collection::vec(any_wish(), LENGTH);
    let seen = Seen::default();
    TestRunner::new(config).run(&wishes, |wishes| runtime.block_on(exchange(&wishes, &seen))).unwrap();
    let seen = seen.into_inner().unwrap();
    println!("{} exchanges, none differs: {seen:?}", seen.values().sum::<usize>());
}
