//! Capture (validate, seal, commit) beside one bare SQLite FULL commit of a row of the same size, in one run. The key of the
//! envelope is agreed on before, as it is in the kiosk while a person types.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

mod kit;

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use criterion::{Criterion, criterion_group, criterion_main};
use hdrhistogram::Histogram;
use kit::{NOW, draft, kit};
use rusqlite::Connection;
use serde_json::{Value, json};
use table::{Keys, SetUp, SignOutcome, Table};

/// A file that takes rows of the size of an entry, one a commit.
fn bare(path: &Path, key: &str) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(&format!(
            "{key} PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE entry (place INTEGER PRIMARY KEY, leaf BLOB NOT NULL, envelope BLOB NOT NULL) STRICT;"
        ))
        .unwrap();
    connection
}

fn commit(connection: &Connection) {
    let mut insert = connection.prepare_cached("INSERT INTO entry (leaf, envelope) VALUES (?1, ?2)").unwrap();
    insert.execute((&[7_u8; 32], &[7_u8; 1657])).unwrap();
}

fn timed(times: &mut Histogram<u64>, work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    let took = started.elapsed();
    times.record(took.as_nanos() as u64).unwrap();
    took
}

fn capture(criterion: &mut Criterion) {
    let mut rng = rand::rng();
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::generate(&mut rng);
    let mut table = Table::create(
        &folder.path().join("table"),
        keys,
        SetUp::new(&kit(), "Bench", None, NOW).unwrap(),
        NOW,
        &mut rng,
    )
    .unwrap();
    table.start_shift("Market", "D. R.", NOW, &mut rng).unwrap();
    let draft = draft();
    let plain = bare(&folder.path().join("plain.db"), "");
    let cipher = bare(&folder.path().join("cipher.db"), &format!("PRAGMA key = \"x'{}'\";", "5a".repeat(32)));
    let mut times = [(); 3].map(|()| Histogram::<u64>::new(3).unwrap());
    criterion.bench_function("capture, a bare commit, and a bare encrypted commit in turn", |bencher| {
        bencher.iter_custom(|turns| {
            (0..turns)
                .map(|_| {
                    timed(&mut times[1], || commit(&plain));
                    timed(&mut times[2], || commit(&cipher));
                    table.make_ready(NOW, &mut rng).unwrap();
                    timed(&mut times[0], || {
                        let outcome = table.sign(&draft, false, NOW, &mut rng).unwrap();
                        assert!(matches!(black_box(outcome), SignOutcome::Saved(_)));
                    })
                })
                .sum()
        });
    });
    write_figures(&times);
}

fn write_figures([capture, plain, cipher]: &[Histogram<u64>; 3]) {
    let row = |name: &str, peer: &Histogram<u64>, quantile: f64| -> Value {
        let at = |times: &Histogram<u64>| times.value_at_quantile(quantile) as f64 / 1e6;
        json!({
            "what": format!("capture (validate, seal, commit) {name}"),
            "figure": format!("{:.2} ms", at(capture)),
            "peer": format!("{:.2} ms", at(peer)),
            "ratio": at(capture) / at(peer),
        })
    };
    let figures = json!([
        row("p50, beside a bare SQLite FULL commit of the same size", plain, 0.5),
        row("p99, beside a bare SQLite FULL commit of the same size", plain, 0.99),
        row("p50, beside a bare SQLCipher FULL commit of the same size", cipher, 0.5),
    ]);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/figures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("capture.json"), figures.to_string()).unwrap();
}

criterion_group!(benches, capture);
criterion_main!(benches);
