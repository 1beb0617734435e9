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
    extract::{DefaultBodyLimit, FromRequestParts, Path, rejection::BytesRejection},
    http::{HeaderMap, Method, Uri, header, request::Parts},
    middleware::{from_fn_with_state, map_response},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use proof::{CampaignId, Origin};
use utoipa::OpenApi;
use wire::ProblemCode;

use crate::{body, problem::Refusal, server::Shared};

/// Generations are below this.
const GENERATIONS: u32 = 1 << 22;
/// The media type of an error (RFC 9457).
const PROBLEM: &str = "application/problem+json";

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    let of_a_known_campaign = Router::new()
        .route("/tables/{table}/{generation}", put(tables::put))
        .route("/batches", post(batches::post))
        .route("/documents", post(documents::post))
        .route("/tally", get(tally::get))
        .route("/challenges", post(tokens::challenge))
        .route("/tokens", post(tokens::token))
        .route("/logs", get(logs::list))
        .route("/logs/{table}/{generation}/batches", get(pulls::get))
        .route_layer(from_fn_with_state(Arc::clone(&shared), body::of_a_known_campaign));
    let of_anybody = Router::new()
        .route("/v1/campaigns/{campaign}", put(campaigns::put))
        .route_layer(from_fn_with_state(Arc::clone(&shared), body::of_anybody));
    Router::new()
        .route("/v1", get(about::about))
        .route("/v1/openapi.json", get(about::document))
        .merge(of_anybody)
        .nest("/v1/campaigns/{campaign}", of_a_known_campaign)
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(map_response(as_problem))
        // Bodies are read, within their limits, before they get here.
        .layer(DefaultBodyLimit::disable())
        .with_state(shared)
}

async fn unknown(method: Method, uri: Uri) -> Refusal {
    Refusal::new(ProblemCode::NoSuchRequest, format!("there is no {method} {}", uri.path()))
}

/// An error of a library, in the place of an answer of ours, as a problem.
async fn as_problem(answer: Response) -> Response {
    let status = answer.status();
    let is_problem = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == PROBLEM);
    if is_problem || !(status.is_client_error() || status.is_server_error()) {
        return answer;
    }
    let refusal = match status.as_u16() {
        404 | 405 => Refusal::new(ProblemCode::NoSuchRequest, "there is no such request"),
        500.. => Refusal::later(ProblemCode::Fault, "the request failed", 30),
        _ => Refusal::new(ProblemCode::BadRequest, "path, query or body is malformed"),
    };
    refusal.into_response()
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

/// A body, which was read before.
fn body(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Refusal> {
    body.map_err(|_| Refusal::new(ProblemCode::BadRequest, "the body could not be read"))
}

/// A body as the text of a note.
fn note(bytes: Result<Bytes, BytesRejection>) -> Result<String, Refusal> {
    String::from_utf8(body(bytes)?.to_vec())
        .map_err(|_| Refusal::new(ProblemCode::BadDocument, "the document is not UTF-8"))
}

/// A campaign's id in a path.
pub(crate) fn campaign(text: &str) -> Result<CampaignId, Refusal> {
    text.parse().map_err(|_| Refusal::new(ProblemCode::BadRequest, "this is no campaign's id"))
}

/// The log that a path names.
pub(crate) struct OfLog(pub(crate) Origin);

impl<S: Send + Sync> FromRequestParts<S> for OfLog {
    type Rejection = Refusal;

    async fn from_request_parts(head: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let refused = || Refusal::new(ProblemCode::BadRequest, "the path names no log");
        let path = Path::<(String, String, String)>::from_request_parts(head, state).await;
        let Path((of, table, number)) = path.map_err(|_| refused())?;
        let generation: u32 = number.parse().map_err(|_| refused())?;
        // One log has one name: no sign, no leading zero.
        if !(1..GENERATIONS).contains(&generation) || generation.to_string() != number {
            return Err(refused());
        }
        let table = table.parse().map_err(|_| refused())?;
        Ok(Self(Origin { campaign: campaign(&of)?, table, generation }))
    }
}

/// Checks the bearer token of a request.
fn authorise(shared: &Shared, campaign: CampaignId, headers: &HeaderMap) -> Result<(), Refusal> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    shared.tokens.check(campaign, value.strip_prefix("Bearer ").unwrap_or_default(), shared.now())
}
