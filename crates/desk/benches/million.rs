//! The ledger at a million signatures: its first page, a search, any filter, any page, the count and the tables, each beside its limit; and a
//! roll of ten million: loaded, with the most memory that took, and 40,000 signatures looked up in it.
//!
//! `cargo bench -p desk --bench million -- 100000` takes so many signatures, and ten times as many entries of the roll. Writes
//! `target/figures/ledger.json`.
#![expect(clippy::unwrap_used, clippy::print_stdout, clippy::cast_precision_loss, reason = "a benchmark")]

use std::{
    env, fs,
    fs::File,
    io::{BufWriter, Write},
    ops::ControlFlow,
    path::Path,
    time::Instant,
};

use desk::{
    BackupKey, Desk, Keys, LedgerFilter, Merged, NewBackup, NewRoll, Reader, RollLayout, StandingName,
    Tolerance,
};
use rand::{SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::Kit;

const NOW: i64 = 1_800_000_000;
const SIGNATURES: u64 = 1_000_000;
const PAGE: u64 = 50;
const LOOKED_UP: u64 = 40_000;

/// Limits: milliseconds, seconds and mebibytes.
const SEARCH: f64 = 100.0;
const FILTER: f64 = 200.0;
const ANY_PAGE: f64 = 20.0;
const COUNT: f64 = 20.0;
const LOAD: f64 = 600.0;
const MEMORY: f64 = 500.0;
const LOOK_UP: f64 = 120.0;

fn main() {
    let signatures = env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(SIGNATURES);
    let folder = tempfile::tempdir().unwrap();
    let mut rng = StdRng::seed_from_u64(1);
    let key = BackupKey::with_work("correct horse battery", 1, &mut rng).unwrap();
    let backup = NewBackup { path: &folder.path().join("backup"), key: &key };
    let keys = Keys::generate(&mut rng);
    let place = folder.path().join("desk");
    let mut desk = Desk::create(&place, keys, "Benchmark", None, &backup, NOW, &mut rng).unwrap();
    let source = "---\ntitle: A bench\nstarted_by: Us\naddressed_to: Them\n---\n\nWe ask for it.\n";
    let petition = desk.add_petition(source, NOW, &mut rng).unwrap();
    let mut figures = roll(&mut desk, folder.path(), signatures * 10);
    let begun = Instant::now();
    fill(&mut desk, petition, source, signatures);
    println!("{signatures} signatures sealed, merged and compared in {:.0} s", begun.elapsed().as_secs_f64());
    figures.extend(look_up(&mut desk, petition));
    figures.extend(ledger(&desk, petition, signatures));
    for figure in &figures {
        println!("{figure}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/figures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("ledger.json"), json!(figures).to_string()).unwrap();
}

fn row(what: &str, figure: f64, limit: f64, unit: &str) -> Value {
    json!({
        "what": what, "figure": format!("{figure:.1} {unit}"), "peer": format!("limit {limit:.0} {unit}"),
        "ratio": figure / limit,
    })
}

/// The roll: the first ones on it sign.
fn roll(desk: &mut Desk, folder: &Path, entries: u64) -> Vec<Value> {
    let file = folder.join("roll.txt");
    let mut out = BufWriter::new(File::create(&file).unwrap());
    writeln!(
        out,
        "ncid\tlast_name\tfirst_name\tstatus_cd\tres_street_address\tres_city_desc\tzip_code\tbirth_year"
    )
    .unwrap();
    for number in 0..entries {
        let fixtures::Person { given, family, street, postal_code: post } = fixtures::person(number);
        writeln!(
            out,
            "\"A{number}\"\t\"{family}\"\t\"{given}\"\t\"A\"\t\"{street}\"\t\"TACOMA\"\t\"{post}\"\t\"1970\""
        )
        .unwrap();
    }
    out.into_inner().unwrap().sync_all().unwrap();
    let layout = RollLayout::named("north-carolina").unwrap();
    let new = NewRoll { name: "Roll", as_of: "2026-11-01", delete_by: NOW + 86_400, layout: &layout };
    let begun = Instant::now();
    let loaded = desk
        .load_roll(&file, new, NOW, &mut StdRng::seed_from_u64(2), |_| ControlFlow::Continue(()))
        .unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(loaded.roll.entries, entries);
    let most = most_memory();
    fs::remove_file(&file).unwrap();
    vec![
        row(&format!("a roll of {entries} entries loaded"), seconds, LOAD, "s"),
        row("the most memory that took", most, MEMORY, "MiB"),
    ]
}

/// The most memory that this process had, in MiB (proc_pid_status(5)).
fn most_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}

/// Merges so many signatures of tables that were at many places, on many days.
fn fill(desk: &mut Desk, petition: Uuid, source: &str, signatures: u64) {
    let (_, kit) =
        desk.make_kit("Kit", 1_000, NOW + 30 * 86_400, NOW, &mut StdRng::seed_from_u64(3)).unwrap();
    let kit = Kit::open(&kit, NOW, None).unwrap();
    fixtures::crowd(kit, (petition, source), NOW, signatures, |batch| {
        let merged = desk.merge("bench", batch, NOW).unwrap();
        assert!(matches!(merged, Merged::Taken { set_aside: 0, .. }), "all of it is in the ledger");
    });
}

fn look_up(desk: &mut Desk, petition: Uuid) -> Vec<Value> {
    let begun = Instant::now();
    let (mut after, mut looked_up) = (None, 0);
    while looked_up < LOOKED_UP {
        after = desk.look_up_after(petition, Tolerance::default(), after, NOW).unwrap();
        let count = desk.count_looked_up(petition).unwrap();
        looked_up = count.found + count.unsure + count.not_found;
        if after.is_none() {
            break;
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    let what = format!("{looked_up} signatures looked up in it");
    vec![row(&what, seconds * LOOKED_UP as f64 / looked_up as f64, LOOK_UP, "s")]
}

fn ledger(desk: &Desk, petition: Uuid, signatures: u64) -> Vec<Value> {
    let mut reader = desk.reader().unwrap();
    let all = LedgerFilter::default();
    let first = milliseconds(|| drop(reader.ledger(&all, 0, PAGE).unwrap()));
    let at = format!("of {signatures} signatures");
    let mut searches: Vec<f64> = Vec::new();
    for number in 0..40 {
        let fixtures::Person { given, family, .. } = fixtures::person(number * 977);
        let whole = format!("{given} {family}");
        for letters in [1, 2, 3, 5, whole.len()] {
            let filter = LedgerFilter::from(&whole[..letters]);
            searches.push(milliseconds(|| drop(reader.ledger(&filter, 0, PAGE).unwrap())));
        }
    }
    let filters = filters(petition);
    let slowest = |times: Vec<f64>| times.into_iter().fold(0.0, f64::max);
    let chosen = filters.iter().map(|filter| {
        milliseconds(|| {
            reader.ledger(filter, 0, PAGE).unwrap();
        })
    });
    let filtered = slowest(chosen.collect());
    let parts =
        filters.iter().map(|filter| milliseconds(|| drop(reader.break_down(filter, || true).unwrap())));
    let parts = slowest(parts.collect());
    let mut pages: Vec<f64> = (0..100)
        .map(|page| {
            let offset = signatures / 100 * page;
            milliseconds(|| drop(reader.ledger(&all, offset, PAGE).unwrap()))
        })
        .collect();
    pages.push(milliseconds(|| drop(reader.ledger(&all, signatures - 1, PAGE).unwrap())));
    let count = |reader: &mut Reader| {
        milliseconds(|| {
            reader.count(Some(petition)).unwrap();
        })
    };
    let count = slowest((0..20).map(|_| count(&mut reader)).collect());
    let tables = slowest((0..20).map(|_| milliseconds(|| drop(reader.tables().unwrap()))).collect());
    searches.sort_by(f64::total_cmp);
    vec![
        json!({ "what": format!("the first page {at}, read into memory"), "figure": format!("{first:.0} ms") }),
        row(
            &format!("a search {at}, one letter to a whole name, 95 of 100"),
            searches[searches.len() * 95 / 100],
            SEARCH,
            "ms",
        ),
        row(&format!("any filter {at}, the slowest"), filtered, FILTER, "ms"),
        row(&format!("a filter {at} in parts, the slowest"), parts, FILTER, "ms"),
        row(&format!("any page {at}, the slowest"), slowest(pages), ANY_PAGE, "ms"),
        row(&format!("the count {at}, the slowest"), count, COUNT, "ms"),
        row(&format!("the tables {at}, the slowest"), tables, COUNT, "ms"),
    ]
}

fn filters(petition: Uuid) -> Vec<LedgerFilter> {
    let all = LedgerFilter { petition: Some(petition), ..LedgerFilter::default() };
    let table = Uuid::from_u128(1 << 64 | 0x4000_8000_0000_0000_0000);
    vec![
        all.clone(),
        LedgerFilter { standing: Some(StandingName::Duplicate), ..all.clone() },
        LedgerFilter { standing: Some(StandingName::Counted), ..all.clone() },
        LedgerFilter { place: Some("Market 3".to_owned()), ..all.clone() },
        LedgerFilter { table: Some(table), language: Some("vi".to_owned()), ..all.clone() },
        LedgerFilter { area: Some("98101".to_owned()), domain: Some("an.example".to_owned()), ..all.clone() },
        LedgerFilter { from: Some(NOW + 86_400), until: Some(NOW + 30 * 86_400), ..all.clone() },
        LedgerFilter { day: Some("2027-01-20".to_owned()), search: "mar".to_owned(), ..all },
    ]
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64() * 1000.0
}
