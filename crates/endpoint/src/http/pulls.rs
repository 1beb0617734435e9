//! GET `logs/{t}/{g}/batches`: a desk pulls a part of a log (`docs/protocol.md` §8.6).

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use proof::{Frontier, VerifierKey};
use serde::Deserialize;
use wire::{BATCH_TYPE, MAX_BATCH_BYTES, ProblemCode, ProblemDetails};

use super::{
    extract::{self, OfLog},
    problem::Refusal,
    state::AppState,
};
use crate::storage::PullOutcome;

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
        (status = 204, description = "There is no more"), (status = "default", body = ProblemDetails)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    OfLog(origin): OfLog,
    Query(From { from, device }): Query<From>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let campaign = origin.campaign;
    extract::authorise(&state, campaign, &headers)?;
    let device = device.parse().ok().filter(|_| from < SIZES);
    let device: VerifierKey =
        device.ok_or_else(|| Refusal::new(ProblemCode::BadRequest, "from or device is malformed"))?;
    // The batch, while it grows too.
    let mut lease = state.shares.of(campaign).lease();
    lease.hold(2 * MAX_BATCH_BYTES)?;
    match state.storage.find_batch(origin, device, from).await? {
        PullOutcome::Batch(bytes) => {
            lease.hold(bytes.len())?;
            Ok(([(header::CONTENT_TYPE, BATCH_TYPE)], lease.bind(bytes)).into_response())
        }
        PullOutcome::End => Ok(StatusCode::NO_CONTENT.into_response()),
        PullOutcome::Held => Err(Refusal::new(ProblemCode::Held, "the organizer has not confirmed this log")),
        PullOutcome::Unknown => {
            Err(Refusal::new(ProblemCode::UnknownLog, "this endpoint does not know the log"))
        }
    }
}
