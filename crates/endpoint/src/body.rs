//! The bodies of requests: whole and within the limits before anybody looks at them, or refused.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{RawPathParams, Request, State},
    http::{Method, header},
    middleware::Next,
    response::Response,
};
use bytes::Bytes;
use http_body_util::BodyExt;
use tokio::{
    sync::watch,
    task,
    time::{self, Instant},
};
use wire::{MAX_BATCH_BYTES, ProblemCode};

use crate::{
    bounds::Pace,
    connections::{Stage, is_at},
    problem::Refusal,
    server::Shared,
};

/// Lets a request about a campaign in, if the campaign is known: that is asked before its body is read.
pub(crate) async fn of_a_known_campaign(
    State(shared): State<Arc<Shared>>,
    path: RawPathParams,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let campaign = path.iter().find(|(name, _)| *name == "campaign").map(|(_, campaign)| campaign);
    let campaign = crate::api::campaign(campaign.unwrap_or_default())?;
    shared.root(campaign).await?;
    take(&shared, request, next).await
}

/// Lets any request in.
pub(crate) async fn of_anybody(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    take(&shared, request, next).await
}

/// Takes a request whose body is read first. It is done to its end, whether or not anybody waits for the answer.
async fn take(shared: &Arc<Shared>, request: Request, next: Next) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    let body = if matches!(head.method, Method::POST | Method::PUT) {
        let announced =
            head.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let arriving =
            Arriving { body, pace: Pace::new(&shared.bounds, Instant::now()), stage: shared.stage.clone() };
        arriving.whole(announced).await?
    } else {
        Bytes::new()
    };
    let request = Request::from_parts(head, Body::from(body));
    let done = task::spawn(next.run(request)).await;
    done.map_err(|_| Refusal::later(ProblemCode::Fault, "the request failed", 30))
}

/// A body on its way.
struct Arriving {
    body: Body,
    pace: Pace,
    stage: watch::Receiver<Stage>,
}

impl Arriving {
    /// All of it. `announced` is its length in bytes, where that is known.
    async fn whole(mut self, announced: Option<u64>) -> Result<Bytes, Refusal> {
        if announced.is_some_and(|bytes| bytes > MAX_BATCH_BYTES as u64) {
            return Err(too_large());
        }
        let mut whole = Vec::new();
        while let Some(part) = self.next().await? {
            if whole.len() + part.len() > MAX_BATCH_BYTES {
                return Err(too_large());
            }
            whole.extend_from_slice(&part);
        }
        Ok(whole.into())
    }

    /// The next part of it, if it comes in time.
    async fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        loop {
            let frame = tokio::select! {
                frame = time::timeout_at(self.pace.deadline(), self.body.frame()) => frame,
                () = is_at(&mut self.stage, Stage::Ending) => {
                    return Err(Refusal::later(ProblemCode::Busy, "the endpoint is shutting down", 10));
                }
            };
            match frame {
                Err(_) => return Err(Refusal::new(ProblemCode::TooSlow, "the body stopped arriving")),
                Ok(None) => return Ok(None),
                Ok(Some(Err(_))) => {
                    return Err(Refusal::new(ProblemCode::BadRequest, "the body could not be read"));
                }
                Ok(Some(Ok(frame))) => {
                    // Trailers say nothing here.
                    let Ok(part) = frame.into_data() else { continue };
                    self.pace.moved(part.len(), Instant::now());
                    return Ok(Some(part));
                }
            }
        }
    }
}

fn too_large() -> Refusal {
    Refusal::new(ProblemCode::TooLarge, format!("at most {MAX_BATCH_BYTES} bytes are taken"))
}
