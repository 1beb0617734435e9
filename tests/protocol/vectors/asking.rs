//! Asks a running endpoint what a vector asks.

use data_encoding::BASE64;
use proof::{Receipt, SigningKey, VerifierKey};
use reqwest::Method;
use serde_json::Value;
use wire::{Batch, Pull, Signed};

use super::step::Step;
use crate::by_hand::NOW;

/// Asks a running endpoint, and says where it answers otherwise.
pub(super) struct Asking {
    pub(super) http: reqwest::Client,
    pub(super) url: String,
    pub(super) root: SigningKey,
    pub(super) key: VerifierKey,
    pub(super) token: Option<String>,
}

impl Asking {
    pub(super) async fn token(&mut self, step: &Step) -> String {
        if let Some(token) = &self.token {
            return token.clone();
        }
        let base: String = step.path.split('/').take(4).collect::<Vec<_>>().join("/");
        let at = |path: &str| format!("{}{base}{path}", self.url);
        let challenge: Value = self.http.post(at("/challenges")).send().await.unwrap().json().await.unwrap();
        let nonce = challenge["nonce"].as_str().unwrap().to_owned();
        let campaign = base.rsplit('/').next().unwrap().parse().unwrap();
        let pull = Signed::sign(campaign, NOW, Pull { nonce, endpoint: self.key.clone() }, &[&self.root]);
        let answer = self.http.post(at("/tokens")).body(pull.unwrap().note()).send().await.unwrap();
        let token: Value = answer.json().await.unwrap();
        self.token.insert(token["token"].as_str().unwrap().to_owned()).clone()
    }

    pub(super) async fn check(&mut self, step: &Step) -> Result<(), String> {
        let body = BASE64.decode(step.body.as_bytes()).unwrap();
        let method = Method::from_bytes(step.method.as_bytes()).unwrap();
        let mut request = self.http.request(method, format!("{}{}", self.url, step.path)).body(body.clone());
        if step.token {
            request = request.bearer_auth(self.token(step).await);
        }
        if let Some(encoding) = &step.content_encoding {
            request = request.header("content-encoding", encoding);
        }
        let answer = request.send().await.map_err(|_| "no answer".to_owned())?;
        let status = answer.status().as_u16();
        let content_type = answer
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let bytes = answer.bytes().await.unwrap();
        let found: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if status != step.answer.status {
            return Err(format!("status {status}, {found}"));
        }
        if status >= 400 && content_type != "application/problem+json" {
            return Err(format!("an error of type {content_type}"));
        }
        if step.answer.json.as_ref().is_some_and(|expected| !holds(&found, expected)) {
            return Err(format!("{found}"));
        }
        if step.answer.body.as_ref().is_some_and(|expected| BASE64.encode(&bytes) != *expected) {
            return Err("another body".to_owned());
        }
        let receipt = found["receipt"].as_str();
        match (receipt, step.answer.receipt) {
            (None, None) => Ok(()),
            (Some(line), Some(size)) => {
                let note = Batch::decode(&body).unwrap().checkpoint.parse().unwrap();
                let checkpoint = proof::Checkpoint::parse(&note).unwrap();
                let verified = Receipt::verify(line, &checkpoint, &self.key).is_ok();
                (verified && checkpoint.size == size)
                    .then_some(())
                    .ok_or_else(|| "no good receipt".to_owned())
            }
            _ => Err("a receipt where there is none, or none where there is one".to_owned()),
        }
    }
}

/// Whether a value has all that is expected of it.
pub(super) fn holds(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected
            .iter()
            .all(|(name, expected)| found.get(name).is_some_and(|found| holds(found, expected))),
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len()
                && found.iter().zip(expected).all(|(found, expected)| holds(found, expected))
        }
        _ => found == expected,
    }
}
