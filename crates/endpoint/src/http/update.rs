//! GET `update`: what the tables of a campaign work by from now on, where it is newer than what is known.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use wire::{ProblemCode, ProblemDetails};

use super::{extract, problem::Refusal, state::AppState};
use crate::storage::Numbered;

/// What is known already.
#[derive(Deserialize)]
pub(crate) struct After {
    after: u64,
}

#[utoipa::path(get, path = "/v1/campaigns/{campaign}/update",
    params(("campaign" = String, Path), ("after" = u64, Query, description = "The number of the update that is known; 0 for none")),
    responses((status = 200, description = "The newest update note", body = String, content_type = "text/plain"),
        (status = 204, description = "None of a higher number"), (status = "default", body = ProblemDetails)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
    after: Result<Query<After>, QueryRejection>,
) -> Result<Response, Refusal> {
    let campaign = extract::campaign(&campaign)?;
    let Query(After { after }) =
        after.map_err(|_| Refusal::new(ProblemCode::BadRequest, "after which update?"))?;
    state.root(campaign).await?;
    let update = state.storage.find_numbered(campaign, Numbered::Update).await?;
    Ok(match update.filter(|(seq, _)| *seq > after) {
        Some((_, note)) => note.into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}
