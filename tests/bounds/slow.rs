//! Clients that send a byte now and then, or never read what they asked for. What is closed on them they open again.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use proof::CampaignId;
use system_tests::eventually;
use tokio::{io::AsyncWriteExt, net::TcpStream, task::JoinSet, time::interval};

use super::PATIENCE;

const NOW_AND_THEN: Duration = Duration::from_millis(400);

/// They go on until this is dropped.
pub(crate) struct Slow {
    open: Arc<AtomicUsize>,
    count: usize,
    _clients: JoinSet<()>,
}

#[derive(Clone)]
struct Kind {
    /// What it sends at once.
    asks: String,
    /// What it sends byte for byte after that.
    drips: Option<u8>,
    count: usize,
}

impl Slow {
    /// Starts them. `pull` is the path of a large log, and `token` opens it.
    pub(crate) fn start(url: &str, campaign: CampaignId, pull: &str, token: &str) -> Self {
        let address = url.strip_prefix("http://").unwrap();
        let post = format!("POST /v1/campaigns/{campaign}/batches HTTP/1.1\r\nhost: endpoint\r\n");
        let describe = "GET /v1/openapi.json HTTP/1.1\r\nhost: endpoint\r\n\r\n";
        let pull = format!("GET {pull} HTTP/1.1\r\nhost: endpoint\r\nauthorization: Bearer {token}\r\n\r\n");
        let kinds = [
            Kind { asks: String::new(), drips: Some(b'G'), count: 40 },
            Kind { asks: post.clone() + "slow: ", drips: Some(b'x'), count: 40 },
            Kind { asks: post + "content-length: 8388608\r\n\r\nUNDB", drips: Some(0), count: 80 },
            Kind { asks: describe.repeat(500), drips: None, count: 38 },
            Kind { asks: pull, drips: None, count: 2 },
        ];
        let open = Arc::new(AtomicUsize::new(0));
        let count = kinds.iter().map(|kind| kind.count).sum();
        let mut clients = JoinSet::new();
        for kind in kinds {
            for _ in 0..kind.count {
                let (address, kind, open) = (address.to_owned(), kind.clone(), Arc::clone(&open));
                clients.spawn(async move {
                    loop {
                        let _closed = kind.play(&address, &open).await;
                    }
                });
            }
        }
        Self { open, count, _clients: clients }
    }

    /// Returns when all of them are connected.
    pub(crate) async fn are_there(&self) {
        let all = || Ok((self.open.load(Ordering::Relaxed) == self.count).then_some(()));
        eventually("the slow connections", PATIENCE, async || all()).await.unwrap();
    }
}

impl Kind {
    async fn play(&self, address: &str, open: &Arc<AtomicUsize>) -> io::Result<()> {
        let mut now_and_then = interval(NOW_AND_THEN);
        now_and_then.tick().await;
        let mut stream = TcpStream::connect(address).await?;
        let _counted = Counted::new(open);
        stream.write_all(self.asks.as_bytes()).await?;
        loop {
            now_and_then.tick().await;
            match self.drips {
                Some(byte) => {
                    stream.write_all(&[byte]).await?;
                    // Closed: what is told is read, and then the end.
                    let mut told = [0; 1_024];
                    if stream.try_read(&mut told).is_ok_and(|size| size == 0) {
                        return Ok(());
                    }
                }
                // It never reads; that it was closed shows in what cannot be written.
                None => stream.write_all(b"\r\n").await?,
            }
        }
    }
}

/// One that is connected, until this is dropped.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(open: &Arc<AtomicUsize>) -> Self {
        open.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(open))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
