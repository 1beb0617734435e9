use std::sync::Arc;

use axum::extract::{Path, State};
use wire::{Problem, ProblemCode};

use crate::{problem::Refusal, server::Shared, storage::document};

#[utoipa::path(get, path = "/v1/campaigns/{campaign}/tally", params(("campaign" = String, Path)),
    responses((status = 200, description = "The newest tally note", body = String, content_type = "text/plain"),
        (status = "default", body = Problem)))]
pub(crate) async fn get(
    State(shared): State<Arc<Shared>>,
    Path(campaign): Path<String>,
) -> Result<String, Refusal> {
    let campaign = super::campaign(&campaign)?;
    shared.root(campaign).await?;
    let tally = shared.read(move |connection| Ok(document::find_tally(connection, campaign)?)).await?;
    tally.map(|(_, note)| note).ok_or_else(|| Refusal::new(ProblemCode::NoTally, "there is no tally yet"))
}
