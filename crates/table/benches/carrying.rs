//! `carry --all` of 200,000 entries, each file synced and read back, beside writing, syncing and reading back the same
//! bytes.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

mod kit;

use std::{
    fs::{self, File},
    hint::black_box,
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use data_encoding::HEXLOWER;
use kit::{NOW, draft, kit};
use proof::{Frontier, Hash, Seed};
use rusqlite::Connection;
use serde_json::json;
use table::{DatabaseKey, Keys, SetUp, Table};

const ENTRIES: u64 = 200_000;
const SIGNED: u64 = 5_000;

fn keys() -> Keys {
    Keys { database: DatabaseKey::from_bytes([5; 32]), device: Seed::from_bytes([6; 32]) }
}

fn table(folder: &Path) -> Table {
    let mut rng = rand::rng();
    let mut table =
        Table::create(folder, keys(), SetUp::new(&kit(), "Bench", None, NOW).unwrap(), NOW, &mut rng)
            .unwrap();
    table.start_shift("Market", "D. R.", NOW, &mut rng).unwrap();
    let draft = draft();
    for _ in 0..SIGNED {
        black_box(table.sign(&draft, false, NOW, &mut rng).unwrap());
    }
    drop(table);
    fill_up(&folder.join("table.db"), &[5; 32]);
    Table::open(folder, keys(), NOW).unwrap()
}

/// Fills a table's log up with copies of its entries: sealing so many anew takes minutes, and their bytes do not matter
/// here.
fn fill_up(database: &Path, key: &[u8; 32]) {
    let mut file = Connection::open(database).unwrap();
    file.execute_batch(&format!("PRAGMA key = \"x'{}'\";", HEXLOWER.encode(key))).unwrap();
    let transaction = file.transaction().unwrap();
    let first = 1_i64 << 40;
    let signed: i64 = transaction.query_row("SELECT count(*) FROM entry", [], |row| row.get(0)).unwrap();
    for size in (signed..ENTRIES as i64).step_by(signed as usize) {
        let copy = "INSERT INTO entry SELECT place + ?1, petition, shift, saved_at, leaf, envelope FROM entry
            WHERE place < ?2";
        transaction.execute(copy, (size, first + signed.min(ENTRIES as i64 - size))).unwrap();
    }
    let mut frontier = Frontier::default();
    let mut select = transaction.prepare("SELECT leaf FROM entry ORDER BY place").unwrap();
    let leaves = select.query_map([], |row| row.get(0)).unwrap();
    leaves.for_each(|leaf| frontier.push(Hash(leaf.unwrap())));
    drop(select);
    let sizes = "UPDATE generation SET size = ?1, frontier = ?2";
    transaction.execute(sizes, (frontier.size() as i64, frontier.to_bytes())).unwrap();
    transaction.execute("UPDATE saved SET saved = ?1", [frontier.size() as i64]).unwrap();
    transaction.execute_batch("DELETE FROM stride; DELETE FROM stride_count;").unwrap();
    transaction.commit().unwrap();
}

fn bare(from: &Path, to: &Path) -> Duration {
    let files: Vec<_> =
        fs::read_dir(from).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()).collect();
    let started = Instant::now();
    for (number, bytes) in files.iter().enumerate() {
        let path = to.join(number.to_string());
        let mut file = File::create(&path).unwrap();
        file.write_all(bytes).unwrap();
        file.sync_all().unwrap();
        assert!(fs::read(&path).unwrap() == *bytes);
    }
    started.elapsed()
}

fn carrying(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let table = table(&folder.path().join("table"));
    let (mut carried, mut copied) = (Vec::new(), Vec::new());
    let mut group = criterion.benchmark_group("carrying");
    group.sampling_mode(SamplingMode::Flat).sample_size(10).warm_up_time(Duration::from_millis(1));
    group.measurement_time(Duration::from_secs(1));
    group.bench_function("200,000 entries", |bencher| {
        bencher.iter_custom(|turns| {
            (0..turns)
                .map(|_| {
                    let (stick, other) = (folder.path().join("stick"), folder.path().join("other"));
                    fs::create_dir(&stick).unwrap();
                    fs::create_dir(&other).unwrap();
                    let started = Instant::now();
                    assert_eq!(table.carry(&stick, true).unwrap().signatures, ENTRIES);
                    let took = started.elapsed();
                    carried.push(took);
                    copied.push(bare(&stick, &other));
                    fs::remove_dir_all(stick).unwrap();
                    fs::remove_dir_all(other).unwrap();
                    took
                })
                .sum()
        });
    });
    group.finish();
    write_figures(&mut carried, &mut copied);
}

fn write_figures(carried: &mut [Duration], copied: &mut [Duration]) {
    let median = |times: &mut [Duration]| {
        times.sort();
        times[times.len() / 2].as_secs_f64()
    };
    let (carried, copied) = (median(carried), median(copied));
    let figures = json!([{
        "what": "write 200,000 entries to batch files, synced and read back; beside copying those files so",
        "figure": format!("{carried:.2} s"),
        "peer": format!("{copied:.2} s"),
        "ratio": carried / copied,
    }]);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/figures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("carrying.json"), figures.to_string()).unwrap();
}

criterion_group!(benches, carrying);
criterion_main!(benches);
