//! Bytes there and back, for as long as they move. A link may be slow; it may not stand still.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use reqwest::{RequestBuilder, Response, StatusCode, header};
use tokio::{sync::watch, time};

/// So long may nothing move, either way.
const STALL: Duration = Duration::from_secs(30);
/// So long may it take to reach the address.
const CONNECT: Duration = Duration::from_secs(10);
/// What is handed to the system may still be on its way: it is given the time of a link of so many bytes a second.
const SLOWEST: u64 = 4 << 10;
/// So much is handed to the system at once.
const CHUNK: usize = 16 << 10;

/// What an endpoint, or something in its place, answered.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// As told by Retry-After.
    pub(super) retry_after: Option<Duration>,
    pub(super) body: Vec<u8>,
}

/// Nothing answered, or it broke off.
pub(super) struct BrokenOff {
    /// Something of the body was on its way.
    pub(super) moved: bool,
}

/// A client without a limit on a whole request: what moves is alive.
pub(super) fn client(encrypted: bool) -> reqwest::Result<reqwest::Client> {
    let client = reqwest::Client::builder()
        .user_agent(concat!("undersigned/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .tcp_keepalive(STALL / 2);
    // The kernel sees what is acknowledged, and ends a connection on which nothing is.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let client = client.tcp_user_timeout(STALL);
    // Reading the system's certificates takes as long as sending a thousand entries, and is of no use without TLS.
    let client = if encrypted { client } else { client.tls_certs_only([]) };
    client.build()
}

/// Sends a request whose body is short, and gives its answer of at most so many bytes.
pub(super) async fn ask(request: RequestBuilder, most: usize) -> Result<Answer, BrokenOff> {
    match time::timeout(CONNECT + STALL, request.send()).await {
        Ok(Ok(response)) => read(response, most).await,
        _ => Err(BrokenOff { moved: false }),
    }
}

/// Sends a body for as long as it moves, and gives the answer of at most so many bytes.
pub(super) async fn post(request: RequestBuilder, body: Vec<u8>, most: usize) -> Result<Answer, BrokenOff> {
    let whole = body.len() as u64;
    let (moved, mut moves) = watch::channel(0_u64);
    let sending = request.body(reqwest::Body::wrap(Moving { rest: body.into(), moved })).send();
    tokio::pin!(sending);
    loop {
        let handed_over = *moves.borrow_and_update();
        let patience = match handed_over {
            0 => CONNECT + STALL,
            all if all == whole => STALL + Duration::from_secs(whole / SLOWEST),
            _ => STALL,
        };
        tokio::select! {
            answer = &mut sending => match answer {
                Ok(response) => return read(response, most).await,
                Err(_) => return Err(BrokenOff { moved: *moves.borrow() > 0 }),
            },
            // When the body is dropped, what is left is to wait for the answer.
            Ok(()) = moves.changed() => {}
            () = time::sleep(patience) => return Err(BrokenOff { moved: handed_over > 0 }),
        }
    }
}

async fn read(mut response: Response, most: usize) -> Result<Answer, BrokenOff> {
    let retry_after = retry_after(&response);
    let status = response.status();
    let mut body = Vec::new();
    loop {
        match time::timeout(STALL, response.chunk()).await {
            Ok(Ok(Some(chunk))) if body.len() + chunk.len() <= most => body.extend_from_slice(&chunk),
            // Longer than any answer of an endpoint: whatever it is, it is not one. Its first bytes say as much.
            Ok(Ok(Some(_))) => return Ok(Answer { status, retry_after, body: Vec::new() }),
            Ok(Ok(None)) => return Ok(Answer { status, retry_after, body }),
            _ => return Err(BrokenOff { moved: true }),
        }
    }
}

fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// A body that says how much of it was taken.
struct Moving {
    rest: Bytes,
    moved: watch::Sender<u64>,
}

impl Body for Moving {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let size = self.rest.len().min(CHUNK);
        let chunk = self.rest.split_to(size);
        self.moved.send_modify(|moved| *moved += size as u64);
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
