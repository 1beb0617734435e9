//! Sends 100,000 envelopes from a table over loopback to an endpoint on SQLite, every receipt verified, beside
//! inserting the same bytes into a bare SQLite file with the same number of rows a commit.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

#[path = "../../crates/table/benches/full/fill_up.rs"]
mod fill_up;

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, Instant, SystemTime},
};

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use desk::Desk;
use fill_up::fill_up;
use proof::Seed;
use rusqlite::Connection;
use serde_json::json;
use system_tests::Endpoint;
use table::{Draft, SetUp, Table, sending};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const ENTRIES: u64 = 100_000;
const SIGNED: u64 = 5_000;
const A_MONTH: i64 = 30 * 86_400;
/// How many rows the bare file takes a commit: what a batch holds.
const A_BATCH: usize = 1024;

/// A table with so many signatures that nobody has received, and an endpoint that forgets at every turn.
struct Campaign {
    about: desk::CampaignAbout,
    keys: [[u8; 32]; 2],
    address: wire::EndpointAddress,
    endpoint: Endpoint,
    folder: TempDir,
    turns: usize,
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
        let key = desk::BackupKey::with_work("ten characters", 1, &mut rng).unwrap();
        let backup = desk::NewBackup { path: &folder.path().join("backup"), key: &key };
        let at = &folder.path().join("desk");
        let mut desk =
            Desk::create(at, keys, "Bench", Some(address.clone()), &backup, now, &mut rng).unwrap();
        let petition = desk.add_petition(table::SAMPLE, now, &mut rng).unwrap();
        let (_, kit) = desk.make_kit("Bench", 1_000, now + A_MONTH, now, &mut rng).unwrap();
        let keys = table::Keys::generate(&mut rng);
        let campaign = Self {
            about: desk.campaign(),
            keys: keys.named().map(|(_, key)| *key),
            address,
            endpoint,
            folder,
            turns: 0,
        };
        sign_all(
            Table::create(
                &campaign.folder.path().join("table"),
                keys,
                SetUp::new(&kit, "Bench", None, now).unwrap(),
                now,
                &mut rng,
            )
            .unwrap(),
            petition,
        );
        fill_up(&campaign.folder.path().join("table/table.db"), &campaign.keys[0], ENTRIES);
        drop(campaign.open(&campaign.folder.path().join("table")));
        campaign
    }

    /// The table as it was before anything was sent, and an endpoint that has nothing of it.
    fn turn(&mut self, runtime: &Runtime) -> (PathBuf, Arc<Mutex<Table>>) {
        self.turns += 1;
        let copy = self.folder.path().join(format!("table-{}", self.turns));
        fs::create_dir(&copy).unwrap();
        for file in fs::read_dir(self.folder.path().join("table")).unwrap().map(Result::unwrap) {
            fs::copy(file.path(), copy.join(file.file_name())).unwrap();
        }
        self.endpoint.stop().unwrap();
        for file in fs::read_dir(self.folder.path().join("endpoint")).unwrap().map(Result::unwrap) {
            if file.file_name().to_string_lossy().starts_with("endpoint.db") {
                fs::remove_file(file.path()).unwrap();
            }
        }
        self.endpoint.start_again().unwrap();
        let asking = wire::Client::new(&self.endpoint.url()).unwrap();
        runtime.block_on(asking.put_campaign(self.about.id, self.about.note.clone())).unwrap();
        let table = self.open(&copy);
        (copy, Arc::new(Mutex::new(table)))
    }

    fn open(&self, folder: &Path) -> Table {
        let [database, device] = self.keys;
        let keys = table::Keys {
            database: table::DatabaseKey::from_bytes(database),
            device: Seed::from_bytes(device),
        };
        Table::open(folder, keys, now()).unwrap()
    }
}

fn sign_all(mut table: Table, petition: uuid::Uuid) {
    let mut rng = rand::rng();
    let now = now();
    table.start_shift("Market", "D. R.", now, &mut rng).unwrap();
    for number in 0..SIGNED {
        let mut draft = Draft::default();
        draft.petition = petition;
        draft.language = "en".into();
        draft.full_name = format!("Person Number{number}");
        draft.email = format!("person{number}@example.org");
        black_box(table.sign(&draft, false, now, &mut rng).unwrap());
    }
}

fn bare_inserts(path: &Path) -> Duration {
    let mut file = Connection::open(path).unwrap();
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

fn sending(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let mut campaign = Campaign::new(&runtime);
    let (mut sent, mut bare) = (Vec::new(), Vec::new());
    let mut group = criterion.benchmark_group("sending");
    group.sampling_mode(SamplingMode::Flat).sample_size(10).warm_up_time(Duration::from_millis(1));
    group.measurement_time(Duration::from_secs(1));
    group.bench_function("100,000 envelopes", |bencher| {
        bencher.iter_custom(|turns| {
            (0..turns)
                .map(|_| {
                    let (folder, table) = campaign.turn(&runtime);
                    let client = wire::Client::of(&campaign.address).unwrap();
                    let started = Instant::now();
                    let done = sending::send_until_done(table, client);
                    let report = runtime.block_on(done).unwrap();
                    let took = started.elapsed();
                    assert_eq!((report.received, report.waiting), (ENTRIES, 0));
                    sent.push(took);
                    bare.push(bare_inserts(&folder.join("bare.db")));
                    fs::remove_dir_all(folder).unwrap();
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
        "what": "send 100,000 envelopes over loopback to a SQLite endpoint, receipts verified; beside bare SQLite inserts of the same bytes",
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
