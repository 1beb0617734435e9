//! The way in: it takes connections and looks after them, so that nobody who is idle, slow or many keeps others out.

mod place;
mod watched;

use std::{
    convert::Infallible,
    future::poll_fn,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody, to_bytes},
    response::IntoResponse,
};
use hyper::{
    Request,
    body::{Frame, Incoming, SizeHint},
    header,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::{Semaphore, oneshot, watch},
    task::JoinSet,
    time,
};
use tower::ServiceExt;
use wire::ProblemCode;

use self::{
    place::{Answering, Place, Places, Seat},
    watched::Watched,
};
use super::{
    bounds::Bounds,
    problem::Refusal,
    stage::{Stage, is_at},
};

/// What the kernel takes of an answer before anybody has read it. So a reader that is slow can be told from none.
const SEND_BUFFER: u32 = 64 << 10;
/// Heads of requests, and what of a body is read at once.
const READ_BUFFER: usize = 16 << 10;
const BACKLOG: u32 = 1_024;
/// So many are told at once that there is no place for them; others are closed without a word.
const TURNED_AWAY: usize = 64;
/// A client that is still sending when it was answered is listened to for so long, and for so many bytes.
const LINGER: Duration = Duration::from_secs(5);
const LINGER_BYTES: u64 = 16 << 20;
/// The same when the endpoint ends: most clients are idle then, and would be waited for in vain.
const LAST_LINGER: Duration = Duration::from_millis(250);
/// When no connection can be taken, the next try.
const AGAIN: Duration = Duration::from_millis(50);

/// Files beside the connections: the database's, for the most part.
#[cfg(unix)]
const OTHER_FILES: u64 = 128;

/// Asks the system for as many open files as the connections need; gives how many of them it lets us have.
#[cfg(unix)]
pub(crate) fn allow(connections: usize) -> usize {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else { return connections };
    let needed = connections as u64 + OTHER_FILES;
    let most = needed.clamp(soft.min(hard), hard);
    let allowed = if setrlimit(Resource::RLIMIT_NOFILE, most, hard).is_ok() { most } else { soft };
    let fitting = allowed.saturating_sub(OTHER_FILES).max(1);
    if fitting < connections as u64 {
        tracing::warn!(connections = fitting, "the system allows fewer open files than the connections need");
    }
    usize::try_from(fitting).map_or(connections, |fitting| fitting.min(connections))
}

/// The system has no such limit.
#[cfg(not(unix))]
pub(crate) fn allow(connections: usize) -> usize {
    connections
}

/// Listens on an address.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until it is told to drain, lets what runs finish, and drops what is left after that.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    bounds: Arc<Bounds>,
    stage: watch::Sender<Stage>,
    mut stopped: oneshot::Receiver<()>,
) {
    let door =
        Door { router, bounds, places: Arc::default(), turned_away: Arc::new(Semaphore::new(TURNED_AWAY)) };
    let mut tasks = JoinSet::new();
    loop {
        tokio::select! {
            taken = listener.accept() => match taken {
                Ok((stream, _)) => door.take_in(stream, &stage, &mut tasks),
                Err(error) if is_of_the_client(&error) => {}
                Err(error) => {
                    // No more files can be opened, for one: one that waits has to go.
                    tracing::warn!(kind = ?error.kind(), "no connection can be taken");
                    door.places.close_the_longest_waiting();
                    time::sleep(AGAIN).await;
                }
            },
            Some(_) = tasks.join_next() => {}
            _ = &mut stopped => break,
        }
    }
    drop(listener);
    stage.send_replace(Stage::Draining);
    let drain = door.bounds.drain;
    let finished = async { while tasks.join_next().await.is_some() {} };
    tokio::pin!(finished);
    // Whoever is still sending then can be told so.
    if time::timeout(drain - drain / 8, &mut finished).await.is_err() {
        stage.send_replace(Stage::Ending);
        let _left = time::timeout(drain / 8, &mut finished).await;
    }
}

struct Door {
    router: Router,
    bounds: Arc<Bounds>,
    places: Arc<Places>,
    turned_away: Arc<Semaphore>,
}

impl Door {
    fn take_in(&self, stream: TcpStream, stage: &watch::Sender<Stage>, tasks: &mut JoinSet<()>) {
        let full = self.places.count() >= self.bounds.connections;
        if full && !self.places.close_the_longest_waiting() {
            if let Ok(permit) = Arc::clone(&self.turned_away).try_acquire_owned() {
                tasks.spawn(async move {
                    turn_away(stream).await;
                    drop(permit);
                });
            }
            return;
        }
        let seat = Places::take(&self.places);
        tasks.spawn(attend(stream, self.router.clone(), Arc::clone(&self.bounds), seat, stage.subscribe()));
    }
}

/// Serves one connection until it ends, its place is taken away, or it is too slow.
async fn attend(
    stream: TcpStream,
    router: Router,
    bounds: Arc<Bounds>,
    seat: Seat,
    mut stage: watch::Receiver<Stage>,
) {
    let place = Arc::clone(&seat.place);
    let _delayed = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| {
        let answering = Place::answer(&place);
        let answer = router.clone().oneshot(request.map(Body::new));
        Box::pin(async move {
            let Ok(answer) = answer.await;
            Ok::<_, Infallible>(answer.map(|body| Answer { body, _answering: answering }))
        })
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // Counted from the end of the request before: it is the idle time as well.
        .header_read_timeout(bounds.idle)
        .max_buf_size(READ_BUFFER)
        .serve_connection(
            TokioIo::new(Watched::new(stream, Arc::clone(&place), Arc::clone(&bounds))),
            service,
        );
    let mut draining = false;
    let ended = loop {
        tokio::select! {
            ended = poll_fn(|context| connection.poll_without_shutdown(context)) => break ended,
            () = is_at(&mut stage, Stage::Draining), if !draining => {
                draining = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
            () = place.taken_away() => return,
        }
    };
    let (mut stream, malformed) = connection.into_parts().io.into_inner().into_parts();
    if malformed {
        let refusal = Refusal::new(ProblemCode::BadRequest, "this is not a request of HTTP/1.1");
        let _gone = time::timeout(LINGER, async { stream.write_all(&whole(refusal).await).await }).await;
    }
    if malformed || ended.is_ok() {
        place.wait();
        let long = if draining { LAST_LINGER } else { LINGER };
        tokio::select! {
            () = linger(stream, long) => {}
            () = place.taken_away() => {}
        }
    }
}

/// An answer's body. Until it is dropped, the request is being answered.
struct Answer {
    body: Body,
    _answering: Answering,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Tells a client that there is no place for it.
async fn turn_away(mut stream: TcpStream) {
    let refusal = Refusal::later(ProblemCode::Busy, "too many connections", 2);
    if stream.write_all(&whole(refusal).await).await.is_ok() {
        linger(stream, LINGER).await;
    }
}

/// Reads on for a moment: a connection that is closed on bytes that nobody read takes its answer back.
async fn linger(mut stream: TcpStream, long: Duration) {
    if stream.shutdown().await.is_err() {
        return;
    }
    let mut rest = stream.take(LINGER_BYTES);
    let mut waste = vec![0; READ_BUFFER];
    let _over = time::timeout(long, async { while matches!(rest.read(&mut waste).await, Ok(1..)) {} }).await;
}

/// An answer where no service makes one.
async fn whole(refusal: Refusal) -> Vec<u8> {
    let (head, body) = refusal.into_response().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut bytes = format!("HTTP/1.1 {}\r\nconnection: close\r\n", head.status).into_bytes();
    bytes.extend_from_slice(format!("{}: {}\r\n", header::CONTENT_LENGTH, body.len()).as_bytes());
    for (name, value) in head.headers.iter().filter(|(name, _)| **name != header::CONTENT_LENGTH) {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(&body);
    bytes
}

fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
