//! Errors on their way out: problem details (RFC 9457).

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use wire::{ProblemCode, ProblemDetails};

use crate::storage::StorageError;

/// The media type of an error (RFC 9457).
const PROBLEM: &str = "application/problem+json";

/// An error on its way out (RFC 9457).
#[derive(Debug)]
pub(crate) struct Refusal(Box<ProblemDetails>, Option<u64>);

impl Refusal {
    pub(crate) fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        let problem = ProblemDetails {
            kind: format!("urn:undersigned:problem:{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            detail: detail.into(),
            code,
            stored_size: None,
            at: None,
            checkpoint: None,
        };
        Self(Box::new(problem), None)
    }

    pub(crate) fn rewind(stored_size: u64) -> Self {
        let mut refusal = Self::new(ProblemCode::Rewind, "the batch starts past what is stored");
        refusal.0.stored_size = Some(stored_size);
        refusal
    }

    /// With the stored checkpoint that proves it.
    pub(crate) fn forked(at: u64, checkpoint: Option<String>) -> Self {
        let mut refusal = Self::new(ProblemCode::Forked, "another log is stored under this name");
        refusal.0.at = Some(at);
        refusal.0.checkpoint = checkpoint;
        refusal
    }

    /// What is held waits for the organizer, who is not there every minute.
    pub(crate) fn quota() -> Self {
        Self::later(ProblemCode::Quota, "no more is stored before the organizer's word", 600)
    }

    /// With a Retry-After of so many seconds.
    pub(crate) fn later(code: ProblemCode, detail: &str, seconds: u64) -> Self {
        Self(Self::new(code, detail).0, Some(seconds))
    }

    pub(crate) fn revoked() -> Self {
        Self::new(ProblemCode::Revoked, "the organizer has ended this table or its kit")
    }

    pub(crate) fn unknown_campaign() -> Self {
        Self::new(ProblemCode::UnknownCampaign, "this endpoint does not know the campaign")
    }

    pub(crate) fn code(&self) -> ProblemCode {
        self.0.code
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.0).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, PROBLEM)], body).into_response();
        if let Some(seconds) = self.1 {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Whoever asked may ask again: all is known the second time.
impl From<StorageError> for Refusal {
    fn from(error: StorageError) -> Self {
        let (code, seconds) = match error {
            StorageError::Busy | StorageError::Unknown => (ProblemCode::Busy, 2),
            StorageError::Ending => (ProblemCode::Busy, 10),
            StorageError::Failed | StorageError::Damaged => (ProblemCode::Fault, 30),
        };
        Self::later(code, &error.to_string(), seconds)
    }
}

/// An error of a library, in the place of an answer of ours, as one of ours.
pub(crate) async fn of_a_library(answer: Response) -> Response {
    let status = answer.status();
    let is_problem = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == PROBLEM);
    if is_problem || !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    let refusal = match status.as_u16() {
        404 | 405 => Refusal::new(ProblemCode::NoSuchRequest, "there is no such request"),
        500.. => Refusal::later(ProblemCode::Fault, "the request failed", 30),
        _ => Refusal::new(ProblemCode::BadRequest, "path, query or body is malformed"),
    };
    refusal.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(error: StorageError, status: u16, code: ProblemCode) {
        let refusal = Refusal::from(error);
        assert_eq!(refusal.code(), code);
        let answer = refusal.into_response();
        assert_eq!(answer.status().as_u16(), status);
        assert!(answer.headers().contains_key(header::RETRY_AFTER), "{error:?} says when to come again");
    }

    #[test]
    fn whatever_the_storage_fails_with_is_told_as_no_success_and_to_come_again() {
        check(StorageError::Busy, 503, ProblemCode::Busy);
        check(StorageError::Ending, 503, ProblemCode::Busy);
        check(StorageError::Unknown, 503, ProblemCode::Busy);
        check(StorageError::Failed, 500, ProblemCode::Fault);
        check(StorageError::Damaged, 500, ProblemCode::Fault);
    }
}
