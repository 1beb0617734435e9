//! The bodies of requests: whole and within the limits before anybody looks at them, or refused.

use std::{io::Read, sync::Arc};

use axum::{
    body::Body,
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, Method, header},
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
use zstd::stream::read::Decoder;

use super::{
    bounds::{Bounds, Pace},
    extract,
    problem::Refusal,
    shares::{Lease, Share},
    stage::{Stage, is_at},
    state::{AppState, off_thread},
};

/// A window of more than 8 MiB is not to be expected of anybody (RFC 9659).
const WINDOW_LOG: u32 = 23;
/// So much is decompressed at once.
const PART: usize = 32 << 10;

/// Lets a request about a campaign in, if the campaign is known: that is asked before its body is read.
pub(crate) async fn of_a_known_campaign(
    State(state): State<Arc<AppState>>,
    path: RawPathParams,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let campaign = path.iter().find(|(name, _)| *name == "campaign").map(|(_, campaign)| campaign);
    let campaign = extract::campaign(campaign.unwrap_or_default())?;
    state.root(campaign).await?;
    take(&state, &state.shares.of(campaign), request, next).await
}

/// Lets any request in.
pub(crate) async fn of_anybody(
    State(state): State<Arc<AppState>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    take(&state, &state.shares.of_nobody(), request, next).await
}

/// Takes a request whose body is read first. It is done to its end, whether or not anybody waits for the answer.
async fn take(
    state: &AppState,
    share: &Arc<Share>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    let (body, lease) = if matches!(head.method, Method::POST | Method::PUT) {
        let encoding = Encoding::of(&head.headers)?;
        let announced =
            head.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let arriving = Arriving { body, bounds: Arc::clone(&state.bounds), stage: state.stage.clone() };
        let (body, lease) = arriving.whole(announced, share.lease()).await?;
        match encoding {
            Encoding::Identity => (body, lease),
            Encoding::Zstd => off_thread(move || decompressed(&body, lease)).await?,
        }
    } else {
        (Vec::new(), share.lease())
    };
    let turn = share.turn().await;
    let request = Request::from_parts(head, Body::from(body));
    let done = task::spawn(async move {
        let answer = next.run(request).await;
        drop((lease, turn));
        answer
    });
    done.await.map_err(|_| Refusal::later(ProblemCode::Fault, "the request failed", 30))
}

/// How a body is encoded.
enum Encoding {
    Identity,
    Zstd,
}

impl Encoding {
    fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        let mut named = headers.get_all(header::CONTENT_ENCODING).iter();
        match (named.next().map(|name| name.as_bytes().to_ascii_lowercase()).as_deref(), named.next()) {
            (None | Some(b"identity"), None) => Ok(Self::Identity),
            (Some(b"zstd"), None) => Ok(Self::Zstd),
            _ => Err(Refusal::new(ProblemCode::Unsupported, "the content encoding is not zstd")),
        }
    }
}

/// What comes out of a body. The limit and the lease hold for it, and for the body beside it.
fn decompressed(body: &[u8], mut lease: Lease) -> Result<(Vec<u8>, Lease), Refusal> {
    let refused = |_| Refusal::new(ProblemCode::BadRequest, "the body cannot be decompressed");
    let mut decoder = Decoder::with_buffer(body).map_err(refused)?;
    decoder.window_log_max(WINDOW_LOG).map_err(refused)?;
    let (mut whole, mut part) = (Vec::new(), vec![0; PART]);
    loop {
        let size = decoder.read(&mut part).map_err(refused)?;
        if size == 0 {
            lease.hold_body(whole.len())?;
            return Ok((whole, lease));
        }
        if whole.len() + size > MAX_BATCH_BYTES {
            return Err(too_large());
        }
        lease.hold_body(body.len() + whole.len() + size)?;
        whole.extend_from_slice(&part[..size]);
    }
}

/// A body on its way.
struct Arriving {
    body: Body,
    bounds: Arc<Bounds>,
    stage: watch::Receiver<Stage>,
}

impl Arriving {
    /// All of it, under a lease that grows as it arrives. `announced` is its length in bytes, where that is known.
    async fn whole(
        mut self,
        announced: Option<usize>,
        mut lease: Lease,
    ) -> Result<(Vec<u8>, Lease), Refusal> {
        if announced.is_some_and(|bytes| bytes > MAX_BATCH_BYTES) {
            return Err(too_large());
        }
        tokio::select! {
            room = lease.room_for(announced.unwrap_or_default(), self.bounds.room) => room?,
            () = is_at(&mut self.stage, Stage::Ending) => return Err(ending()),
        }
        let mut pace = Pace::new(&self.bounds, Instant::now());
        let mut whole = Vec::new();
        while let Some(part) = self.next(&mut pace).await? {
            let size = whole.len() + part.len();
            if size > MAX_BATCH_BYTES {
                return Err(too_large());
            }
            lease.hold_body(size)?;
            whole.extend_from_slice(&part);
        }
        Ok((whole, lease))
    }

    /// The next part of it, if it comes in time.
    async fn next(&mut self, pace: &mut Pace) -> Result<Option<Bytes>, Refusal> {
        loop {
            let frame = tokio::select! {
                frame = time::timeout_at(pace.deadline(), self.body.frame()) => frame,
                () = is_at(&mut self.stage, Stage::Ending) => return Err(ending()),
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
                    pace.moved(part.len(), Instant::now());
                    return Ok(Some(part));
                }
            }
        }
    }
}

fn ending() -> Refusal {
    Refusal::later(ProblemCode::Busy, "the endpoint is shutting down", 10)
}

fn too_large() -> Refusal {
    Refusal::new(ProblemCode::TooLarge, format!("at most {MAX_BATCH_BYTES} bytes are taken"))
}
