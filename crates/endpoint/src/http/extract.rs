//! What a request brings, read or refused: its body, what its path names, its token.

use axum::{
    body::Bytes,
    extract::{FromRequestParts, Path, rejection::BytesRejection},
    http::{HeaderMap, header, request::Parts},
};
use proof::{CampaignId, Origin};
use wire::ProblemCode;

use super::{problem::Refusal, state::AppState};

/// Generations are below this.
const GENERATIONS: u32 = 1 << 22;

/// A body, which was read before.
pub(crate) fn body(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Refusal> {
    body.map_err(|_| Refusal::new(ProblemCode::BadRequest, "the body could not be read"))
}

/// A body as the text of a note.
pub(crate) fn note(bytes: Result<Bytes, BytesRejection>) -> Result<String, Refusal> {
    String::from_utf8(body(bytes)?.to_vec())
        .map_err(|_| Refusal::new(ProblemCode::BadDocument, "the document is not UTF-8"))
}

/// A campaign's id in a path.
pub(crate) fn campaign(text: &str) -> Result<CampaignId, Refusal> {
    text.parse().map_err(|_| Refusal::new(ProblemCode::BadRequest, "this is no campaign's id"))
}

/// The log that a path names.
pub(crate) struct OfLog(pub(crate) Origin);

impl<S: Send + Sync> FromRequestParts<S> for OfLog {
    type Rejection = Refusal;

    async fn from_request_parts(head: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let refused = || Refusal::new(ProblemCode::BadRequest, "the path names no log");
        let path = Path::<(String, String, String)>::from_request_parts(head, state).await;
        let Path((of, table, number)) = path.map_err(|_| refused())?;
        let generation: u32 = number.parse().map_err(|_| refused())?;
        // One log has one name: no sign, no leading zero.
        if !(1..GENERATIONS).contains(&generation) || generation.to_string() != number {
            return Err(refused());
        }
        let table = table.parse().map_err(|_| refused())?;
        Ok(Self(Origin { campaign: campaign(&of)?, table, generation }))
    }
}

/// Checks the bearer token of a request.
pub(crate) fn authorise(state: &AppState, campaign: CampaignId, headers: &HeaderMap) -> Result<(), Refusal> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    state.tokens.check(campaign, value.strip_prefix("Bearer ").unwrap_or_default(), state.now())
}
