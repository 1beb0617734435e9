//! GET `logs`: what is stored of a campaign, for its desk.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use wire::{LogRow, ProblemCode, ProblemDetails};

use super::{extract, problem::Refusal, state::AppState};

/// A list takes as much memory while it is made: a few thousand logs.
const LIST: usize = 4 << 20;

#[utoipa::path(get, path = "/v1/campaigns/{campaign}/logs", params(("campaign" = String, Path)),
    responses((status = 200, body = Vec<LogRow>), (status = "default", body = ProblemDetails)))]
pub(crate) async fn list(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let campaign = extract::campaign(&campaign)?;
    extract::authorise(&state, campaign, &headers)?;
    let mut lease = state.shares.of(campaign).lease();
    lease.hold(LIST)?;
    let rows = state.storage.list_logs(campaign).await?;
    let list = serde_json::to_vec(&rows)
        .map_err(|_| Refusal::later(ProblemCode::Fault, "the list cannot be written", 30))?;
    lease.hold(list.len())?;
    Ok(([(header::CONTENT_TYPE, "application/json")], lease.bind(list)).into_response())
}
