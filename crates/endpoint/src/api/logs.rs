use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
};
use wire::{LogRow, Problem, ProblemCode};

use crate::{
    problem::Refusal,
    server::Shared,
    storage::{document, log},
};

#[utoipa::path(get, path = "/v1/campaigns/{campaign}/logs", params(("campaign" = String, Path)),
    responses((status = 200, body = Vec<LogRow>), (status = "default", body = Problem)))]
pub(crate) async fn list(
    State(shared): State<Arc<Shared>>,
    Path(campaign): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Vec<LogRow>>, Refusal> {
    let campaign = super::campaign(&campaign)?;
    super::authorise(&shared, campaign, &headers)?;
    let rows = shared
        .read(move |connection| {
            let rows = log::list(connection, &campaign.to_string())?.into_iter().map(|row| {
                let revoked = document::is_revoked(connection, campaign, row.kit)?
                    || document::is_revoked(connection, campaign, row.table)?;
                let device = row.device.parse();
                Ok(LogRow {
                    device: device.map_err(|_| Refusal::new(ProblemCode::Fault, "a log is damaged"))?,
                    table: row.table,
                    generation: row.generation,
                    size: row.head.size(),
                    state: row.state(revoked),
                    label: row.label,
                    last_seen: row.last_seen,
                })
            });
            rows.collect()
        })
        .await?;
    Ok(Json(rows))
}
