use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
};
use wire::{LogRow, Problem};

use crate::{problem::Refusal, server::Shared, storage::log};

#[utoipa::path(get, path = "/v1/campaigns/{campaign}/logs", params(("campaign" = String, Path)),
    responses((status = 200, body = Vec<LogRow>), (status = "default", body = Problem)))]
pub(crate) async fn list(
    State(shared): State<Arc<Shared>>,
    Path(campaign): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Vec<LogRow>>, Refusal> {
    let campaign = super::campaign(&campaign)?;
    super::authorise(&shared, campaign, &headers)?;
    let rows = shared.read(move |connection| Ok(log::list(connection, &campaign.to_string())?)).await?;
    Ok(Json(rows))
}
