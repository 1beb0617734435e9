//! GET `/v1`: who this endpoint is.

use std::sync::Arc;

use axum::{Json, extract::State};
use wire::EndpointAbout;

use super::state::AppState;

#[utoipa::path(get, path = "/v1", responses((status = 200, description = "Who this endpoint is", body = EndpointAbout)))]
pub(crate) async fn about(State(state): State<Arc<AppState>>) -> Json<EndpointAbout> {
    let endpoint = state.key.verifier().clone();
    Json(EndpointAbout { endpoint, version: env!("CARGO_PKG_VERSION").to_owned() })
}
