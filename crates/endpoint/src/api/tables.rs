use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::StatusCode,
};
use wire::{Enrolment, EnrolmentAnswer, LogState, Problem, ProblemCode};

use crate::{admission::Papers, api::OfLog, problem::Refusal, receiving, server::Shared};

#[utoipa::path(put, path = "/v1/campaigns/{campaign}/tables/{table}/{generation}", request_body = Enrolment,
    params(("campaign" = String, Path), ("table" = Uuid, Path), ("generation" = u32, Path)),
    responses((status = 200, description = "Admitted", body = EnrolmentAnswer),
        (status = 202, description = "Held until the organizer's word", body = EnrolmentAnswer),
        (status = "default", body = Problem)))]
pub(crate) async fn put(
    State(shared): State<Arc<Shared>>,
    OfLog(origin): OfLog,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<EnrolmentAnswer>), Refusal> {
    let enrolment: Enrolment = serde_json::from_slice(&super::body(bytes)?)
        .map_err(|_| Refusal::new(ProblemCode::BadRequest, "certificate and admission are needed"))?;
    let papers = Papers::verify(&enrolment, origin.campaign, &shared.root(origin.campaign).await?)?;
    if papers.origin() != origin {
        return Err(Refusal::new(ProblemCode::BadDocument, "the admission is of another table"));
    }
    shared.limits.take(&origin)?;
    let now = shared.now();
    let state = shared.writer.write(move |connection| receiving::enrol(connection, &papers, now)).await?;
    let status = if state == LogState::Held { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok((status, Json(EnrolmentAnswer { state })))
}
