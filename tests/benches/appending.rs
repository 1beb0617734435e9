//! Appends batches of ten over loopback, receipts verified: to an endpoint that stores 1,000,000 entries beside one that
//! stores 10,000, in turn; and to the larger one while a desk pulls from it without a pause, in turn with a bare commit of
//! as many bytes to a database of SQLite on the same disk: an append cannot be faster than that.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use fixtures::{Campaign, NumberedLog};
use hdrhistogram::Histogram;
use rusqlite::Connection;
use serde_json::json;
use system_tests::Endpoint;
use tokio::runtime::Runtime;
use wire::{Client, EndpointAddress, LogRow, Pull, Pulled, SendAnswer, Signed, Token};

const TABLES: u64 = 10;
/// What is in a batch that is measured.
const BATCH: u64 = 10;
/// What is in a batch that fills an endpoint: as much as a table sends at once.
const FILLING: u64 = 1_024;
/// Below what a campaign may send at once.
const APPENDS: usize = 1_000;
/// Bytes of an envelope.
const ENVELOPE: u32 = 1_657;
/// For an append, while a desk pulls.
const LIMIT: Duration = Duration::from_millis(2);

/// An endpoint with so many entries.
struct Side {
    endpoint: Endpoint,
    client: Client,
    campaign: Campaign,
    tables: Vec<(NumberedLog, u64)>,
    turn: usize,
}

impl Side {
    async fn filled(folder: &Path, entries: u64) -> Self {
        let endpoint = Endpoint::start(folder).unwrap();
        let key = Client::new(&endpoint.url()).unwrap().about().await.unwrap().endpoint;
        let client = Client::of(&EndpointAddress { url: endpoint.url(), key }).unwrap();
        let campaign = Campaign::new(1);
        client.put_campaign(campaign.id, campaign.about().note()).await.unwrap();
        let tables = (0..TABLES).map(|number| (NumberedLog::new(&campaign, number), 0)).collect();
        let mut side = Self { endpoint, client, campaign, tables, turn: 0 };
        for _ in 0..entries.div_ceil(TABLES * FILLING) {
            for _ in 0..TABLES {
                side.append(FILLING.min(entries / TABLES)).await;
            }
        }
        side
    }

    /// The next table sends so many. Gives how long it waited for its receipt.
    async fn append(&mut self, entries: u64) -> Duration {
        let next = self.turn % self.tables.len();
        self.turn += 1;
        let (table, size) = &mut self.tables[next];
        let (bytes, checkpoint) = table.batch(*size, *size + entries);
        let started = Instant::now();
        let answer = self.client.send_batch(bytes, &checkpoint).await;
        let took = started.elapsed();
        assert!(matches!(answer, SendAnswer::Received { .. }), "{answer:?}");
        *size += entries;
        took
    }

    async fn token(&self) -> Token {
        let nonce = self.client.challenge(self.campaign.id).await.unwrap().nonce;
        let endpoint = self.client.about().await.unwrap().endpoint;
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() as i64;
        let pull = Pull { nonce, endpoint };
        let pull = Signed::sign(self.campaign.id, now, pull, &[&self.campaign.root]).unwrap();
        self.client.token(&pull).await.unwrap()
    }
}

/// A database without anything around it.
struct Bare(Connection);

impl Bare {
    fn new(path: &Path) -> Self {
        let connection = Connection::open(path).unwrap();
        let set_up = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
            CREATE TABLE entry (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;";
        connection.execute_batch(set_up).unwrap();
        Self(connection)
    }

    /// Commits as many bytes as a batch that is measured has. Gives how long that took.
    fn commit(&mut self) -> Duration {
        let started = Instant::now();
        let transaction = self.0.transaction().unwrap();
        for _ in 0..BATCH {
            transaction.execute("INSERT INTO entry (bytes) VALUES (randomblob(?1))", [ENVELOPE]).unwrap();
        }
        transaction.commit().unwrap();
        started.elapsed()
    }
}

/// Pulls log after log until it is told to end. Gives how many batches it got.
async fn pull(
    client: Client,
    campaign: proof::CampaignId,
    logs: Vec<LogRow>,
    token: Token,
    end: Arc<AtomicBool>,
) -> u64 {
    let mut pulled = 0;
    loop {
        for log in &logs {
            for from in (0..log.size).step_by(FILLING as usize) {
                if end.load(Ordering::Relaxed) {
                    return pulled;
                }
                let got = client.pull(campaign, log, from, &token).await.unwrap();
                pulled += u64::from(matches!(got, Pulled::Batch(_)));
            }
        }
    }
}

fn main() {
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let new = || Histogram::<u64>::new(3).unwrap();
    let (mut small, mut large, mut pulled_beside, mut bare_beside) = (new(), new(), new(), new());
    let micros = |took: Duration| u64::try_from(took.as_micros()).unwrap();
    runtime.block_on(async {
        let mut few = Side::filled(&folder.path().join("few"), 10_000).await;
        let mut many = Side::filled(&folder.path().join("many"), 1_000_000).await;
        // What was used up of what may be sent at once is forgotten with a restart.
        for side in [&mut few, &mut many] {
            side.endpoint.stop().unwrap();
            side.endpoint.start_again().unwrap();
        }
        for _ in 0..APPENDS {
            small.record(micros(few.append(BATCH).await)).unwrap();
            large.record(micros(many.append(BATCH).await)).unwrap();
        }
        many.endpoint.stop().unwrap();
        many.endpoint.start_again().unwrap();
        let token = many.token().await;
        let logs = many.client.logs(many.campaign.id, &token).await.unwrap();
        let end = Arc::new(AtomicBool::new(false));
        let desk = tokio::spawn(pull(many.client.clone(), many.campaign.id, logs, token, Arc::clone(&end)));
        let mut bare = Bare::new(&folder.path().join("bare.db"));
        for _ in 0..APPENDS {
            pulled_beside.record(micros(many.append(BATCH).await)).unwrap();
            bare_beside.record(micros(bare.commit())).unwrap();
        }
        end.store(true, Ordering::Relaxed);
        println!("{} batches were pulled meanwhile", desk.await.unwrap());
    });
    for (what, times) in [
        ("10,000", &small),
        ("1,000,000", &large),
        ("while pulling", &pulled_beside),
        ("a bare commit while pulling", &bare_beside),
    ] {
        let at = |part| times.value_at_quantile(part);
        println!(
            "{what}: mean {:.0}, p50 {}, p99 {}, most {} µs",
            times.mean(),
            at(0.5),
            at(0.99),
            times.max()
        );
    }
    write_figures(&small, &large, &pulled_beside, &bare_beside);
}

fn write_figures(
    small: &Histogram<u64>,
    large: &Histogram<u64>,
    pulled_beside: &Histogram<u64>,
    bare_beside: &Histogram<u64>,
) {
    let milliseconds = |micros: f64| format!("{:.2} ms", micros / 1_000.0);
    let (small, large) = (small.value_at_quantile(0.5) as f64, large.value_at_quantile(0.5) as f64);
    let (p99, limit) = (pulled_beside.value_at_quantile(0.99) as f64, LIMIT.as_micros() as f64);
    let bare = bare_beside.value_at_quantile(0.99) as f64;
    let figures = json!([
        {
            "what": "append a batch of ten at 1,000,000 stored, receipt verified, p50; beside at 10,000",
            "figure": milliseconds(large),
            "peer": milliseconds(small),
            "ratio": large / small,
        },
        {
            "what": "append a batch of ten at 1,000,000 stored while a desk pulls, p99; beside the limit",
            "figure": milliseconds(p99),
            "peer": milliseconds(limit),
            "ratio": p99 / limit,
        },
        {
            "what": "the same p99; beside that of a bare SQLite commit of as many bytes, in turn with it",
            "figure": milliseconds(p99),
            "peer": milliseconds(bare),
            "ratio": p99 / bare,
        },
    ]);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/figures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("appending.json"), figures.to_string()).unwrap();
}
