//! Opening: what the desk opens a second, beside the bare HPKE open of the same bytes in the same run.
//!
//! Writes `target/figures/open.json`.
#![expect(clippy::unwrap_used, reason = "a benchmark has nobody to tell")]

use std::{
    cell::Cell,
    fs,
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use criterion::{BenchmarkGroup, Criterion, Throughput, measurement::WallTime};
use desk::{BackupKey, Desk, Keys, Merged, NewBackup};
use fixtures::Device;
use hpke::{
    Deserializable, Kem as _, OpModeR, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::XWing,
    single_shot_open,
};
use petition::{Ink, Point, Shift, Signature};
use proof::{Origin, Seed, leaf_hash};
use rand::{SeedableRng, rngs::StdRng};
use sealing::{Context, Opener, SecretKey, seal};
use serde_json::json;
use uuid::Uuid;
use wire::Kit;

const NOW: i64 = 1_800_000_000;
const CAMPAIGN: [u8; 16] = [1; 16];
const TABLE: [u8; 16] = [2; 16];
/// The desk tries them in turn; what is opened is of the last.
const PETITIONS: [[u8; 16]; 3] = [[3; 16], [4; 16], [5; 16]];
/// Where an envelope's encapsulated key begins and ends.
const ENC: std::ops::Range<usize> = 9..1129;

fn main() {
    let mut criterion = Criterion::default().configure_from_args().measurement_time(Duration::from_secs(5));
    let mut group = criterion.benchmark_group("open");
    group.throughput(Throughput::Elements(1));
    let (typed, bare_typed) = one_core(&mut group, "typed fields", None);
    let strokes = vec![vec![Point { x: 1, y: 1, pressure: 128 }; 300]; 2];
    let (inked, bare_inked) =
        one_core(&mut group, "typed fields and ink", Some(Ink { width: 800, height: 300, strokes }));
    group.finish();
    let mut group = criterion.benchmark_group("merge");
    let merged = whole_batch(&mut group);
    group.finish();
    let cores = std::thread::available_parallelism().unwrap().get() as f64;
    let row = |what: &str, figure: f64, peer: f64| {
        let a_second = |number: f64| format!("{number:.0} a second");
        json!({ "what": what, "figure": a_second(figure), "peer": a_second(peer), "ratio": figure / peer })
    };
    let rows = json!([
        row("opened, decoded and verified on one core, typed fields; bare HPKE open", typed, bare_typed),
        row("the same with a handwritten signature; bare HPKE open", inked, bare_inked),
        row(
            "opened, verified and merged into the encrypted ledger, all cores; bare HPKE open times the cores",
            merged,
            bare_typed * cores
        ),
    ]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/figures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("open.json"), serde_json::to_vec_pretty(&rows).unwrap()).unwrap();
}

/// Per second: the desk's way of opening, and the bare HPKE open.
fn one_core(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, ink: Option<Ink>) -> (f64, f64) {
    let mut rng = StdRng::seed_from_u64(1);
    let seed = SecretKey::generate(&mut rng);
    let opener = Opener::new(&seed).unwrap();
    let context = Context { campaign: CAMPAIGN, petition: PETITIONS[2], table: TABLE };
    let content = signature(1, Uuid::from_bytes(PETITIONS[2]), [0; 32], ink).to_cbor().unwrap();
    let envelopes: Vec<Vec<u8>> =
        (0..64).map(|_| seal(&content, &context, &seed.public().unwrap(), &mut rng).unwrap()).collect();
    let leaves: Vec<_> = envelopes.iter().map(|envelope| leaf_hash(envelope)).collect();
    let ours = per_second(group, &format!("desk, {name}"), |turn| {
        let at = turn % envelopes.len();
        assert!(leaf_hash(&envelopes[at]) == leaves[at]);
        let opened = opener.open(&envelopes[at], CAMPAIGN, TABLE, &PETITIONS).unwrap();
        assert!(black_box(Signature::from_cbor(&opened.content).unwrap()).signed_at > 0);
    });

    let private = <XWing as hpke::Kem>::PrivateKey::from_bytes(seed.expose()).unwrap();
    assert!(XWing::sk_to_pk(&private).to_bytes().len() == sealing::PUBLIC_KEY_BYTES);
    let aad = [&[1], &CAMPAIGN[..], &PETITIONS[2], &opener.epoch().0, &TABLE].concat();
    let bare = per_second(group, &format!("bare HPKE, {name}"), |turn| {
        let envelope = &envelopes[turn % envelopes.len()];
        let enc = <XWing as hpke::Kem>::EncappedKey::from_bytes(&envelope[ENC]).unwrap();
        let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &OpModeR::Base,
            &private,
            &enc,
            b"undersigned/envelope/v1",
            &envelope[ENC.end..],
            &aad,
        );
        assert!(!black_box(opened.unwrap()).is_empty());
    });
    (ours, bare)
}

/// Entries per second through [`Desk::merge`]: verified, opened over all cores, written and fsynced.
fn whole_batch(group: &mut BenchmarkGroup<'_, WallTime>) -> f64 {
    const ENTRIES: usize = 2000;
    let mut rng = StdRng::seed_from_u64(2);
    let made = tempfile::tempdir().unwrap();
    let keys = Keys::generate(&mut rng);
    let key = BackupKey::with_work("ten characters", 1, &mut rng).unwrap();
    let backup = NewBackup { path: &made.path().join("backup"), key: &key };
    let mut desk = Desk::create(made.path(), keys.clone(), "Bench", None, &backup, NOW, &mut rng).unwrap();
    let petition = desk.add_petition(petition::SAMPLE, NOW, &mut rng).unwrap();
    let (_, kit) = desk.make_kit("Kit", 1, NOW + 86_400, NOW, &mut rng).unwrap();
    let text_hash = desk.petitions().unwrap()[0].petition.text_hash();
    drop(desk);
    let batch = batch(&kit, ENTRIES, petition, text_hash, &mut rng);
    group.throughput(Throughput::Elements(ENTRIES as u64)).sample_size(10);
    let batches = per_second_after(
        group,
        "a batch of 2000",
        || {
            let folder = tempfile::tempdir().unwrap();
            fs::copy(made.path().join("desk.db"), folder.path().join("desk.db")).unwrap();
            let desk = Desk::open(folder.path(), keys.clone()).unwrap();
            (folder, desk)
        },
        |(_, desk)| {
            let merged = desk.merge("bench", &batch, NOW).unwrap();
            assert!(matches!(merged, Merged::Taken { new_signatures: 2000, .. }));
        },
    );
    batches * ENTRIES as f64
}

fn batch(kit: &str, entries: usize, petition: Uuid, text_hash: [u8; 32], rng: &mut StdRng) -> Vec<u8> {
    let kit = Kit::open(kit, NOW, None).unwrap();
    let epoch = fixtures::epoch_key(&kit.epochs[0].body);
    let origin = Origin { campaign: kit.campaign.campaign, table: Uuid::from_bytes(TABLE), generation: 1 };
    let device = Device::new(&kit.into(), origin, &Seed::from_bytes([6; 32]));
    let entries: Vec<Vec<u8>> = (0..entries as u128)
        .map(|number| {
            let content = signature(number, petition, text_hash, None).to_cbor().unwrap();
            fixtures::seal(&content, &origin, petition, &epoch, rng)
        })
        .collect();
    device.batch(&entries, 0).0.encode()
}

fn signature(number: u128, petition: Uuid, text_hash: [u8; 32], ink: Option<Ink>) -> Signature {
    let name = format!("Ada Lovelace {number}");
    let mut signature = fixtures::signature(Uuid::from_u128(number), petition, text_hash, &name);
    signature.signed_at = 1_800_000_000;
    signature.email = Some(format!("ada{number}@example.org"));
    signature.address.country = Some("US".to_owned());
    signature.address.postal_code = Some("98101".to_owned());
    signature.address.city = Some("Seattle".to_owned());
    signature.comment = Some("Because it matters to everyone who lives here.".to_owned());
    signature.of_age = Some(true);
    signature.ink = ink;
    signature.shift = Some(Shift { id: Uuid::nil(), place: "Market".to_owned(), volunteer: "V.".to_owned() });
    signature
}

/// Benchmarks `work`, which gets the number of the turn, and gives how often it was done a second.
fn per_second(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, mut work: impl FnMut(usize)) -> f64 {
    let mut turn = 0;
    per_second_after(
        group,
        name,
        || (),
        |()| {
            work(turn);
            turn += 1;
        },
    )
}

/// The same, with something fresh made before each turn, outside the time that counts.
fn per_second_after<T>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    mut fresh: impl FnMut() -> T,
    mut work: impl FnMut(&mut T),
) -> f64 {
    // The fastest sample: what else this machine does is not what is measured, here as for the peer.
    let best = Cell::new(f64::INFINITY);
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|turns| {
            let mut spent = Duration::ZERO;
            for _ in 0..turns {
                let mut fresh = fresh();
                let start = Instant::now();
                work(&mut fresh);
                spent += start.elapsed();
            }
            best.set(best.get().min(spent.as_secs_f64() / turns as f64));
            spent
        });
    });
    1.0 / best.get()
}
