use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::StatusCode,
};
use wire::{Challenge, Problem, ProblemCode, Pull, Signed, Token};

use crate::{problem::Refusal, server::Shared};

#[utoipa::path(post, path = "/v1/campaigns/{campaign}/challenges", params(("campaign" = String, Path)),
    responses((status = 201, body = Challenge), (status = "default", body = Problem)))]
pub(crate) async fn challenge(
    State(shared): State<Arc<Shared>>,
    Path(campaign): Path<String>,
) -> Result<(StatusCode, Json<Challenge>), Refusal> {
    let campaign = super::campaign(&campaign)?;
    shared.root(campaign).await?;
    Ok((StatusCode::CREATED, Json(shared.tokens.challenge(campaign, shared.now()))))
}

#[utoipa::path(post, path = "/v1/campaigns/{campaign}/tokens",
    request_body(content = String, description = "Pull note", content_type = "text/plain"), params(("campaign" = String, Path)),
    responses((status = 201, body = Token), (status = "default", body = Problem)))]
pub(crate) async fn token(
    State(shared): State<Arc<Shared>>,
    Path(campaign): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Token>), Refusal> {
    let campaign = super::campaign(&campaign)?;
    let root = shared.root(campaign).await?;
    let pull: Signed<Pull> = Signed::verify_root(&super::note(bytes)?, campaign, &root)
        .map_err(|error| Refusal::new(ProblemCode::BadDocument, error.to_string()))?;
    if pull.body.endpoint != *shared.key.verifier() {
        return Err(Refusal::new(ProblemCode::BadDocument, "the note is for another endpoint"));
    }
    Ok((StatusCode::CREATED, Json(shared.tokens.token(campaign, &pull.body.nonce, shared.now())?)))
}
