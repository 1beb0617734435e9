use std::sync::Arc;

use axum::{Json, extract::State, http::header, response::IntoResponse};
use wire::{EndpointAbout, ProblemCode};

use crate::{problem::Refusal, server::Shared};

#[utoipa::path(get, path = "/v1", responses((status = 200, description = "Who this endpoint is", body = EndpointAbout)))]
pub(crate) async fn about(State(shared): State<Arc<Shared>>) -> Json<EndpointAbout> {
    let endpoint = shared.key.verifier().clone();
    Json(EndpointAbout { endpoint, version: env!("CARGO_PKG_VERSION").to_owned() })
}

pub(crate) async fn document() -> Result<impl IntoResponse, Refusal> {
    let document = super::openapi().map_err(|_| Refusal::new(ProblemCode::Fault, "no document"))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], document))
}
