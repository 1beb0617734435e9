use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use wire::{LogRow, Problem, ProblemCode};

use crate::{problem::Refusal, server::Shared, storage::log};

/// A list takes as much memory while it is made: a few thousand logs.
const LIST: usize = 4 << 20;

#[utoipa::path(get, path = "/v1/campaigns/{campaign}/logs", params(("campaign" = String, Path)),
    responses((status = 200, body = Vec<LogRow>), (status = "default", body = Problem)))]
pub(crate) async fn list(
    State(shared): State<Arc<Shared>>,
    Path(campaign): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let campaign = super::campaign(&campaign)?;
    super::authorise(&shared, campaign, &headers)?;
    let mut lease = shared.shares.of(campaign).lease();
    lease.hold(LIST)?;
    let rows = shared.read(move |connection| Ok(log::list(connection, &campaign.to_string())?)).await?;
    let list = serde_json::to_vec(&rows)
        .map_err(|_| Refusal::later(ProblemCode::Fault, "the list cannot be written", 30))?;
    lease.hold(list.len())?;
    Ok(([(header::CONTENT_TYPE, "application/json")], lease.bind(list)).into_response())
}
