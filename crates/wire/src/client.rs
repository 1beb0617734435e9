//! The HTTP client that table and desk share. It decides nothing: it says what the endpoint answered.

use std::time::Duration;

use proof::{CampaignId, Checkpoint, Receipt, VerifierKey};
use reqwest::{Response, StatusCode, header};
use uuid::Uuid;

use crate::{
    Appended, BATCH_TYPE, Challenge, EndpointAbout, EndpointAddress, Enrolment, EnrolmentAnswer, LogRow,
    LogState, Problem, ProblemCode, Pull, Signed, Token,
};

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
    /// The endpoint stores another log under this name.
    Forked {
        /// The first index that differs.
        at: u64,
    },
    /// Over the endpoint's limits.
    TooLarge,
    /// Too fast, overloaded or faulty.
    Busy {
        /// As told by Retry-After.
        after: Option<Duration>,
    },
    /// The organizer ended this table or its kit.
    Revoked,
    /// Refused for another reason, by its code.
    Refused(ProblemCode),
    /// Something answered that is not the endpoint: a login page, for one.
    NotTheEndpoint,
    /// Nothing answered in time.
    Unreachable,
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
    /// Nothing answered in time.
    #[error("the endpoint cannot be reached")]
    Unreachable,
    /// Something answered that is not the endpoint.
    #[error("what answers at this address is not the endpoint")]
    NotTheEndpoint,
    /// The endpoint refuses.
    #[error("the endpoint refuses: {}", .0.detail)]
    Refused(Box<Problem>),
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
            Self::Refused(_) => "endpoint/refused",
            Self::Address => "endpoint/address",
        }
    }
}

impl Client {
    /// A client for an address whose key is not known yet.
    pub fn new(url: &str) -> Result<Self, ClientError> {
        let parsed = reqwest::Url::parse(url).map_err(|_| ClientError::Address)?;
        if !matches!(parsed.scheme(), "http" | "https") || parsed.host().is_none() {
            return Err(ClientError::Address);
        }
        let http = reqwest::Client::builder()
            .user_agent(concat!("undersigned/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(30))
            .timeout(Duration::from_secs(300))
            .build()
            .map_err(|_| ClientError::Unreachable)?;
        Ok(Self { http, base: url.trim_end_matches('/').to_owned(), key: None })
    }

    /// A client for a known endpoint.
    pub fn of(address: &EndpointAddress) -> Result<Self, ClientError> {
        Ok(Self { key: Some(address.key.clone()), ..Self::new(&address.url)? })
    }

    /// Asks who the endpoint is.
    pub async fn about(&self) -> Result<EndpointAbout, ClientError> {
        read_json(self.http.get(self.url("")).send().await).await
    }

    /// Sends the bytes of a batch whose checkpoint is `checkpoint`, and verifies the receipt on it.
    pub async fn send_batch(&self, batch: Vec<u8>, checkpoint: &Checkpoint) -> SendAnswer {
        let url = self.url(&format!("/campaigns/{}/batches", checkpoint.origin.campaign));
        let request = self.http.post(url).header(header::CONTENT_TYPE, BATCH_TYPE).body(batch);
        match request.send().await {
            Err(_) => SendAnswer::Unreachable,
            Ok(response) => self.send_answer(response, checkpoint).await,
        }
    }

    async fn send_answer(&self, response: Response, checkpoint: &Checkpoint) -> SendAnswer {
        let status = response.status();
        let retry_after = retry_after(&response);
        let Ok(body) = response.bytes().await else {
            return SendAnswer::Unreachable;
        };
        if status.is_success() {
            let Ok(appended) = serde_json::from_slice::<Appended>(&body) else {
                return SendAnswer::NotTheEndpoint;
            };
            let stored_size = appended.stored_size;
            return match (status, appended.receipt, &self.key) {
                (StatusCode::ACCEPTED, None, _) => SendAnswer::Held { stored_size },
                (_, Some(line), Some(key)) => match Receipt::verify(&line, checkpoint, key) {
                    Ok(receipt) => SendAnswer::Received { receipt, stored_size },
                    Err(_) => SendAnswer::NotTheEndpoint,
                },
                _ => SendAnswer::NotTheEndpoint,
            };
        }
        let problem = serde_json::from_slice::<Problem>(&body).ok();
        match (status.as_u16(), problem) {
            (_, Some(problem)) => match (problem.code, problem.stored_size, problem.at) {
                (ProblemCode::Rewind, Some(stored_size), _) => SendAnswer::Rewind { stored_size },
                (ProblemCode::Forked, _, Some(at)) => SendAnswer::Forked { at },
                (ProblemCode::TooLarge, ..) => SendAnswer::TooLarge,
                (ProblemCode::Revoked, ..) => SendAnswer::Revoked,
                (ProblemCode::SlowDown | ProblemCode::Busy | ProblemCode::Fault, ..) => {
                    SendAnswer::Busy { after: retry_after }
                }
                (code, ..) => SendAnswer::Refused(code),
            },
            // A proxy before the endpoint may answer these in words of its own.
            (413, None) => SendAnswer::TooLarge,
            (429 | 500..=599, None) => SendAnswer::Busy { after: retry_after },
            _ => SendAnswer::NotTheEndpoint,
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
        let answer: EnrolmentAnswer = read_json(self.http.put(url).json(enrolment).send().await).await?;
        Ok(answer.state)
    }

    /// Makes the campaign known to the endpoint.
    pub async fn put_campaign(&self, campaign: CampaignId, note: String) -> Result<(), ClientError> {
        read(self.http.put(self.url(&format!("/campaigns/{campaign}"))).body(note).send().await)
            .await
            .map(|_| ())
    }

    /// Hands over a revocation, confirmation or tally.
    pub async fn post_document(&self, campaign: CampaignId, note: String) -> Result<(), ClientError> {
        let url = self.url(&format!("/campaigns/{campaign}/documents"));
        read(self.http.post(url).body(note).send().await).await.map(|_| ())
    }

    /// The newest tally note, unverified; none when there is none yet.
    pub async fn tally(&self, campaign: CampaignId) -> Result<Option<String>, ClientError> {
        let answer =
            read(self.http.get(self.url(&format!("/campaigns/{campaign}/tally"))).send().await).await;
        match answer {
            Ok(response) => response.text().await.map(Some).map_err(|_| ClientError::Unreachable),
            Err(ClientError::Refused(problem)) if problem.code == ProblemCode::NoTally => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Asks for a challenge to sign.
    pub async fn challenge(&self, campaign: CampaignId) -> Result<Challenge, ClientError> {
        read_json(self.http.post(self.url(&format!("/campaigns/{campaign}/challenges"))).send().await).await
    }

    /// Turns a signed challenge into a token.
    pub async fn token(&self, pull: &Signed<Pull>) -> Result<Token, ClientError> {
        let url = self.url(&format!("/campaigns/{}/tokens", pull.campaign));
        read_json(self.http.post(url).body(pull.note()).send().await).await
    }

    /// The logs that the endpoint holds of the campaign.
    pub async fn logs(&self, campaign: CampaignId, token: &Token) -> Result<Vec<LogRow>, ClientError> {
        let url = self.url(&format!("/campaigns/{campaign}/logs"));
        read_json(self.http.get(url).bearer_auth(&token.token).send().await).await
    }

    /// The next batch of a log from a size on.
    pub async fn pull(
        &self,
        campaign: CampaignId,
        table: Uuid,
        generation: u32,
        from: u64,
        token: &Token,
    ) -> Result<Pulled, ClientError> {
        let url = self.url(&format!("/campaigns/{campaign}/logs/{table}/{generation}/batches?from={from}"));
        let response = read(self.http.get(url).bearer_auth(&token.token).send().await).await?;
        if response.status() == StatusCode::NO_CONTENT {
            return Ok(Pulled::End);
        }
        let bytes = response.bytes().await.map_err(|_| ClientError::Unreachable)?;
        Ok(Pulled::Batch(bytes.to_vec()))
    }

    fn url(&self, path: &str) -> String {
        format!("{}/v1{path}", self.base)
    }
}

async fn read(answer: reqwest::Result<Response>) -> Result<Response, ClientError> {
    let response = answer.map_err(|_| ClientError::Unreachable)?;
    if response.status().is_success() {
        return Ok(response);
    }
    let problem = response.json::<Problem>().await.map_err(|_| ClientError::NotTheEndpoint)?;
    Err(ClientError::Refused(Box::new(problem)))
}

async fn read_json<T: serde::de::DeserializeOwned>(
    answer: reqwest::Result<Response>,
) -> Result<T, ClientError> {
    read(answer).await?.json().await.map_err(|_| ClientError::NotTheEndpoint)
}

fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}
