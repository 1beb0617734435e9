//! The OpenAPI document, generated from the routes and from `wire`.

use axum::{http::header, response::IntoResponse};
use utoipa::OpenApi;
use wire::ProblemCode;

use super::{
    about, batches, campaigns, deposits, documents, logs, problem::Refusal, pulls, tables, tally, tokens,
    update,
};

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
        update::get,
        deposits::post,
        deposits::list,
        deposits::claim,
        tokens::challenge,
        tokens::token,
        logs::list,
        pulls::get
    )
)]
struct Description;

pub(crate) async fn get() -> Result<impl IntoResponse, Refusal> {
    let document = openapi().map_err(|_| Refusal::new(ProblemCode::Fault, "no document"))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], document))
}
