use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::StatusCode,
};
use wire::{Appended, Batch, BatchError, Problem, ProblemCode};

use crate::{
    problem::Refusal,
    receiving,
    server::{Shared, off_thread},
};

#[utoipa::path(post, path = "/v1/campaigns/{campaign}/batches",
    request_body(content = Vec<u8>, description = "A batch", content_type = "application/vnd.undersigned.batch"),
    params(("campaign" = String, Path)),
    responses((status = 201, description = "Appended", body = Appended), (status = 200, description = "Known", body = Appended),
        (status = 202, description = "Stored and held", body = Appended), (status = "default", body = Problem)))]
pub(crate) async fn post(
    State(shared): State<Arc<Shared>>,
    Path(campaign): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Appended>), Refusal> {
    let campaign = super::campaign(&campaign)?;
    let bytes = super::body(bytes)?;
    let root = shared.root(campaign).await?;
    let batch = off_thread(move || {
        let batch = Batch::decode_shared(&bytes).map_err(refused)?;
        // The lock on the database is not held for this: signatures and hashes come first.
        batch.verify(&root).map_err(refused)
    })
    .await?;
    shared.limits.take(&batch.origin())?;
    let (now, checkpoint, origin) = (shared.now(), batch.checkpoint.clone(), batch.origin());
    let (appended, stored) = shared
        .writer
        .write_and_read_back(
            move |connection| receiving::append(connection, &batch, now),
            move |connection, appended| {
                Ok((appended, receiving::read_back(connection, appended.log, &checkpoint)?))
            },
        )
        .await
        .inspect_err(|refusal| tracing::info!(log = %origin, code = ?refusal.code(), "refused"))?;
    let stored_size = stored.size;
    tracing::info!(log = %origin, new = appended.new, stored = stored_size, "batch");
    let (status, receipt) = match (appended.held, appended.new) {
        (true, _) => (StatusCode::ACCEPTED, None),
        (false, 0) => (StatusCode::OK, Some(())),
        (false, _) => (StatusCode::CREATED, Some(())),
    };
    let receipt = receipt.map(|()| proof::cosign(&stored.checkpoint, &shared.key, now.unsigned_abs()));
    Ok((status, Json(Appended { stored_size, receipt })))
}

fn refused(error: BatchError) -> Refusal {
    match error {
        BatchError::TooLarge => Refusal::new(ProblemCode::TooLarge, error.to_string()),
        error => Refusal::new(ProblemCode::BadBatch, error.to_string()),
    }
}
