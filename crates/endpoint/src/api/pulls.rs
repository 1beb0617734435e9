use std::sync::Arc;

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use proof::Origin;
use rusqlite::Connection;
use serde::Deserialize;
use wire::{BATCH_TYPE, Batch, MAX_BATCH_BYTES, Problem, ProblemCode};

use crate::{
    api::OfLog,
    problem::{Refusal, WorkError},
    server::Shared,
    storage::{checkpoint, entry, log},
};

/// So many entries are wished for in a batch that is pulled: 768 of the largest stay below the limit.
const ENTRIES: u64 = 768;

#[derive(Deserialize)]
pub(crate) struct From {
    from: u64,
}

#[utoipa::path(get, path = "/v1/campaigns/{campaign}/logs/{table}/{generation}/batches",
    params(("campaign" = String, Path), ("table" = Uuid, Path), ("generation" = u32, Path), ("from" = u64, Query)),
    responses((status = 200, description = "A batch from there, or from the checkpoint before", body = Vec<u8>, content_type = "application/vnd.undersigned.batch"),
        (status = 204, description = "There is no more"), (status = "default", body = Problem)))]
pub(crate) async fn get(
    State(shared): State<Arc<Shared>>,
    OfLog(origin): OfLog,
    Query(From { from }): Query<From>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let campaign = origin.campaign;
    super::authorise(&shared, campaign, &headers)?;
    // The entries, and the batch that is made of them.
    let mut lease = shared.shares.of(campaign).lease();
    lease.hold(2 * MAX_BATCH_BYTES)?;
    let batch = shared.read(move |connection| batch_from(connection, &origin, from)).await?;
    Ok(match batch {
        Some(bytes) => {
            lease.hold(bytes.len())?;
            ([(header::CONTENT_TYPE, BATCH_TYPE)], lease.bind(bytes)).into_response()
        }
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

fn batch_from(connection: &Connection, origin: &Origin, from: u64) -> Result<Option<Vec<u8>>, WorkError> {
    let unknown = || Refusal::new(ProblemCode::UnknownLog, "this endpoint does not know the log");
    let log = log::find(connection, origin)?.ok_or_else(unknown)?;
    if from >= log.head.size() {
        return Ok(None);
    }
    let before =
        checkpoint::find_before(connection, log.id, from)?.map(|row| row.frontier).unwrap_or_default();
    let Some(end) = checkpoint::find_after(connection, log.id, from, before.size() + ENTRIES)? else {
        return Ok(None);
    };
    let entries = entry::envelopes(connection, log.id, before.size(), end.frontier.size())?;
    let batch = Batch {
        certificate: log.certificate,
        admission: log.admission,
        before,
        entries,
        checkpoint: end.note,
    };
    Ok(Some(batch.encode()))
}
