use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use wire::{Problem, ProblemCode};

/// An error on its way out (RFC 9457).
#[derive(Debug)]
pub(crate) struct Refusal(Box<Problem>, Option<u64>);

impl Refusal {
    pub(crate) fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        let problem = Problem {
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
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if let Some(seconds) = self.1 {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Why nothing came of some work on the database. The two are not to be taken for one another: a refusal undoes the work
/// that it is of, and an error of the storage all that shares its transaction.
#[derive(Debug)]
pub(crate) enum WorkError {
    /// The answer to whoever asked.
    Refused(Refusal),
    /// The database.
    Storage(rusqlite::Error),
}

impl WorkError {
    /// What whoever asked is told. Not for work whose transaction goes on.
    pub(crate) fn into_refusal(self) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Storage(error) => {
                tracing::error!(code = ?error.sqlite_error_code(), "the database failed");
                Refusal::later(ProblemCode::Fault, "the endpoint's database failed; nothing was stored", 30)
            }
        }
    }
}

impl From<Refusal> for WorkError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<rusqlite::Error> for WorkError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error)
    }
}
