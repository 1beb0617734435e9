//! POST `challenges` and `tokens`: a desk proves that it may pull.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::StatusCode,
};
use wire::{Challenge, ProblemCode, ProblemDetails, Pull, Signed, Token};

use super::{extract, problem::Refusal, state::AppState};

#[utoipa::path(post, path = "/v1/campaigns/{campaign}/challenges", params(("campaign" = String, Path)),
    responses((status = 201, body = Challenge), (status = "default", body = ProblemDetails)))]
pub(crate) async fn challenge(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
) -> Result<(StatusCode, Json<Challenge>), Refusal> {
    let campaign = extract::campaign(&campaign)?;
    state.root(campaign).await?;
    Ok((StatusCode::CREATED, Json(state.tokens.challenge(campaign, state.now()))))
}

#[utoipa::path(post, path = "/v1/campaigns/{campaign}/tokens",
    request_body(content = String, description = "Pull note", content_type = "text/plain"), params(("campaign" = String, Path)),
    responses((status = 201, body = Token), (status = "default", body = ProblemDetails)))]
pub(crate) async fn token(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Token>), Refusal> {
    let campaign = extract::campaign(&campaign)?;
    let root = state.root(campaign).await?;
    let pull: Signed<Pull> = Signed::verify_root(&extract::note(bytes)?, campaign, &root)
        .map_err(|error| Refusal::new(ProblemCode::BadDocument, error.to_string()))?;
    if pull.body.endpoint != *state.key.verifier() {
        return Err(Refusal::new(ProblemCode::BadDocument, "the note is for a different endpoint"));
    }
    Ok((StatusCode::CREATED, Json(state.tokens.token(campaign, &pull.body.nonce, state.now())?)))
}
