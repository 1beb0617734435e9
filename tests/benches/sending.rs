//! Sends 10,000 envelopes from a table over loopback to an endpoint on SQLite, every receipt verified, beside
//! inserting the same bytes into a bare SQLite file with the same number of rows a commit.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::{
    fs,
    hint::black_box,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, Instant, SystemTime},
};

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use desk::Desk;
use rusqlite::Connection;
use serde_json::json;
use system_tests::Endpoint;
use table::{Table, petition::Draft, sending, wire};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const ENTRIES: u64 = 10_000;
const A_MONTH: i64 = 30 * 86_400;
/// How many rows the bare file takes a commit: what a batch holds.
const A_BATCH: usize = 512;

struct Campaign {
    desk: Desk,
    petition: uuid::Uuid,
    client: wire::Client,
    kit: String,
    folder: TempDir,
    _endpoint: Endpoint,
}

impl Campaign {
    fn new(runtime: &Runtime) -> Self {
        let mut rng = rand::rng();
        let now = now();
        let folder = tempfile::tempdir().unwrap();
        let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
        let asking = wire::Client::new(&endpoint.url()).unwrap();
        let key = runtime.block_on(asking.about()).unwrap().endpoint;
        let address = wire::EndpointAddress { url: endpoint.url(), key };
        let keys = desk::Keys::generate(&mut rng);
        let mut desk =
            Desk::create(&folder.path().join("desk"), keys, "Bench", Some(address.clone()), now, &mut rng)
                .unwrap();
        let about = desk.campaign();
        runtime.block_on(asking.put_campaign(about.id, about.note)).unwrap();
        let petition = desk.add_petition(table::petition::SAMPLE, now, &mut rng).unwrap();
        let (_, kit) = desk.make_kit("Bench", 1_000, now + A_MONTH, now, &mut rng).unwrap();
        Self { desk, petition, client: wire::Client::of(&address).unwrap(), kit, folder, _endpoint: endpoint }
    }

    /// A table with so many signatures that nobody has received.
    fn table(&self, name: &str) -> Table {
        let mut rng = rand::rng();
        let now = now();
        let keys = table::Keys::generate(&mut rng);
        let mut table =
            Table::create(&self.folder.path().join(name), keys, &self.kit, name, now, &mut rng).unwrap();
        table.start_shift("Market", "D. R.", now, &mut rng).unwrap();
        for number in 0..ENTRIES {
            let mut draft = Draft::default();
            draft.petition = self.petition;
            draft.language = "en".into();
            draft.full_name = format!("Person Number{number}");
            draft.email = format!("person{number}@example.org");
            black_box(table.sign(&draft, false, now, &mut rng).unwrap());
        }
        table
    }

    fn bare_inserts(&self, name: &str) -> Duration {
        let mut file = Connection::open(self.folder.path().join(name)).unwrap();
        file.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE entry (idx INTEGER PRIMARY KEY, leaf BLOB NOT NULL, envelope BLOB NOT NULL) STRICT;",
        )
        .unwrap();
        let (leaf, envelope) = ([7_u8; 32], [7_u8; 1657]);
        let started = Instant::now();
        let indexes: Vec<i64> = (0..ENTRIES as i64).collect();
        for batch in indexes.chunks(A_BATCH) {
            let transaction = file.transaction().unwrap();
            for index in batch {
                let mut insert = transaction.prepare_cached("INSERT INTO entry VALUES (?1, ?2, ?3)").unwrap();
                insert.execute((index, &leaf, &envelope)).unwrap();
            }
            transaction.commit().unwrap();
        }
        started.elapsed()
    }
}

fn sending(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let campaign = Campaign::new(&runtime);
    assert!(campaign.desk.petitions().unwrap().len() == 1);
    let (mut sent, mut bare) = (Vec::new(), Vec::new());
    let mut group = criterion.benchmark_group("sending");
    group.sampling_mode(SamplingMode::Flat).sample_size(10).warm_up_time(Duration::from_millis(1));
    group.measurement_time(Duration::from_secs(1));
    group.bench_function("10,000 envelopes", |bencher| {
        bencher.iter_custom(|turns| {
            (0..turns)
                .map(|_| {
                    let name = format!("table-{}", sent.len());
                    let table = Arc::new(Mutex::new(campaign.table(&name)));
                    let started = Instant::now();
                    let done = sending::send_until_done(Arc::clone(&table), campaign.client.clone());
                    let report = runtime.block_on(done).unwrap();
                    let took = started.elapsed();
                    assert_eq!((report.received, report.waiting), (ENTRIES, 0));
                    sent.push(took);
                    bare.push(campaign.bare_inserts(&format!("{name}.bare")));
                    took
                })
                .sum()
        });
    });
    group.finish();
    write_figures(&mut sent, &mut bare);
}

/// The endpoint holds the tables of a kit that is over by its own clock, so this is the real one.
fn now() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() as i64
}

fn write_figures(sent: &mut [Duration], bare: &mut [Duration]) {
    let per_second = |times: &mut [Duration]| {
        times.sort();
        ENTRIES as f64 / times[times.len() / 2].as_secs_f64()
    };
    let (sent, bare) = (per_second(sent), per_second(bare));
    let figures = json!([{
        "what": "send 10,000 envelopes over loopback to a SQLite endpoint, receipts verified; beside bare SQLite inserts of the same bytes",
        "figure": format!("{sent:.0} a second"),
        "peer": format!("{bare:.0} a second"),
        "ratio": sent / bare,
    }]);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/figures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("sending.json"), figures.to_string()).unwrap();
}

criterion_group!(benches, sending);
criterion_main!(benches);
