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

/// So much is handed to the system at once.
const CHUNK: usize = 16 << 10;

/// How long is waited.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// So long may it take to reach the address.
    connect: Duration,
    /// So long may nothing move, either way.
    stall: Duration,
    /// What is handed to the system may still be on its way: it is given the time of a link of so many bytes a second.
    slowest: u64,
}

/// What a thin link needs.
pub(super) const PATIENCE: Patience =
    Patience { connect: Duration::from_secs(10), stall: Duration::from_secs(30), slowest: 4 << 10 };

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
        .connect_timeout(PATIENCE.connect)
        .tcp_keepalive(PATIENCE.stall / 2);
    // The kernel sees what is acknowledged, and ends a connection on which nothing is.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let client = client.tcp_user_timeout(PATIENCE.stall);
    // Reading the system's certificates takes as long as sending a thousand entries, and is of no use without TLS.
    let client = if encrypted { client } else { client.tls_certs_only([]) };
    client.build()
}

/// Sends a request whose body is short, and gives its answer of at most so many bytes.
pub(super) async fn ask(request: RequestBuilder, most: usize) -> Result<Answer, BrokenOff> {
    match time::timeout(PATIENCE.connect + PATIENCE.stall, request.send()).await {
        Ok(Ok(response)) => read(response, most, PATIENCE).await,
        _ => Err(BrokenOff { moved: false }),
    }
}

/// Sends a body for as long as it moves, and gives the answer of at most so many bytes.
pub(super) async fn post(
    request: RequestBuilder,
    body: Vec<u8>,
    most: usize,
    patience: Patience,
) -> Result<Answer, BrokenOff> {
    let whole = body.len() as u64;
    let (moved, mut moves) = watch::channel(0_u64);
    let sending = request.body(reqwest::Body::wrap(Moving { rest: body.into(), moved })).send();
    tokio::pin!(sending);
    loop {
        let handed_over = *moves.borrow_and_update();
        let wait = match handed_over {
            0 => patience.connect + patience.stall,
            all if all == whole => patience.stall + Duration::from_secs(whole / patience.slowest),
            _ => patience.stall,
        };
        tokio::select! {
            answer = &mut sending => match answer {
                Ok(response) => return read(response, most, patience).await,
                Err(_) => return Err(BrokenOff { moved: *moves.borrow() > 0 }),
            },
            // When the body is dropped, what is left is to wait for the answer.
            Ok(()) = moves.changed() => {}
            () = time::sleep(wait) => return Err(BrokenOff { moved: handed_over > 0 }),
        }
    }
}

async fn read(mut response: Response, most: usize, patience: Patience) -> Result<Answer, BrokenOff> {
    let retry_after = retry_after(&response);
    let status = response.status();
    let mut body = Vec::new();
    loop {
        match time::timeout(patience.stall, response.chunk()).await {
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
    };

    use super::*;

    const SHORT: Patience =
        Patience { connect: Duration::from_millis(200), stall: Duration::from_millis(200), slowest: 1 << 30 };

    /// For what does move: a machine that is busy takes its time, too.
    const LONGER: Patience = Patience { stall: Duration::from_secs(2), ..SHORT };

    /// Answers one connection in its own way.
    async fn answering<F: Future<Output = ()> + Send + 'static>(
        answer: impl FnOnce(TcpStream) -> F + Send + 'static,
    ) -> RequestBuilder {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { answer(listener.accept().await.unwrap().0).await });
        client(false).unwrap().post(format!("http://{address}/"))
    }

    /// More than any system takes before somebody reads it.
    fn large() -> Vec<u8> {
        vec![7; 32 << 20]
    }

    #[tokio::test]
    async fn nobody_there_is_told_apart_from_a_link_that_broke() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let request = client(false).unwrap().post(format!("http://{address}/"));
        let broken = post(request, large(), 99, SHORT).await.err().unwrap();
        assert!(!broken.moved, "nothing was on its way");
        let request = answering(async |mut stream| {
            stream.read_exact(&mut [0; 4096]).await.unwrap();
        });
        let broken = post(request.await, large(), 99, SHORT).await.err().unwrap();
        assert!(broken.moved, "it closed while the body was on its way");
    }

    #[tokio::test]
    async fn an_upload_that_stands_still_ends_and_one_that_moves_does_not() {
        let request = answering(async |stream| {
            // Open, and read by nobody.
            let () = std::future::pending().await;
            drop(stream);
        });
        let broken = post(request.await, large(), 99, SHORT).await.err().unwrap();
        assert!(broken.moved);
        let request = answering(async |mut stream| {
            // Slower in all than a stall, and never still for as long.
            let mut pauses = tokio::time::interval(LONGER.stall / 16);
            let mut bytes = vec![0; 1 << 20];
            let mut read = 0;
            while read < 32 << 20 {
                pauses.tick().await;
                read += stream.read(&mut bytes).await.unwrap();
            }
            stream.write_all(b"HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\nok").await.unwrap();
        });
        let answer = post(request.await, large(), 99, LONGER).await.ok().unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (StatusCode::CREATED, b"ok".as_slice()));
    }

    #[tokio::test]
    async fn an_answer_that_stands_still_ends_and_one_without_end_is_cut() {
        let request = answering(async |mut stream| {
            stream.read_exact(&mut [0; 16]).await.unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf").await.unwrap();
            let () = std::future::pending().await;
            drop(stream);
        });
        assert!(post(request.await, Vec::new(), 99, SHORT).await.is_err());
        let request = answering(async |mut stream| {
            stream.read_exact(&mut [0; 16]).await.unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            while stream.write_all(&[b' '; 4096]).await.is_ok() {}
        });
        let answer = post(request.await, Vec::new(), 64 << 10, LONGER).await.ok().unwrap();
        assert!(answer.body.is_empty(), "it is no answer of an endpoint");
    }

    #[tokio::test]
    async fn a_proxy_that_refuses_while_the_body_is_on_its_way_is_heard_or_seen_to_break_it_off() {
        let request = answering(async |mut stream| {
            stream.read_exact(&mut [0; 4096]).await.unwrap();
            stream.write_all(b"HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        });
        match post(request.await, large(), 99, SHORT).await {
            Ok(answer) => assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE),
            Err(broken) => assert!(broken.moved, "a smaller batch may pass"),
        }
    }
}
