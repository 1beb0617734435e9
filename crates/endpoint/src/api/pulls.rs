use std::sync::Arc;

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use proof::{Frontier, Origin, VerifierKey};
use rusqlite::Connection;
use serde::Deserialize;
use wire::{BATCH_TYPE, BatchWriter, MAX_BATCH_BYTES, Problem, ProblemCode};

use crate::{
    api::OfLog,
    problem::{Refusal, WorkError},
    server::Shared,
    storage::{checkpoint, entry, log},
};

/// So many entries are wished for in a batch that is pulled: 768 of the largest stay below the limit.
const ENTRIES: u64 = 768;
/// Bytes of the envelopes that are most.
const ROOM: usize = 1657 + 4;
/// A log holds fewer entries than this.
const SIZES: u64 = Frontier::MAX_SIZE;

#[derive(Deserialize)]
pub(crate) struct From {
    from: u64,
    device: String,
}

#[utoipa::path(get, path = "/v1/campaigns/{campaign}/logs/{table}/{generation}/batches",
    params(("campaign" = String, Path), ("table" = Uuid, Path), ("generation" = u32, Path), ("from" = u64, Query), ("device" = String, Query)),
    responses((status = 200, description = "A batch from there, or from the checkpoint before", body = Vec<u8>, content_type = "application/vnd.undersigned.batch"),
        (status = 204, description = "There is no more"), (status = "default", body = Problem)))]
pub(crate) async fn get(
    State(shared): State<Arc<Shared>>,
    OfLog(origin): OfLog,
    Query(From { from, device }): Query<From>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let campaign = origin.campaign;
    super::authorise(&shared, campaign, &headers)?;
    let device = device.parse().ok().filter(|_| from < SIZES);
    let device: VerifierKey =
        device.ok_or_else(|| Refusal::new(ProblemCode::BadRequest, "from or device is malformed"))?;
    // The batch, while it grows too.
    let mut lease = shared.shares.of(campaign).lease();
    lease.hold(2 * MAX_BATCH_BYTES)?;
    let part = Part { origin, device, from };
    let batch = shared.read(move |connection| part.batch(connection)).await?;
    Ok(match batch {
        Some(bytes) => {
            lease.hold(bytes.len())?;
            ([(header::CONTENT_TYPE, BATCH_TYPE)], lease.bind(bytes)).into_response()
        }
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// A part of a log, from a size on.
struct Part {
    origin: Origin,
    device: VerifierKey,
    from: u64,
}

impl Part {
    /// The bytes of a batch; none when the log ends there.
    fn batch(&self, connection: &Connection) -> Result<Option<Vec<u8>>, WorkError> {
        let unknown = || Refusal::new(ProblemCode::UnknownLog, "this endpoint does not know the log");
        let log = log::find(connection, &self.origin, &self.device)?.ok_or_else(unknown)?;
        // One that was never let in is not handed out when it is revoked, either.
        if log.held {
            return Err(Refusal::new(ProblemCode::Held, "the organizer has not confirmed this log").into());
        }
        if self.from >= log.head.size() {
            return Ok(None);
        }
        let before = checkpoint::find_before(connection, log.id, self.from)?
            .map(|row| row.frontier)
            .unwrap_or_default();
        let Some(end) = checkpoint::find_after(connection, log.id, self.from, before.size() + ENTRIES)?
        else {
            return Ok(None);
        };
        let papers = log::get_papers(connection, log.id)?;
        let room = (end.frontier.size() - before.size()) as usize * ROOM;
        let mut writer = BatchWriter::new(&papers.certificate, &papers.admission, &before, room);
        let (from, to) = (before.size(), end.frontier.size());
        entry::each_envelope(connection, log.id, from, to, |envelope| writer.push(envelope))?;
        Ok(Some(writer.end(&end.note)))
    }
}
