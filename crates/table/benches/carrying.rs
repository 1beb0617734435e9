//! `carry --all` of 200,000 entries, each file synced and read back, beside writing, syncing and reading back the same
//! bytes.
#![expect(clippy::unwrap_used, reason = "a benchmark")]

mod full;
mod kit;

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use full::full;
use serde_json::json;

const ENTRIES: u64 = 200_000;

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
    let table = full(&folder.path().join("table"), ENTRIES);
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
