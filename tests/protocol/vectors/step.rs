//! What a vector is: a request to an endpoint, and the answer that it is to give.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Serialize, Deserialize, PartialEq)]
pub(super) struct Vectors {
    pub(super) about: String,
    /// Hex of the root key's seed: it signs the pull notes, which depend on the endpoint's challenge.
    pub(super) root_seed: String,
    pub(super) sequences: Vec<Sequence>,
}

#[derive(Serialize, Deserialize, PartialEq)]
pub(super) struct Sequence {
    pub(super) name: String,
    pub(super) steps: Vec<Step>,
}

#[derive(Serialize, Deserialize, PartialEq)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) stored: String,
    pub(super) method: String,
    pub(super) path: String,
    /// With a token of the campaign, for a challenge that the root key signed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) token: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) content_encoding: Option<String>,
    /// Base64.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) body: String,
    pub(super) answer: Answer,
}

#[derive(Serialize, Deserialize, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Members that the answer's JSON has, with these values. It may have more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) json: Option<Value>,
    /// The size that the receipt's checkpoint has; null: there is no receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) receipt: Option<u64>,
    /// Base64: the body, byte for byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
pub(super) fn is_false(flag: &bool) -> bool {
    !flag
}

pub(super) fn status(status: u16) -> Answer {
    Answer { status, json: None, receipt: None, body: None }
}

pub(super) fn problem(status: u16, code: &str) -> Answer {
    let json = json!({ "type": format!("urn:undersigned:problem:{code}"), "status": status, "code": code });
    Answer { json: Some(json), ..self::status(status) }
}

pub(super) fn stored(code: u16, stored_size: u64, receipt: Option<u64>) -> Answer {
    Answer { json: Some(json!({ "stored_size": stored_size })), receipt, ..status(code) }
}

pub(super) fn member(code: u16, json: Value) -> Answer {
    Answer { json: Some(json), ..status(code) }
}
