//! Bodies of requests and answers (`docs/protocol.md` §8). The OpenAPI document is generated from these.

use proof::VerifierKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{ClaimId, DepositId};

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LogRow {
    /// Which table.
    pub table: Uuid,
    /// Which generation.
    pub generation: u32,
    /// Its device key: two devices that claim one origin have a log each.
    #[schema(value_type = String)]
    pub device: VerifierKey,
    /// Entries stored.
    pub size: u64,
    /// Its state.
    pub state: LogState,
    /// What the volunteer calls the table.
    pub label: String,
    /// Unix seconds, a whole minute.
    pub last_seen: i64,
}

/// A sealed kit for the endpoint to keep until its table asks for it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Deposited {
    /// Deposit note.
    pub deposit: String,
    /// What is sealed, base64.
    pub sealed: String,
}

/// A table that asks for a deposit.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Claim {
    /// Which, as hex.
    #[schema(value_type = String)]
    pub deposit: DepositId,
    /// Who asks: the same each time, as hex.
    #[schema(value_type = String)]
    pub claim: ClaimId,
}

/// A deposit that the endpoint knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DepositRow {
    /// Which, as hex.
    #[schema(value_type = String)]
    pub deposit: DepositId,
    /// Of which kit.
    pub kit: Uuid,
    /// Unix seconds.
    pub until: i64,
    /// When it was claimed, Unix seconds, a whole minute; absent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<i64>,
}

/// An error (RFC 9457, `application/problem+json`).
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ProblemDetails {
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
    /// With `forked`: the first index that is known to differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
    /// With `forked`: the stored checkpoint note of the smallest size past `at`, signed by the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<String>,
}

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal $status:literal $title:literal,)*) => {
        /// The codes of errors (`docs/protocol.md` §8.2).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As it travels.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// The HTTP status that goes with it.
            pub fn status(self) -> u16 {
                match self {
                    $(Self::$name => $status,)*
                }
            }

            /// For a person.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)*
                }
            }
        }
    };
}

problem_codes! {
    /// A part of the batch is broken.
    BadBatch = "bad-batch" 400 "The batch is broken",
    /// A document that does not verify.
    BadDocument = "bad-document" 400 "The document does not verify",
    /// Path, query or JSON is malformed.
    BadRequest = "bad-request" 400 "The request is malformed",
    /// No token, or an old one.
    NoToken = "no-token" 401 "A token is needed",
    /// Table or kit are revoked.
    Revoked = "revoked" 403 "Ended by the organizer",
    /// A pull from a log that is held.
    Held = "held" 403 "Waiting for the organizer's word",
    /// This endpoint takes no further campaign, or not this one.
    CampaignRefused = "campaign-refused" 403 "Campaign refused",
    /// This endpoint does not know the campaign.
    UnknownCampaign = "unknown-campaign" 404 "Unknown campaign",
    /// This endpoint does not know the log.
    UnknownLog = "unknown-log" 404 "Unknown log",
    /// This endpoint does not know the deposit.
    UnknownDeposit = "unknown-deposit" 404 "Unknown deposit",
    /// No tally yet.
    NoTally = "no-tally" 404 "No tally yet",
    /// No such path, or not with this method.
    NoSuchRequest = "no-such-request" 404 "No such request",
    /// The body stopped arriving.
    TooSlow = "too-slow" 408 "The body stopped arriving",
    /// The batch starts past what is stored.
    Rewind = "rewind" 409 "Send from the stored size",
    /// A tally that is not newer.
    Stale = "stale" 409 "A newer tally is known",
    /// Somebody else has claimed the deposit.
    Claimed = "claimed" 409 "Claimed already",
    /// The date of the deposit is over.
    Expired = "expired" 410 "The date is over",
    /// Over the limits.
    TooLarge = "too-large" 413 "Too large",
    /// A content encoding that is not known.
    Unsupported = "unsupported" 415 "Unknown encoding",
    /// The log differs from what is stored.
    Forked = "forked" 422 "The log differs",
    /// Too many requests.
    SlowDown = "slow-down" 429 "Too fast",
    /// A held log, or the campaign's held logs or deposits together, have reached their quota.
    Quota = "quota" 429 "The quota is reached",
    /// A fault of the endpoint; nothing was stored.
    Fault = "fault" 500 "A fault of the endpoint",
    /// Overloaded, or shutting down.
    Busy = "busy" 503 "Busy",
}
