//! PUT `tables/{t}/{g}`: a table tells of itself, and hears where it stands.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::StatusCode,
};
use wire::{Enrolment, EnrolmentAnswer, LogState, ProblemCode, ProblemDetails};

use super::{
    extract::{self, OfLog},
    problem::Refusal,
    state::AppState,
};
use crate::log::admission::Papers;

#[utoipa::path(put, path = "/v1/campaigns/{campaign}/tables/{table}/{generation}", request_body = Enrolment,
    params(("campaign" = String, Path), ("table" = Uuid, Path), ("generation" = u32, Path)),
    responses((status = 200, description = "Admitted", body = EnrolmentAnswer),
        (status = 202, description = "Held until the organizer's word", body = EnrolmentAnswer),
        (status = "default", body = ProblemDetails)))]
pub(crate) async fn put(
    State(state): State<Arc<AppState>>,
    OfLog(origin): OfLog,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<EnrolmentAnswer>), Refusal> {
    let enrolment: Enrolment = serde_json::from_slice(&extract::body(bytes)?)
        .map_err(|_| Refusal::new(ProblemCode::BadRequest, "certificate and admission are needed"))?;
    let root = state.root(origin.campaign).await?;
    let papers = Papers::verify(&enrolment, origin.campaign, &root)
        .map_err(|error| Refusal::new(ProblemCode::BadDocument, error.to_string()))?;
    if papers.origin() != origin {
        return Err(Refusal::new(ProblemCode::BadDocument, "the admission belongs to a different table"));
    }
    state.limits.take(&origin)?;
    let state = state.storage.enrol(papers, state.now()).await?;
    let status = match state {
        LogState::Admitted => StatusCode::OK,
        LogState::Held => StatusCode::ACCEPTED,
        LogState::Revoked => return Err(Refusal::revoked()),
    };
    Ok((status, Json(EnrolmentAnswer { state })))
}
