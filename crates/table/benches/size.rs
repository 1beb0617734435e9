//! A table of 200,000 entries beside one with none: from start to usable, a refresh of the table screen, and memory.
//!
//! Each is measured in a process of its own, in turn: what the other one read is in no cache of it.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

mod full;
mod kit;

use std::{
    env, fs,
    hint::black_box,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use full::{full, keys};
use kit::NOW;
use serde_json::{Value, json};
use table::{SignOutcome, Table};

const ENTRIES: u64 = 200_000;
const STARTS: usize = 15;
const REFRESHES: usize = 1_000;
const FOLDER: &str = "UNDERSIGNED_BENCH_TABLE";

/// What one process found.
#[derive(Default)]
struct Found {
    opened_ms: Vec<f64>,
    refreshed_us: Vec<f64>,
    memory_mib: Vec<f64>,
}

fn main() {
    if let Ok(folder) = env::var(FOLDER) {
        return measure(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let paths = ["none", "many"].map(|name| folder.path().join(name));
    drop(full(&paths[0], 0));
    drop(full(&paths[1], ENTRIES));
    sign(&paths[1]);
    let mut found = [Found::default(), Found::default()];
    for _ in 0..STARTS {
        for (path, found) in paths.iter().zip(&mut found) {
            let run = Command::new(env::current_exe().unwrap()).env(FOLDER, path).output().unwrap();
            let told = String::from_utf8(run.stdout).unwrap();
            let figures: Vec<f64> = told.split_whitespace().map(|figure| figure.parse().unwrap()).collect();
            found.opened_ms.push(figures[0]);
            found.refreshed_us.push(figures[1]);
            found.memory_mib.push(figures[2]);
        }
    }
    write_figures(found);
}

/// As many more as are not booked at the most, so that the dearest case is measured.
fn sign(folder: &Path) {
    let mut table = Table::open(folder, keys(), NOW).unwrap();
    for _ in 0..15 {
        let outcome = table.sign(&kit::draft(), false, NOW, &mut rand::rng()).unwrap();
        assert!(matches!(outcome, SignOutcome::Saved(_)));
    }
}

/// Opens a table as its program does at start, and refreshes the table screen.
fn measure(folder: &Path) {
    let started = Instant::now();
    let table = Table::open(folder, keys(), NOW).unwrap();
    refresh(&table);
    let opened = started.elapsed().as_secs_f64() * 1e3;
    let started = Instant::now();
    (0..REFRESHES).for_each(|_| refresh(&table));
    let refreshed = started.elapsed().as_secs_f64() * 1e6 / REFRESHES as f64;
    println!("{opened} {refreshed} {}", memory_mib());
}

/// What the table screen asks for.
fn refresh(table: &Table) {
    black_box(table.counts().unwrap());
    black_box(table.saved_today(NOW).unwrap());
    black_box(table.logs());
    for petition in table.petitions() {
        black_box(table.goal(petition.id()).unwrap());
    }
}

/// The most memory that this process had at a time: `VmHWM` of proc(5).
fn memory_mib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

fn write_figures([none, many]: [Found; 2]) {
    let row = |what: &str, unit: &str, none: Vec<f64>, many: Vec<f64>| -> Value {
        let (none, many) = (median(none), median(many));
        json!({
            "what": format!("{what}; beside one with none"),
            "figure": format!("{many:.1} {unit}"),
            "peer": format!("{none:.1} {unit}"),
            "ratio": many / none,
        })
    };
    let figures = json!([
        row(
            "a table of 200,000 entries opened until it is usable, median of 15",
            "ms",
            none.opened_ms,
            many.opened_ms
        ),
        row("what the table screen asks of it, all together", "µs", none.refreshed_us, many.refreshed_us),
        row("the most memory that it takes", "MiB", none.memory_mib, many.memory_mib),
    ]);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/figures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("size.json"), figures.to_string()).unwrap();
    println!("{figures}");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
