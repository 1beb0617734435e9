//! PUT `campaigns/{c}`: a desk tells of its campaign.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::StatusCode,
};
use wire::{ProblemCode, ProblemDetails, Signed};

use super::{extract, problem::Refusal, state::AppState};
use crate::storage::{CampaignOutcome, NewCampaign};

#[utoipa::path(put, path = "/v1/campaigns/{campaign}", request_body(content = String, description = "Campaign note", content_type = "text/plain"),
    params(("campaign" = String, Path)),
    responses((status = 201, description = "Taken"), (status = 200, description = "Known"), (status = "default", body = ProblemDetails)))]
pub(crate) async fn put(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let note = extract::note(bytes)?;
    let signed = Signed::verify_campaign(&note)
        .map_err(|error| Refusal::new(ProblemCode::BadDocument, error.to_string()))?;
    if signed.campaign != extract::campaign(&campaign)? {
        return Err(Refusal::new(ProblemCode::BadDocument, "the note belongs to a different campaign"));
    }
    if !state.allow.is_empty() && !state.allow.contains(&signed.campaign) {
        return Err(Refusal::new(ProblemCode::CampaignRefused, "this endpoint takes other campaigns only"));
    }
    match state.root(signed.campaign).await {
        Ok(_) => {
            state.limits.take_known(signed.campaign)?;
            return Ok(StatusCode::OK);
        }
        Err(refusal) if refusal.code() == ProblemCode::UnknownCampaign => state.limits.take_new()?,
        Err(refusal) => return Err(refusal),
    }
    // Those that the operator has named do not count.
    let most = if state.allow.is_empty() { state.bounds.campaigns } else { u64::MAX };
    let campaign = NewCampaign { id: signed.campaign, root: signed.body.root.clone(), note };
    match state.storage.insert_campaign(campaign, most).await? {
        CampaignOutcome::Inserted => Ok(StatusCode::CREATED),
        CampaignOutcome::Known => Ok(StatusCode::OK),
        CampaignOutcome::Full => {
            let refusal = "this endpoint takes no further campaign; ask whoever runs it";
            Err(Refusal::new(ProblemCode::CampaignRefused, refusal))
        }
    }
}
