//! The HTTP client that table and desk share. It decides nothing: it says what the endpoint answered.

mod deposits;
mod transport;

use std::time::Duration;

use proof::{CampaignId, Checkpoint, Receipt, ReceiptError, VerifierKey};
use reqwest::{RequestBuilder, StatusCode, header};
use uuid::Uuid;

use crate::{
    Appended, BATCH_TYPE, Challenge, EndpointAbout, EndpointAddress, Enrolment, EnrolmentAnswer, LogRow,
    LogState, MAX_BATCH_BYTES, ProblemCode, ProblemDetails, Pull, Signed, Token,
};
use transport::{Answer, BrokenOff, PATIENCE};

/// An answer that is JSON about one thing has no reason to be longer, in bytes.
const SHORT: usize = 64 << 10;
/// A note (`docs/protocol.md` §3) and a little.
const NOTE: usize = (1 << 20) + SHORT;
/// A list of a hundred thousand logs.
const LIST: usize = 64 << 20;

/// Talks to one endpoint.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    key: Option<VerifierKey>,
}

/// What came of sending a batch. All of it is expected to happen; nothing of it is a failure of this program.
#[derive(Debug)]
pub enum SendAnswer {
    /// Stored, and the receipt verified on this batch's checkpoint.
    Received {
        /// The verified receipt.
        receipt: Receipt,
        /// Entries of the log that the endpoint stores.
        stored_size: u64,
    },
    /// Stored, waiting for the organizer's word.
    Held {
        /// Entries of the log that the endpoint stores.
        stored_size: u64,
    },
    /// It starts past what is stored.
    Rewind {
        /// Entries of the log that the endpoint stores.
        stored_size: u64,
    },
    /// The endpoint says that it stores another log under this name. It is to be believed by its proof alone.
    Forked {
        /// The stored checkpoint note, unverified.
        checkpoint: Option<String>,
    },
    /// Over the endpoint's limits, or a proxy's.
    TooLarge,
    /// Too fast, overloaded or faulty.
    Busy {
        /// As told by Retry-After.
        after: Option<Duration>,
    },
    /// What is held has reached its quota.
    Quota {
        /// As told by Retry-After.
        after: Option<Duration>,
    },
    /// The organizer ended this table or its kit.
    Revoked,
    /// The endpoint does not know the campaign.
    UnknownCampaign,
    /// Refused for another reason, by its code.
    Refused(ProblemCode),
    /// An endpoint answered, and it is not the one whose key is known.
    OtherEndpoint,
    /// Something answered that is not an endpoint: a login page, for one.
    NotTheEndpoint {
        /// Something of the batch was on its way.
        moved: bool,
    },
    /// Nothing answered, or it broke off.
    Unreachable {
        /// Something of the batch was on its way.
        moved: bool,
    },
}

/// A pulled batch, or the word that there is no more.
pub enum Pulled {
    /// The bytes of a batch, unverified.
    Batch(Vec<u8>),
    /// Nothing past the size that was asked from.
    End,
}

/// Why a request of the desk failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nothing answered, or it broke off.
    #[error("the endpoint cannot be reached")]
    Unreachable,
    /// Something answered that is not an endpoint.
    #[error("what answers at this address is not the endpoint")]
    NotTheEndpoint,
    /// An endpoint answered, and it is not the one whose key is known.
    #[error(
        "another endpoint answers at this address: its key is not the one that the kits name; ask whoever runs it"
    )]
    OtherEndpoint,
    /// The endpoint refuses.
    #[error("the endpoint refuses: {}", .0.detail)]
    Refused(Box<ProblemDetails>),
    /// The address is none.
    #[error("the endpoint's address is not a web address: https://… is expected")]
    Address,
}

impl ClientError {
    /// Stable code for a screen or a script.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "endpoint/unreachable",
            Self::NotTheEndpoint => "endpoint/not-the-endpoint",
            Self::OtherEndpoint => "endpoint/other-endpoint",
            Self::Refused(_) => "endpoint/refused",
            Self::Address => "endpoint/address",
        }
    }

    /// The endpoint's own code, when it refuses.
    pub fn problem(&self) -> Option<ProblemCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            _ => None,
        }
    }
}

impl From<BrokenOff> for ClientError {
    fn from(_: BrokenOff) -> Self {
        Self::Unreachable
    }
}

impl Client {
    /// A client for an address whose key is not known yet.
    pub fn new(url: &str) -> Result<Self, ClientError> {
        let parsed = reqwest::Url::parse(url).map_err(|_| ClientError::Address)?;
        if !matches!(parsed.scheme(), "http" | "https") || parsed.host().is_none() {
            return Err(ClientError::Address);
        }
        let http = transport::client(parsed.scheme() == "https").map_err(|_| ClientError::Unreachable)?;
        Ok(Self { http, base: url.trim_end_matches('/').to_owned(), key: None })
    }

    /// A client for a known endpoint.
    pub fn of(address: &EndpointAddress) -> Result<Self, ClientError> {
        Ok(Self { key: Some(address.key.clone()), ..Self::new(&address.url)? })
    }

    /// Asks who the endpoint is.
    pub async fn about(&self) -> Result<EndpointAbout, ClientError> {
        json(self.ask(self.http.get(self.url("")), SHORT).await?)
    }

    /// Makes sure that the endpoint is the one whose key is known, and gives its key.
    ///
    /// Errors: [`ClientError::OtherEndpoint`].
    pub async fn identify(&self) -> Result<VerifierKey, ClientError> {
        let key = self.about().await?.endpoint;
        if self.key.as_ref().is_some_and(|known| *known != key) {
            return Err(ClientError::OtherEndpoint);
        }
        Ok(key)
    }

    /// Sends the bytes of a batch whose checkpoint is `checkpoint`, and verifies the receipt on it.
    pub async fn send_batch(&self, batch: Vec<u8>, checkpoint: &Checkpoint) -> SendAnswer {
        let url = self.url(&format!("/campaigns/{}/batches", checkpoint.origin.campaign));
        let request = self.http.post(url).header(header::CONTENT_TYPE, BATCH_TYPE);
        match transport::post(request, batch, SHORT, PATIENCE).await {
            Err(BrokenOff { moved }) => SendAnswer::Unreachable { moved },
            Ok(answer) => self.send_answer(answer, checkpoint).await,
        }
    }

    async fn send_answer(&self, answer: Answer, checkpoint: &Checkpoint) -> SendAnswer {
        let (status, after) = (answer.status, answer.retry_after);
        if status.is_success() {
            let Ok(appended) = serde_json::from_slice::<Appended>(&answer.body) else {
                return SendAnswer::NotTheEndpoint { moved: true };
            };
            let stored_size = appended.stored_size;
            return match (status, appended.receipt, &self.key) {
                (StatusCode::ACCEPTED, None, _) => SendAnswer::Held { stored_size },
                (_, Some(line), Some(key)) => match Receipt::verify(&line, checkpoint, key) {
                    Ok(receipt) => SendAnswer::Received { receipt, stored_size },
                    Err(ReceiptError::OtherEndpoint) => SendAnswer::OtherEndpoint,
                    Err(_) => SendAnswer::NotTheEndpoint { moved: true },
                },
                _ => SendAnswer::NotTheEndpoint { moved: true },
            };
        }
        match (status.as_u16(), serde_json::from_slice::<ProblemDetails>(&answer.body).ok()) {
            (_, Some(problem)) => match (problem.code, problem.stored_size) {
                (ProblemCode::Rewind, Some(stored_size)) => SendAnswer::Rewind { stored_size },
                (ProblemCode::Forked, _) => SendAnswer::Forked { checkpoint: problem.checkpoint },
                (ProblemCode::TooLarge, _) => SendAnswer::TooLarge,
                (ProblemCode::Revoked, _) => SendAnswer::Revoked,
                (ProblemCode::TooSlow, _) => SendAnswer::Unreachable { moved: true },
                (ProblemCode::Quota, _) => SendAnswer::Quota { after },
                (ProblemCode::SlowDown | ProblemCode::Busy | ProblemCode::Fault, _) => {
                    SendAnswer::Busy { after }
                }
                (ProblemCode::UnknownCampaign, _) => self.who_forgot().await,
                (code, _) => SendAnswer::Refused(code),
            },
            // A proxy before the endpoint may answer these in words of its own.
            (413, None) => SendAnswer::TooLarge,
            (429 | 503, None) => SendAnswer::Busy { after },
            // It gave up on this batch: a smaller one may pass.
            (408 | 500..=599, None) => SendAnswer::Unreachable { moved: true },
            _ => SendAnswer::NotTheEndpoint { moved: true },
        }
    }

    /// That a campaign is unknown is believed of the endpoint alone whose key is known: a new server under the old address
    /// knows none, either.
    async fn who_forgot(&self) -> SendAnswer {
        let mut who = self.identify().await;
        if matches!(who, Err(ClientError::Unreachable)) {
            // An answer that came before the batch was through may have ended the connection.
            who = self.identify().await;
        }
        match who {
            Ok(_) => SendAnswer::UnknownCampaign,
            Err(ClientError::OtherEndpoint) => SendAnswer::OtherEndpoint,
            Err(_) => SendAnswer::Unreachable { moved: false },
        }
    }

    /// Announces a table. Gives its state at the endpoint.
    pub async fn enrol(
        &self,
        campaign: CampaignId,
        table: Uuid,
        generation: u32,
        enrolment: &Enrolment,
    ) -> Result<LogState, ClientError> {
        let url = self.url(&format!("/campaigns/{campaign}/tables/{table}/{generation}"));
        let answer: EnrolmentAnswer = json(self.ask(self.http.put(url).json(enrolment), SHORT).await?)?;
        Ok(answer.state)
    }

    /// Makes the campaign known to the endpoint. Says whether that was news to it.
    pub async fn put_campaign(&self, campaign: CampaignId, note: String) -> Result<bool, ClientError> {
        let request = self.http.put(self.url(&format!("/campaigns/{campaign}"))).body(note);
        Ok(self.ask(request, SHORT).await?.status == StatusCode::CREATED)
    }

    /// Hands over a revocation, confirmation, tally or update. Says whether that was news to the endpoint.
    pub async fn post_document(&self, campaign: CampaignId, note: String) -> Result<bool, ClientError> {
        let request = self.http.post(self.url(&format!("/campaigns/{campaign}/documents"))).body(note);
        Ok(self.ask(request, SHORT).await?.status == StatusCode::CREATED)
    }

    /// The newest tally note, unverified; none when there is none yet.
    pub async fn tally(&self, campaign: CampaignId) -> Result<Option<String>, ClientError> {
        match self.ask(self.http.get(self.url(&format!("/campaigns/{campaign}/tally"))), NOTE).await {
            Ok(answer) => String::from_utf8(answer.body).map(Some).map_err(|_| ClientError::NotTheEndpoint),
            Err(error) if error.problem() == Some(ProblemCode::NoTally) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The newest update note, unverified; none when there is none of a higher number than `after`.
    pub async fn update(&self, campaign: CampaignId, after: u64) -> Result<Option<String>, ClientError> {
        let request = self.http.get(self.url(&format!("/campaigns/{campaign}/update")));
        let answer = self.ask(request.query(&[("after", after.to_string())]), NOTE).await?;
        match answer.status {
            StatusCode::NO_CONTENT => Ok(None),
            _ => String::from_utf8(answer.body).map(Some).map_err(|_| ClientError::NotTheEndpoint),
        }
    }

    /// Asks for a challenge to sign.
    pub async fn challenge(&self, campaign: CampaignId) -> Result<Challenge, ClientError> {
        let url = self.url(&format!("/campaigns/{campaign}/challenges"));
        json(self.ask(self.http.post(url), SHORT).await?)
    }

    /// Turns a signed challenge into a token.
    pub async fn token(&self, pull: &Signed<Pull>) -> Result<Token, ClientError> {
        let url = self.url(&format!("/campaigns/{}/tokens", pull.campaign));
        json(self.ask(self.http.post(url).body(pull.note()), SHORT).await?)
    }

    /// The logs that the endpoint holds of the campaign.
    pub async fn logs(&self, campaign: CampaignId, token: &Token) -> Result<Vec<LogRow>, ClientError> {
        let url = self.url(&format!("/campaigns/{campaign}/logs"));
        json(self.ask(self.http.get(url).bearer_auth(&token.token), LIST).await?)
    }

    /// The next batch of a log from a size on.
    pub async fn pull(
        &self,
        campaign: CampaignId,
        log: &LogRow,
        from: u64,
        token: &Token,
    ) -> Result<Pulled, ClientError> {
        let url = self.url(&format!("/campaigns/{campaign}/logs/{}/{}/batches", log.table, log.generation));
        let request =
            self.http.get(url).query(&[("from", from.to_string()), ("device", log.device.to_string())]);
        let answer = self.ask(request.bearer_auth(&token.token), MAX_BATCH_BYTES).await?;
        Ok(match answer.status {
            StatusCode::NO_CONTENT => Pulled::End,
            _ => Pulled::Batch(answer.body),
        })
    }

    /// Asks, and gives a success; everything else is an error.
    async fn ask(&self, request: RequestBuilder, most: usize) -> Result<Answer, ClientError> {
        let answer = transport::ask(request, most).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        let problem = serde_json::from_slice(&answer.body).map_err(|_| ClientError::NotTheEndpoint)?;
        Err(ClientError::Refused(problem))
    }

    fn url(&self, path: &str) -> String {
        format!("{}/v1{path}", self.base)
    }
}

fn json<T: serde::de::DeserializeOwned>(answer: Answer) -> Result<T, ClientError> {
    serde_json::from_slice(&answer.body).map_err(|_| ClientError::NotTheEndpoint)
}
