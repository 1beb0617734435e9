//! An endpoint as docs/protocol.md §8.4 has it, in memory, over real HTTP, and what a test wants to go wrong with it.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use proof::{Frontier, Origin, SigningKey, cosign, leaf_hash};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use wire::{Batch, ProblemCode, VerifiedBatch};
use wire::{Client, EndpointAddress};

use crate::kit::{NOW, endpoint_key, world};

pub(crate) struct Endpoint {
    url: String,
    state: Arc<Mutex<State>>,
}

/// What it stores, and how it behaves.
#[derive(Default)]
pub(crate) struct State {
    /// It has forgotten the campaign.
    pub(crate) knows_no_campaign: bool,
    /// By origin: all tables of a test have one device.
    pub(crate) logs: BTreeMap<Origin, Stored>,
    /// What it answers to the next batches in the place of its own answer: status and problem.
    pub(crate) forged: VecDeque<(u16, Value)>,
    /// An entry of more bytes is too large for it.
    pub(crate) most_bytes: Option<usize>,
    /// It answers batches so many times more, and then no more.
    pub(crate) answers_left: Option<usize>,
    /// What it answers to who asks for an update: status and body. None: it has no newer one.
    pub(crate) update: Option<(u16, String)>,
    /// The batches that it was sent: generation, from, to.
    pub(crate) sent: Vec<(u32, u64, u64)>,
}

#[derive(Default)]
pub(crate) struct Stored {
    pub(crate) envelopes: Vec<Vec<u8>>,
    pub(crate) checkpoints: BTreeMap<u64, String>,
}

impl Stored {
    fn frontier(&self, size: u64) -> Frontier {
        Frontier::of_leaves(self.envelopes.iter().take(size as usize).map(|entry| leaf_hash(entry)))
    }
}

impl Endpoint {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { url, state }
    }

    pub(crate) fn client(&self) -> Client {
        self.client_for(&endpoint_key())
    }

    pub(crate) fn client_for(&self, key: &SigningKey) -> Client {
        Client::of(&EndpointAddress { url: self.url.clone(), key: key.verifier().clone() }).unwrap()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Every envelope that it stores, of whatever log, each once.
    pub(crate) fn envelopes(&self) -> std::collections::BTreeSet<Vec<u8>> {
        self.state().logs.values().flat_map(|log| log.envelopes.iter().cloned()).collect()
    }
}

impl State {
    /// How many entries it stores, by generation.
    pub(crate) fn sizes(&self) -> Vec<(u32, usize)> {
        self.logs.iter().map(|(origin, log)| (origin.generation, log.envelopes.len())).collect()
    }

    fn answer(&mut self, request: &str, body: &[u8]) -> Option<(u16, String)> {
        if request.starts_with("GET") && request.contains("/update?") {
            return Some(self.update.clone().unwrap_or_else(|| (204, String::new())));
        }
        self.json_answer(request, body).map(|(status, body)| (status, body.to_string()))
    }

    fn json_answer(&mut self, request: &str, body: &[u8]) -> Option<(u16, Value)> {
        if request.starts_with("POST") && request.contains("/batches") {
            return self.batch(body);
        }
        Some(match request.strip_prefix("GET ").and_then(|rest| rest.split(' ').next()) {
            Some("/v1/") | Some("/v1") => {
                (200, json!({ "endpoint": endpoint_key().verifier(), "version": "0" }))
            }
            _ if self.knows_no_campaign => problem(ProblemCode::UnknownCampaign, json!({})),
            _ => problem(ProblemCode::NoTally, json!({})),
        })
    }

    fn batch(&mut self, body: &[u8]) -> Option<(u16, Value)> {
        if let Some(left) = &mut self.answers_left {
            *left = left.checked_sub(1)?;
        }
        if self.knows_no_campaign {
            return Some(problem(ProblemCode::UnknownCampaign, json!({})));
        }
        let batch = Batch::decode(body).unwrap().verify(world().campaign.root.verifier()).unwrap();
        let generation = batch.origin().generation;
        self.sent.push((generation, batch.before.size(), batch.after.size()));
        if let Some(forged) = self.forged.pop_front() {
            return Some(forged);
        }
        let most = self.most_bytes.unwrap_or(usize::MAX);
        if batch.entries.iter().any(|entry| entry.len() > most) {
            return Some(problem(ProblemCode::TooLarge, json!({})));
        }
        Some(self.append(batch))
    }

    fn append(&mut self, batch: VerifiedBatch) -> (u16, Value) {
        let log = self.logs.entry(batch.origin()).or_default();
        let (from, size) = (batch.before.size(), log.envelopes.len() as u64);
        if from > size {
            return problem(ProblemCode::Rewind, json!({ "stored_size": size }));
        }
        let overlap = log.envelopes[from as usize..].iter().zip(&batch.entries);
        let differs = overlap.enumerate().find(|(_, (stored, sent))| stored != sent);
        if log.frontier(from) != batch.before || differs.is_some() {
            // Where an entry differs, the first checkpoint past it shows it; where the frontier does, the first at it.
            let shown_at = differs.map_or(from, |(index, _)| from + index as u64 + 1);
            let checkpoint = log.checkpoints.range(shown_at..).next().unwrap().1;
            return problem(ProblemCode::Forked, json!({ "at": 0, "checkpoint": checkpoint }));
        }
        let known = (size - from) as usize;
        let is_new = batch.entries.len() > known;
        log.envelopes.extend(batch.entries.into_iter().skip(known));
        log.checkpoints.insert(batch.checkpoint.size, batch.checkpoint_note);
        let receipt = cosign(&batch.checkpoint, &endpoint_key(), NOW.unsigned_abs());
        let stored = log.envelopes.len();
        (if is_new { 201 } else { 200 }, json!({ "stored_size": stored, "receipt": receipt }))
    }
}

/// A problem document with some members more.
pub(crate) fn problem(code: ProblemCode, more: Value) -> (u16, Value) {
    let kind = format!("urn:undersigned:problem:{}", code.as_str());
    let mut body = json!({
        "type": kind, "title": code.title(), "status": code.status(), "detail": "", "code": code,
    });
    let more = more.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(more);
    (code.status(), body)
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let mut bytes = Vec::new();
    loop {
        let end = loop {
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            if !matches!(stream.read_buf(&mut bytes).await, Ok(more) if more > 0) {
                return;
            }
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.map_or(0, |length| length.parse().unwrap());
        while bytes.len() < end + length {
            if !matches!(stream.read_buf(&mut bytes).await, Ok(more) if more > 0) {
                return;
            }
        }
        let request = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let answer = state.lock().unwrap().answer(&request, &bytes[end..end + length]);
        bytes.drain(..end + length);
        // It goes away without a word.
        let Some((status, body)) = answer else { return };
        let head = format!("HTTP/1.1 {status} .\r\ncontent-length: {}\r\n\r\n", body.len());
        if stream.write_all((head + &body).as_bytes()).await.is_err() {
            return;
        }
    }
}
