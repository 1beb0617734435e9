//! The vectors of `tests/vectors/envelope.json`. `UPDATE_VECTORS=1` writes them again; else a difference fails.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{fs, path::PathBuf};

use data_encoding::{BASE64, HEXLOWER};
use rand::{SeedableRng, rngs::StdRng};
use sealing::{Context, EpochId, Opener, SecretKey, seal, unwrap_seed, wrap_seed};
use serde_json::{Value, json};

const CONTEXT: Context = Context { campaign: [1; 16], petition: [2; 16], table: [3; 16] };

// The randomness is that of a seeded generator: only these bytes were sealed with it, so they are kept, not made.
fn made() -> Value {
    let secret = SecretKey::from_bytes([7; 32]);
    let holder = SecretKey::from_bytes([8; 32]);
    let public = secret.public().unwrap();
    let mut rng = StdRng::seed_from_u64(2026);
    let mut envelope = |content: &[u8]| seal(content, &CONTEXT, &public, &mut rng).unwrap();
    let good = envelope(b"what was signed");
    let long = envelope(&[5; 600]);
    let changed = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        BASE64.encode(&bytes)
    };
    json!({
        "about": "Ids are 16 equal bytes: campaign 1, petition 2, table 3. Seeds are 32 equal bytes: epoch 7, holder 8.",
        "epoch": public.epoch().to_string(),
        "epoch_key": BASE64.encode(&public.to_bytes()),
        "good": [
            {"content": HEXLOWER.encode(b"what was signed"), "envelope": BASE64.encode(&good)},
            {"content": HEXLOWER.encode(&[5; 600]), "envelope": BASE64.encode(&long)},
        ],
        "wrapped": BASE64.encode(&wrap_seed(&secret, [1; 16], &holder.public().unwrap(), &mut rng).unwrap()),
        "refused": [
            {"why": "another suite", "envelope": changed(0)},
            {"why": "another epoch", "envelope": changed(1)},
            {"why": "a changed encapsulated key", "envelope": changed(500)},
            {"why": "a changed ciphertext", "envelope": changed(1200)},
            {"why": "a changed tag", "envelope": changed(1656)},
            {"why": "a byte too few", "envelope": BASE64.encode(&good[..1656])},
            {"why": "a byte too many", "envelope": BASE64.encode(&[&good[..], &[0]].concat())},
        ],
    })
}

#[test]
fn envelope_vectors_open_as_they_say() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/envelope.json");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::write(&path, serde_json::to_string_pretty(&made()).unwrap() + "\n").unwrap();
    }
    let vectors: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let secret = SecretKey::from_bytes([7; 32]);
    let epoch: EpochId = vectors["epoch"].as_str().unwrap().parse().unwrap();
    let decode = |value: &Value| BASE64.decode(value.as_str().unwrap().as_bytes()).unwrap();
    assert_eq!(secret.public().unwrap().epoch(), epoch);
    assert_eq!(secret.public().unwrap().to_bytes(), decode(&vectors["epoch_key"]));
    let opener = Opener::new(&secret).unwrap();
    let open = |case: &Value| {
        opener.open(&decode(&case["envelope"]), CONTEXT.campaign, CONTEXT.table, &[CONTEXT.petition])
    };
    for case in vectors["good"].as_array().unwrap() {
        let opened = open(case).ok().unwrap();
        assert_eq!(HEXLOWER.encode(&opened.content), case["content"].as_str().unwrap());
    }
    for case in vectors["refused"].as_array().unwrap() {
        assert!(open(case).is_err(), "{}", case["why"]);
    }
    let seed = unwrap_seed(&decode(&vectors["wrapped"]), [1; 16], epoch, &SecretKey::from_bytes([8; 32]));
    assert_eq!(seed.ok().unwrap().expose(), &[7; 32]);
}
