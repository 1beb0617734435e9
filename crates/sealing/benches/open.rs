//! Opening envelopes of one epoch, beside bare HPKE's opening of the same bytes with its own key, in one run.
//!
//! `cargo bench -p sealing --bench open -- [COUNT]`: so many envelopes a round, 1,000 unless said. Writes `target/figures/sealing.json`.
//! Microseconds of a processor for one envelope, of fifteen rounds in which all are done in turn.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::{env, error::Error, fs, hint::black_box, path::Path, time::Instant};

use hpke::{
    Deserializable, Kem, OpModeR, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::XWing,
    single_shot_open,
};
use rand::{SeedableRng, rngs::StdRng};
use sealing::{Context, Opener, SecretKey, seal};
use serde_json::json;

const CONTEXT: Context = Context { campaign: [1; 16], petition: [2; 16], table: [3; 16] };
const ROUNDS: usize = 15;
/// Where an envelope's encapsulated key begins and ends.
const ENC: std::ops::Range<usize> = 9..1129;

fn main() -> Result<(), Box<dyn Error>> {
    let count = env::args().skip(1).find(|argument| argument != "--bench");
    let count = count.map_or(Ok(1_000), |count| count.parse())?;
    println!("| an envelope of | ours, µs | bare HPKE, µs | of it the key's expansion, µs |");
    println!("| --- | --- | --- | --- |");
    let mut figures = Vec::new();
    for (what, length) in [("typed fields", 400), ("typed fields and ink", 3_000)] {
        let [ours, bare, expansion] = measure(count, length);
        println!("| {what} | {ours:.1} | {bare:.1} | {expansion:.1} |");
        for (beside, peer) in
            [("bare HPKE open", bare), ("the same without expanding its key", bare - expansion)]
        {
            let what = format!("an envelope opened, {what}, µs of a processor (beside {beside})");
            figures.push(json!({ "what": what, "figure": ours, "peer": peer, "ratio": ours / peer }));
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/figures");
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join("sealing.json"), serde_json::to_string_pretty(&figures)?)?)
}

/// For one envelope with content of so many bytes: our opening, bare HPKE's, and what the latter expands its key in.
fn measure(count: usize, length: usize) -> [f64; 3] {
    let mut rng = StdRng::seed_from_u64(1);
    let secret = SecretKey::generate(&mut rng);
    let public = secret.public().unwrap();
    let content = vec![5; length];
    let envelopes: Vec<Vec<u8>> =
        (0..64).map(|_| seal(&content, &CONTEXT, &public, &mut rng).unwrap()).collect();
    let opener = Opener::new(&secret).unwrap();
    let private = <XWing as Kem>::PrivateKey::from_bytes(secret.expose()).unwrap();
    let aad = [&[1], &CONTEXT.campaign[..], &CONTEXT.petition, &public.epoch().0, &CONTEXT.table].concat();
    let ours = |turn: usize| {
        let envelope = &envelopes[turn % envelopes.len()];
        let opened = opener.open(envelope, CONTEXT.campaign, CONTEXT.table, &[CONTEXT.petition]);
        assert!(black_box(opened.unwrap()).content.len() == length);
    };
    let bare = |turn: usize| {
        let envelope = &envelopes[turn % envelopes.len()];
        let enc = <XWing as Kem>::EncappedKey::from_bytes(&envelope[ENC]).unwrap();
        let (mode, info) = (OpModeR::Base, b"undersigned/envelope/v1");
        let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &mode,
            &private,
            &enc,
            info,
            &envelope[ENC.end..],
            &aad,
        );
        assert!(black_box(opened.unwrap()).len() > length);
    };
    // To read a key is to expand it, for its public half.
    let expansion = |_| {
        let private = <XWing as Kem>::PrivateKey::from_bytes(black_box(secret.expose())).unwrap();
        assert!(black_box(private).to_bytes().len() == 32);
    };
    let works: [&dyn Fn(usize); 3] = [&ours, &bare, &expansion];
    let mut spent = [0.0; 3];
    for _ in 0..ROUNDS {
        for (work, spent) in works.iter().zip(&mut spent) {
            let before = processor();
            (0..count).for_each(work);
            *spent += processor() - before;
        }
    }
    spent.map(|seconds| seconds * 1e6 / (ROUNDS * count) as f64)
}

/// Seconds that this thread has run, which what else runs does not change; of the clock, where the system does not tell.
fn processor() -> f64 {
    thread_local!(static BEGAN: Instant = Instant::now());
    let ran = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = ran.split(' ').next().and_then(|ran| ran.parse::<f64>().ok());
    nanoseconds.map_or_else(|| BEGAN.with(|began| began.elapsed().as_secs_f64()), |ran| ran / 1e9)
}
