use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::StatusCode,
};
use wire::{Appended, Batch, BatchError, LogState, Problem, ProblemCode};

use crate::{
    admission::Papers,
    append::{self, append},
    problem::Refusal,
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
        let batch = Batch::decode(&bytes).map_err(refused)?;
        // The lock on the database is not held for this: signatures and hashes come first.
        batch.verify(&root).map_err(refused)
    })
    .await?;
    shared.limits.take(&batch.origin())?;
    let (now, checkpoint, origin) = (shared.now(), batch.checkpoint.clone(), batch.origin());
    let entries = batch.entries.len();
    let (stored, appended, state) = shared
        .writer
        .write_and_read_back(
            move |connection| {
                let papers =
                    Papers { certificate: batch.certificate.clone(), admission: batch.admission.clone() };
                let (log, state) = papers.enrol(connection, now)?;
                Ok((log.id, append(connection, &log, &batch, now)?, state))
            },
            move |connection, (log, appended, state)| {
                Ok((append::read_back(connection, log, &checkpoint)?, appended, state))
            },
        )
        .await
        .inspect_err(|refusal| tracing::info!(log = %origin, code = ?refusal.code(), "refused"))?;
    tracing::info!(log = %origin, entries, stored = stored.size, "batch");
    let stored_size = stored.size;
    if state == LogState::Held {
        return Ok((StatusCode::ACCEPTED, Json(Appended { stored_size, receipt: None })));
    }
    let status = match appended {
        append::Appended::New => StatusCode::CREATED,
        append::Appended::Known => StatusCode::OK,
    };
    let receipt = proof::cosign(&stored.checkpoint, &shared.key, now.unsigned_abs());
    Ok((status, Json(Appended { stored_size, receipt: Some(receipt) })))
}

fn refused(error: BatchError) -> Refusal {
    match error {
        BatchError::TooLarge => Refusal::new(ProblemCode::TooLarge, error.to_string()),
        error => Refusal::new(ProblemCode::BadBatch, error.to_string()),
    }
}
