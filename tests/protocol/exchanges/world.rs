//! The real endpoint, asked over HTTP.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use endpoint::{Options, Running, start};
use proof::{Checkpoint, Frontier, Receipt, leaf_hash};
use proptest::{prelude::*, test_runner::TestCaseError};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;
use wire::{Batch, ClaimId, Confirmation, DepositId, Pull, Revocation, Tally, Token};

use crate::{
    by_hand::{LogKey, NOW, Organizer, Papers, entry, sealed},
    model::{Answer, Model, Request},
};

/// The real one, with the organizer who asks it.
pub(super) struct World {
    pub(super) organizer: Organizer,
    pub(super) running: Option<Running>,
    pub(super) http: reqwest::Client,
    pub(super) clock: Arc<AtomicI64>,
    pub(super) token: Option<Token>,
    pub(super) folder: tempfile::TempDir,
}

impl World {
    pub(super) async fn start() -> Self {
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

    pub(super) async fn restart(&mut self) {
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

    pub(super) fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    pub(super) fn to(&self, method: Method, path: &str) -> RequestBuilder {
        let campaign = self.organizer.campaign.id;
        self.http.request(method, format!("{}/v1/campaigns/{campaign}{path}", self.running().url()))
    }

    /// A token that is good now. Before the campaign is known there is none, and none is needed to be refused.
    pub(super) async fn token(&mut self) -> String {
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

    pub(super) async fn ask(&mut self, request: &Request, model: &Model) -> Result<Answer, TestCaseError> {
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
            Request::Deposit { number, kit } => {
                let body = organizer.deposited(number, kit);
                kept(self.to(Method::POST, "/deposits").json(&body)).await
            }
            Request::Claim { number, claim } => {
                let body = wire::Claim { deposit: DepositId([number; 16]), claim: ClaimId([claim; 16]) };
                let answer = self.to(Method::POST, "/claims").json(&body).send().await.unwrap();
                let (status, bytes) = (answer.status().as_u16(), answer.bytes().await.unwrap());
                match status {
                    200 | 201 => {
                        prop_assert!(bytes == sealed(number)[..], "other bytes than were deposited");
                        Ok(Answer::Given { first: status == 201 })
                    }
                    _ => refused(status, &serde_json::from_slice(&bytes).unwrap_or_default()),
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what a batch is made of")]
    pub(super) async fn post(
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

    pub(super) async fn pull(
        &mut self,
        log: LogKey,
        from: usize,
        model: &Model,
    ) -> Result<Answer, TestCaseError> {
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

pub(super) async fn send(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default())
}

/// What came of a note: it is news, it is known, or it is refused.
pub(super) async fn kept(request: RequestBuilder) -> Result<Answer, TestCaseError> {
    let (status, body) = send(request).await;
    match status {
        200 | 201 => Ok(Answer::Kept { news: status == 201 }),
        _ => refused(status, &body),
    }
}

pub(super) fn refused(status: u16, body: &Value) -> Result<Answer, TestCaseError> {
    let known = wire::ProblemCode::ALL.iter().find(|code| body["code"] == code.as_str());
    let code = known.ok_or_else(|| TestCaseError::fail(format!("{status} is no problem document")))?;
    Ok(Answer::Refused(status, code.as_str()))
}
