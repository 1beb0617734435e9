//! Bodies of requests and answers (`docs/protocol.md` §8). The OpenAPI document is generated from these.

use proof::VerifierKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Who an endpoint is.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EndpointAbout {
    /// Its cosigning key, as a verifier key.
    #[schema(value_type = String)]
    pub endpoint: VerifierKey,
    /// Version of the program.
    pub version: String,
}

/// A table that announces itself.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Enrolment {
    /// Kit certificate note.
    pub certificate: String,
    /// Admission note.
    pub admission: String,
}

/// The endpoint's answer to an enrolment.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EnrolmentAnswer {
    /// Admitted or held.
    pub state: LogState,
}

/// The state of a log at the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LogState {
    /// Counted.
    Admitted,
    /// Stored, waiting for the organizer's word.
    Held,
    /// Ended by the organizer.
    Revoked,
}

/// What came of a batch: 200, 201 and 202.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Appended {
    /// Entries of the log that are stored.
    pub stored_size: u64,
    /// Cosignature line on the checkpoint that was sent; none while held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
}

/// A challenge for a pull token.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Challenge {
    /// 32 bytes, base64: to be signed in a pull note.
    pub nonce: String,
    /// Unix seconds.
    pub expires: i64,
}

/// A pull token.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Token {
    /// For `Authorization: Bearer`.
    pub token: String,
    /// Unix seconds.
    pub expires: i64,
}

/// A log that the endpoint holds.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct LogRow {
    /// Which table.
    pub table: Uuid,
    /// Which generation.
    pub generation: u32,
    /// Entries stored.
    pub size: u64,
    /// Its state.
    pub state: LogState,
    /// What the volunteer calls the table.
    pub label: String,
    /// Unix seconds, a whole minute.
    pub last_seen: i64,
}

/// An error (RFC 9457, `application/problem+json`).
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `urn:undersigned:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// For a person.
    pub title: String,
    /// The HTTP status again.
    pub status: u16,
    /// What exactly, without personal data.
    pub detail: String,
    /// Stable.
    pub code: ProblemCode,
    /// With `rewind`: entries that are stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stored_size: Option<u64>,
    /// With `forked`: the first index that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
}

/// The codes of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// 400: a part of the batch is broken.
    BadBatch,
    /// 400: a document that does not verify.
    BadDocument,
    /// 400: a request that is not of its shape.
    BadRequest,
    /// 401: no token, or an old one.
    NoToken,
    /// 403: table or kit are revoked.
    Revoked,
    /// 404: this endpoint does not know the campaign.
    UnknownCampaign,
    /// 404: this endpoint does not know the log.
    UnknownLog,
    /// 404: no tally yet.
    NoTally,
    /// 409: the batch starts past what is stored.
    Rewind,
    /// 409: a tally that is not newer.
    Stale,
    /// 413: over the limits.
    TooLarge,
    /// 422: the log differs from what is stored.
    Forked,
    /// 429: too fast.
    SlowDown,
    /// 500: a fault of the endpoint.
    Fault,
    /// 503: overloaded, or shutting down.
    Busy,
    /// 403: this endpoint takes no further campaign.
    CampaignRefused,
}

impl ProblemCode {
    /// The HTTP status that goes with it.
    pub fn status(self) -> u16 {
        match self {
            Self::BadBatch | Self::BadDocument | Self::BadRequest => 400,
            Self::NoToken => 401,
            Self::Revoked | Self::CampaignRefused => 403,
            Self::UnknownCampaign | Self::UnknownLog | Self::NoTally => 404,
            Self::Rewind | Self::Stale => 409,
            Self::TooLarge => 413,
            Self::Forked => 422,
            Self::SlowDown => 429,
            Self::Fault => 500,
            Self::Busy => 503,
        }
    }
}
