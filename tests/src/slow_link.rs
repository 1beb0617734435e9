//! A slow link to an endpoint.

use std::{
    net::SocketAddr,
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::Context;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    runtime::Builder,
    sync::oneshot,
    time::{MissedTickBehavior, interval},
};

/// How often a share of the rate passes.
const TICK: Duration = Duration::from_millis(50);
/// What the link takes at once. With more, the sender's system would think all of it sent.
const BUFFER: u32 = 4096;

/// A link before an endpoint that passes so many bytes a second upwards, and everything downwards.
#[derive(Debug)]
pub struct SlowLink {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl SlowLink {
    /// Listens at a free port, before the endpoint at `url`.
    pub fn start(url: &str, bytes_a_second: usize) -> anyhow::Result<Self> {
        let endpoint: SocketAddr = url.strip_prefix("http://").context("not an http address")?.parse()?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _inside = runtime.enter();
            let socket = TcpSocket::new_v4()?;
            socket.set_recv_buffer_size(BUFFER)?;
            socket.bind(([127, 0, 0, 1], 0).into())?;
            socket.listen(64)?
        };
        let address = listener.local_addr()?;
        let (stop, mut stopped) = oneshot::channel();
        let share = bytes_a_second.div_ceil(20).max(1);
        let thread = thread::spawn(move || {
            runtime.block_on(async move {
                loop {
                    tokio::select! {
                        taken = listener.accept() => if let Ok((stream, _)) = taken {
                            tokio::spawn(pass(stream, endpoint, share));
                        },
                        _ = &mut stopped => return,
                    }
                }
            });
        });
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for SlowLink {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

async fn pass(mut table: TcpStream, endpoint: SocketAddr, share: usize) {
    let Ok(mut there) = TcpStream::connect(endpoint).await else { return };
    let (mut from_table, mut to_table) = table.split();
    let (mut from_there, mut to_there) = there.split();
    tokio::join!(upwards(&mut from_table, &mut to_there, share), async {
        let _ended = tokio::io::copy(&mut from_there, &mut to_table).await;
        let _ended = to_table.shutdown().await;
    });
}

async fn upwards(from: &mut (impl AsyncRead + Unpin), to: &mut (impl AsyncWrite + Unpin), share: usize) {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut bytes = vec![0; share];
    loop {
        ticks.tick().await;
        match from.read(&mut bytes).await {
            Ok(0) | Err(_) => break,
            Ok(size) => {
                if to.write_all(&bytes[..size]).await.is_err() {
                    return;
                }
            }
        }
    }
    let _ended = to.shutdown().await;
}
