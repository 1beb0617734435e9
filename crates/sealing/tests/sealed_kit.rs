//! The vectors of `tests/vectors/sealed_kit.json`. `UPDATE_VECTORS=1` writes them again; else a difference fails.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{fs, path::PathBuf};

use data_encoding::BASE64;
use rand::{SeedableRng, rngs::StdRng};
use sealing::{OpenKitError, open_kit, seal_kit};
use serde_json::{Value, json};

const CAMPAIGN: [u8; 16] = [1; 16];
const DEPOSIT: [u8; 16] = [2; 16];
const KEY: [u8; 32] = [3; 32];
const KIT: &[u8] = b"a kit file";

fn made() -> Value {
    let mut rng = StdRng::seed_from_u64(2026);
    let mut sealed = |campaign, deposit, key| seal_kit(KIT, campaign, deposit, &key, &mut rng).unwrap();
    let good = sealed(CAMPAIGN, DEPOSIT, KEY);
    let changed = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        BASE64.encode(&bytes)
    };
    json!({
        "about": "Campaign is 16 bytes 1, deposit 16 bytes 2, key 32 bytes 3.",
        "kit": String::from_utf8(KIT.to_vec()).unwrap(),
        "sealed": BASE64.encode(&good),
        "not_sealed": [
            {"why": "a login page", "sealed": BASE64.encode(b"<html>Log in</html>")},
            {"why": "nothing", "sealed": ""},
            {"why": "a newer version", "sealed": changed(4)},
        ],
        "changed": [
            {"why": "another nonce", "sealed": changed(5)},
            {"why": "a changed byte", "sealed": changed(17)},
            {"why": "a changed tag", "sealed": changed(good.len() - 1)},
            {"why": "a byte too few", "sealed": BASE64.encode(&good[..good.len() - 1])},
            {"why": "cut in its nonce", "sealed": BASE64.encode(&good[..10])},
            {"why": "of another campaign", "sealed": BASE64.encode(&sealed([9; 16], DEPOSIT, KEY))},
            {"why": "another deposit", "sealed": BASE64.encode(&sealed(CAMPAIGN, [9; 16], KEY))},
            {"why": "another key", "sealed": BASE64.encode(&sealed(CAMPAIGN, DEPOSIT, [9; 32]))},
        ],
    })
}

#[test]
fn sealed_kit_vectors_are_kept_and_open_as_they_say() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/sealed_kit.json");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::write(&path, serde_json::to_string_pretty(&made()).unwrap() + "\n").unwrap();
    }
    let vectors: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let open = |sealed: &Value| {
        let bytes = BASE64.decode(sealed.as_str().unwrap().as_bytes()).unwrap();
        open_kit(&bytes, CAMPAIGN, DEPOSIT, &KEY)
    };
    assert_eq!(open(&vectors["sealed"]).unwrap().as_slice(), vectors["kit"].as_str().unwrap().as_bytes());
    for (name, error) in [("not_sealed", OpenKitError::NotASealedKit), ("changed", OpenKitError::Changed)] {
        for case in vectors[name].as_array().unwrap() {
            assert_eq!(open(&case["sealed"]).map(|_| ()), Err(error), "{}", case["why"]);
        }
    }
}
