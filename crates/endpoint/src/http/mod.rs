//! HTTP: the way in, its limits, and the routes, one file each.

mod about;
mod batches;
pub(crate) mod bearer_tokens;
mod body;
pub(crate) mod bounds;
mod campaigns;
pub(crate) mod connections;
mod deposits;
mod documents;
mod extract;
pub(crate) mod limits;
mod logs;
pub(crate) mod openapi;
mod problem;
mod pulls;
pub(crate) mod shares;
pub(crate) mod stage;
pub(crate) mod state;
mod tables;
mod tally;
mod tokens;
mod update;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Method, Uri},
    middleware::{from_fn_with_state, map_response},
    routing::{get, post, put},
};
use wire::ProblemCode;

use self::{problem::Refusal, state::AppState};

/// Every route, with the way in of each.
pub(crate) fn router(state: Arc<AppState>) -> Router {
    let of_a_known_campaign = Router::new()
        .route("/tables/{table}/{generation}", put(tables::put))
        .route("/batches", post(batches::post))
        .route("/documents", post(documents::post))
        .route("/tally", get(tally::get))
        .route("/update", get(update::get))
        .route("/deposits", get(deposits::list).post(deposits::post))
        .route("/claims", post(deposits::claim))
        .route("/challenges", post(tokens::challenge))
        .route("/tokens", post(tokens::token))
        .route("/logs", get(logs::list))
        .route("/logs/{table}/{generation}/batches", get(pulls::get))
        .route_layer(from_fn_with_state(Arc::clone(&state), body::of_a_known_campaign));
    let of_anybody = Router::new()
        .route("/v1/campaigns/{campaign}", put(campaigns::put))
        .route_layer(from_fn_with_state(Arc::clone(&state), body::of_anybody));
    Router::new()
        .route("/v1", get(about::about))
        .route("/v1/openapi.json", get(openapi::get))
        .merge(of_anybody)
        .nest("/v1/campaigns/{campaign}", of_a_known_campaign)
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(map_response(problem::of_a_library))
        // Bodies are read, within their limits, before they get here.
        .layer(DefaultBodyLimit::disable())
        .with_state(state)
}

async fn unknown(method: Method, uri: Uri) -> Refusal {
    Refusal::new(ProblemCode::NoSuchRequest, format!("there is no {method} {}", uri.path()))
}
