//! The routes: one file each.

mod about;
mod batches;
mod campaigns;
mod documents;
mod logs;
mod pulls;
mod tables;
mod tally;
mod tokens;

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, rejection::BytesRejection},
    http::{HeaderMap, Method, Uri, header},
    routing::{get, post, put},
};
use proof::CampaignId;
use tower_http::decompression::RequestDecompressionLayer;
use utoipa::OpenApi;
use wire::{MAX_BATCH_BYTES, ProblemCode};

use crate::{problem::Refusal, server::Shared};

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/v1", get(about::about))
        .route("/v1/openapi.json", get(about::document))
        .route("/v1/campaigns/{campaign}", put(campaigns::put))
        .route("/v1/campaigns/{campaign}/tables/{table}/{generation}", put(tables::put))
        .route("/v1/campaigns/{campaign}/batches", post(batches::post))
        .route("/v1/campaigns/{campaign}/documents", post(documents::post))
        .route("/v1/campaigns/{campaign}/tally", get(tally::get))
        .route("/v1/campaigns/{campaign}/challenges", post(tokens::challenge))
        .route("/v1/campaigns/{campaign}/tokens", post(tokens::token))
        .route("/v1/campaigns/{campaign}/logs", get(logs::list))
        .route("/v1/campaigns/{campaign}/logs/{table}/{generation}/batches", get(pulls::get))
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .with_state(shared)
        // The limit holds for what comes out of the decompression.
        .layer(DefaultBodyLimit::max(MAX_BATCH_BYTES))
        .layer(RequestDecompressionLayer::new())
}

async fn unknown(method: Method, uri: Uri) -> Refusal {
    Refusal::new(ProblemCode::BadRequest, format!("there is no {method} {}", uri.path()))
}

/// The OpenAPI document, generated from the routes and from `wire`.
pub fn openapi() -> Result<String, serde_json::Error> {
    Description::openapi().to_pretty_json().map(|text| text + "\n")
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Undersigned endpoint",
        description = "Collects sealed signatures. docs/protocol.md tells every byte."
    ),
    paths(
        about::about,
        campaigns::put,
        tables::put,
        batches::post,
        documents::post,
        tally::get,
        tokens::challenge,
        tokens::token,
        logs::list,
        pulls::get
    )
)]
struct Description;

/// A body whole, or the word that it is too large or broke off.
fn body(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Refusal> {
    body.map_err(|error| match error.status().as_u16() {
        413 => Refusal::new(ProblemCode::TooLarge, format!("at most {MAX_BATCH_BYTES} bytes are taken")),
        _ => Refusal::new(ProblemCode::BadRequest, "the body could not be read"),
    })
}

/// A body as the text of a note.
fn note(bytes: Result<Bytes, BytesRejection>) -> Result<String, Refusal> {
    String::from_utf8(body(bytes)?.to_vec())
        .map_err(|_| Refusal::new(ProblemCode::BadDocument, "the document is not UTF-8"))
}

fn campaign(text: &str) -> Result<CampaignId, Refusal> {
    text.parse().map_err(|_| Refusal::unknown_campaign())
}

/// Checks the bearer token of a request.
fn authorise(shared: &Shared, campaign: CampaignId, headers: &HeaderMap) -> Result<(), Refusal> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    shared.tokens.check(campaign, value.strip_prefix("Bearer ").unwrap_or_default(), shared.now())
}
