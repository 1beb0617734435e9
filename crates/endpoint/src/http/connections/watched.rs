//! A stream that gives up on whoever does not read, and keeps back the bare errors of the HTTP library.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};

use super::place::Place;
use crate::http::bounds::{Bounds, Pace};

pub(super) struct Watched {
    stream: TcpStream,
    place: Arc<Place>,
    bounds: Arc<Bounds>,
    /// While something waits to be written.
    stuck: Option<(Pace, Pin<Box<Sleep>>)>,
    malformed: bool,
}

impl Watched {
    pub(super) fn new(stream: TcpStream, place: Arc<Place>, bounds: Arc<Bounds>) -> Self {
        Self { stream, place, bounds, stuck: None, malformed: false }
    }

    /// The stream, and whether what came was no request: it is to be told so.
    pub(super) fn into_parts(self) -> (TcpStream, bool) {
        (self.stream, self.malformed)
    }

    /// What is written while nothing is being answered is the library's own word on a head that it cannot read.
    fn keeps_back(&mut self) -> bool {
        self.malformed |= self.place.is_waiting();
        self.malformed
    }

    fn watch(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = &written {
            if let (Ok(bytes), Some((pace, _))) = (written, &mut self.stuck) {
                pace.moved(*bytes, Instant::now());
            }
        } else {
            let (pace, alarm) = self.stuck.get_or_insert_with(|| {
                let pace = Pace::new(&self.bounds, Instant::now());
                let alarm = Box::pin(sleep_until(pace.deadline()));
                (pace, alarm)
            });
            if alarm.deadline() != pace.deadline() {
                alarm.as_mut().reset(pace.deadline());
            }
            ready!(alarm.as_mut().poll(context));
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        written
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, into)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.keeps_back() {
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.watch(context, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.keeps_back() {
            return Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()));
        }
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, slices);
        this.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(Pin::new(&mut this.stream).poll_flush(context))?;
        this.stuck = None;
        this.place.flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
