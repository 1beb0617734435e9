use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::StatusCode,
};
use wire::{Problem, ProblemCode, Signed};

use crate::{problem::Refusal, server::Shared, storage};

#[utoipa::path(put, path = "/v1/campaigns/{campaign}", request_body(content = String, description = "Campaign note", content_type = "text/plain"),
    params(("campaign" = String, Path)),
    responses((status = 201, description = "Taken"), (status = 200, description = "Known"), (status = "default", body = Problem)))]
pub(crate) async fn put(
    State(shared): State<Arc<Shared>>,
    Path(campaign): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let note = super::note(bytes)?;
    let signed = Signed::verify_campaign(&note)
        .map_err(|error| Refusal::new(ProblemCode::BadDocument, error.to_string()))?;
    if signed.campaign != super::campaign(&campaign)? {
        return Err(Refusal::new(ProblemCode::BadDocument, "the note is of another campaign"));
    }
    if !shared.allow.is_empty() && !shared.allow.contains(&signed.campaign) {
        return Err(Refusal::new(ProblemCode::CampaignRefused, "this endpoint takes other campaigns only"));
    }
    match shared.root(signed.campaign).await {
        Ok(_) => {
            shared.limits.take_known(signed.campaign)?;
            return Ok(StatusCode::OK);
        }
        Err(refusal) if refusal.code() == ProblemCode::UnknownCampaign => shared.limits.take_new()?,
        Err(refusal) => return Err(refusal),
    }
    // Those that the operator has named do not count.
    let most = if shared.allow.is_empty() { shared.bounds.campaigns } else { u64::MAX };
    let new = shared
        .writer
        .write(move |connection| {
            if storage::campaign::count(connection)? >= most {
                let refusal = "this endpoint takes no further campaign; ask whoever runs it";
                return Err(Refusal::new(ProblemCode::CampaignRefused, refusal).into());
            }
            Ok(storage::campaign::insert(connection, signed.campaign, &signed.body.root, &note)?)
        })
        .await?;
    Ok(if new { StatusCode::CREATED } else { StatusCode::OK })
}
