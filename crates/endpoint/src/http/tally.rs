//! GET `tally`: the newest tally of a campaign.

use std::sync::Arc;

use axum::extract::{Path, State};
use wire::{ProblemCode, ProblemDetails};

use super::{extract, problem::Refusal, state::AppState};
use crate::storage::Numbered;

#[utoipa::path(get, path = "/v1/campaigns/{campaign}/tally", params(("campaign" = String, Path)),
    responses((status = 200, description = "The newest tally note", body = String, content_type = "text/plain"),
        (status = "default", body = ProblemDetails)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
) -> Result<String, Refusal> {
    let campaign = extract::campaign(&campaign)?;
    state.root(campaign).await?;
    let tally = state.storage.find_numbered(campaign, Numbered::Tally).await?;
    tally.map(|(_, note)| note).ok_or_else(|| Refusal::new(ProblemCode::NoTally, "there is no tally yet"))
}
