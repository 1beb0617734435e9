//! POST `batches`: a table's entries come in (`docs/protocol.md` §8.4).

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::StatusCode,
};
use wire::{Appended, Batch, BatchError, ProblemCode, ProblemDetails};

use super::{
    extract,
    problem::Refusal,
    state::{AppState, off_thread},
};
use crate::storage::{BatchOutcome, Stored};

#[utoipa::path(post, path = "/v1/campaigns/{campaign}/batches",
    request_body(content = Vec<u8>, description = "A batch", content_type = "application/vnd.undersigned.batch"),
    params(("campaign" = String, Path)),
    responses((status = 201, description = "Appended", body = Appended), (status = 200, description = "Known", body = Appended),
        (status = 202, description = "Stored and held", body = Appended), (status = "default", body = ProblemDetails)))]
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Appended>), Refusal> {
    let campaign = extract::campaign(&campaign)?;
    let bytes = extract::body(bytes)?;
    let root = state.root(campaign).await?;
    let batch = off_thread(move || {
        let batch = Batch::decode_shared(&bytes).map_err(refused)?;
        // No transaction waits for this: signatures and hashes come first.
        batch.verify(&root).map_err(refused)
    })
    .await?;
    let origin = batch.origin();
    state.limits.take(&origin)?;
    let now = state.now();
    let outcome = state.storage.append(batch, now).await.map_err(Refusal::from).and_then(kept);
    let (status, stored) =
        outcome.inspect_err(|refusal| tracing::info!(log = %origin, code = ?refusal.code(), "refused"))?;
    let stored_size = stored.size;
    tracing::info!(log = %origin, new = stored.new, stored = stored_size, "batch");
    let cosigned = || proof::cosign(&stored.checkpoint, &state.key, now.unsigned_abs());
    let receipt = (status != StatusCode::ACCEPTED).then(cosigned);
    Ok((status, Json(Appended { stored_size, receipt })))
}

/// What is told of a batch: a row of the protocol's tables each.
fn kept(outcome: BatchOutcome) -> Result<(StatusCode, Stored), Refusal> {
    match outcome {
        BatchOutcome::Appended(stored) => Ok((StatusCode::CREATED, stored)),
        BatchOutcome::Known(stored) => Ok((StatusCode::OK, stored)),
        BatchOutcome::Held(stored) => Ok((StatusCode::ACCEPTED, stored)),
        BatchOutcome::Revoked => Err(Refusal::revoked()),
        BatchOutcome::Rewind { stored_size } => Err(Refusal::rewind(stored_size)),
        BatchOutcome::Forked { at, checkpoint } => Err(Refusal::forked(at, checkpoint)),
        BatchOutcome::Quota => Err(Refusal::quota()),
    }
}

fn refused(error: BatchError) -> Refusal {
    match error {
        BatchError::TooLarge => Refusal::new(ProblemCode::TooLarge, error.to_string()),
        error => Refusal::new(ProblemCode::BadBatch, error.to_string()),
    }
}
