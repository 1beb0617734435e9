//! The vectors of `tests/vectors/log.json`, `batch.json`, `pin_reset.json` and `kit_code.json`: for whoever writes another table, desk or endpoint.
//!
//! `UPDATE_VECTORS=1` writes them again; else a difference fails, so they cannot drift unseen.
#![expect(clippy::unwrap_used, reason = "tests")]

mod campaign;

use std::{fs, path::PathBuf};

use campaign::{campaign, kit, whole_batch};
use data_encoding::{BASE64, HEXLOWER};
use proof::{
    CampaignId, Checkpoint, Frontier, Note, Origin, Receipt, Seed, SigningKey, VerifierKey, cosign, leaf_hash,
};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{Batch, Kit, KitCertificate, KitCode, KitCodeError, PinResetCode, Signed};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(name)
}

fn read(name: &str, made: &Value) -> Value {
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::write(path(name), serde_json::to_string_pretty(made).unwrap() + "\n").unwrap();
    }
    let kept = serde_json::from_str(&fs::read_to_string(path(name)).unwrap()).unwrap();
    assert_eq!(&kept, made, "{name} does not hold what this program writes");
    kept
}

fn log() -> Value {
    let fixed = campaign();
    let device = fixed.origin.device_key(&Seed::from_bytes([3; 32]));
    let endpoint = SigningKey::endpoint(&Seed::from_bytes([4; 32]));
    let (_, entries) = whole_batch(0, 7);
    let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let heads: Vec<Value> = (0..=7)
        .map(|size| {
            let frontier = Frontier::of_leaves(leaves[..size].iter().copied());
            let checkpoint = Checkpoint::at(fixed.origin, &frontier);
            json!({
                "size": size,
                "frontier": frontier.roots().iter().map(|root| BASE64.encode(&root.0)).collect::<Vec<_>>(),
                "checkpoint": checkpoint.signed(&device).unwrap().to_string(),
                "receipt": cosign(&checkpoint, &endpoint, 1_700_000_000),
            })
        })
        .collect();
    let good = heads[7]["checkpoint"].as_str().unwrap();
    json!({
        "about": "Entry n (from 0) is the byte 1 and then 1656 times the byte n. Seeds are 32 equal bytes.",
        "seeds": {"root": 1, "kit": 2, "device": 3, "endpoint": 4},
        "campaign": fixed.id.to_string(),
        "root": fixed.root.verifier().to_string(),
        "device": device.verifier().to_string(),
        "endpoint": endpoint.verifier().to_string(),
        "heads": heads,
        "refused": [
            {"why": "the size was changed", "checkpoint": good.replace("\n7\n", "\n8\n")},
            {"why": "the origin is of another generation", "checkpoint": good.replacen("/1\n", "/2\n", 1)},
            {"why": "a size with a leading zero", "checkpoint": good.replace("\n7\n", "\n07\n")},
            {"why": "no signature", "checkpoint": good.split_inclusive("\n\n").next().unwrap()},
            {"why": "a hyphen in place of the dash", "checkpoint": good.replace('\u{2014}', "-")},
            {"why": "signed by the endpoint", "checkpoint": Note::new(good.split("\n\n").next().unwrap().to_owned() + "\n").unwrap().signed(&endpoint).to_string()},
        ],
    })
}

#[test]
fn log_vectors_are_kept_and_read_as_they_say() {
    let vectors = read("log.json", &log());
    let text = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
    let root: VerifierKey = text(&vectors, "root").parse().unwrap();
    let id: CampaignId = text(&vectors, "campaign").parse().unwrap();
    assert!(root.is_root_of(id));
    let device: VerifierKey = text(&vectors, "device").parse().unwrap();
    let endpoint: VerifierKey = text(&vectors, "endpoint").parse().unwrap();
    for head in vectors["heads"].as_array().unwrap() {
        let note: Note = text(head, "checkpoint").parse().unwrap();
        let checkpoint = Checkpoint::verify(&note, &device).unwrap();
        let roots = head["frontier"].as_array().unwrap().iter();
        let bytes = roots.flat_map(|root| BASE64.decode(root.as_str().unwrap().as_bytes()).unwrap());
        let frontier = Frontier::from_bytes(checkpoint.size, &bytes.collect::<Vec<_>>()).unwrap();
        assert_eq!(frontier.root(), checkpoint.root);
        Receipt::verify(&text(head, "receipt"), &checkpoint, &endpoint).unwrap();
    }
    for case in vectors["refused"].as_array().unwrap() {
        let verified =
            text(case, "checkpoint").parse::<Note>().is_ok_and(|n| Checkpoint::verify(&n, &device).is_ok());
        assert!(!verified, "{}", case["why"]);
    }
}

fn batches() -> Value {
    let (good, _) = whole_batch(1, 2);
    let at = |from_end: usize| good.len() - from_end;
    let changed = |position: usize| {
        let mut bytes = good.clone();
        bytes[position] ^= 1;
        BASE64.encode(&bytes)
    };
    let reordered = {
        let mut batch = Batch::decode(&good).unwrap();
        batch.entries.swap(0, 1);
        BASE64.encode(&batch.encode())
    };
    let shortened = {
        let mut batch = Batch::decode(&good).unwrap();
        batch.entries.pop();
        BASE64.encode(&batch.encode())
    };
    json!({
        "about": "Keys and entries are those of log.json. The batch holds entries 1 and 2.",
        "root": campaign().root.verifier().to_string(),
        "good": BASE64.encode(&good),
        "empty": BASE64.encode(&whole_batch(3, 0).0),
        "kit": kit(1, 1),
        "refused": [
            {"code": "batch/not-a-batch", "why": "another magic", "batch": changed(0)},
            {"code": "batch/newer", "why": "another version", "batch": changed(4)},
            {"code": "batch/document", "why": "a changed certificate", "batch": changed(60)},
            {"code": "batch/changed", "why": "two entries in another order", "batch": reordered},
            {"code": "batch/changed", "why": "an entry is missing", "batch": shortened},
            {"code": "batch/truncated", "why": "cut in its checkpoint", "batch": BASE64.encode(&good[..at(20)])},
            {"code": "batch/checkpoint", "why": "a changed signature", "batch": changed(at(20))},
            {"code": "batch/shape", "why": "a byte behind the end", "batch": BASE64.encode(&[&good[..], &[0]].concat())},
            {"code": "batch/entry", "why": "an entry of another suite", "batch": BASE64.encode(&campaign().batch(&[vec![2; 1657]], 0))},
            {"code": "batch/entry", "why": "an entry of another length", "batch": BASE64.encode(&campaign().batch(&[vec![1; 1658]], 0))},
        ],
    })
}

#[test]
fn batch_vectors_are_kept_and_read_as_they_say() {
    let vectors = read("batch.json", &batches());
    let root: VerifierKey = vectors["root"].as_str().unwrap().parse().unwrap();
    let verify = |value: &Value| {
        let bytes = BASE64.decode(value.as_str().unwrap().as_bytes()).unwrap();
        Batch::decode(&bytes).and_then(|batch| batch.verify(&root))
    };
    let good = verify(&vectors["good"]).unwrap();
    assert_eq!(good.origin(), Origin { ..campaign().origin });
    assert_eq!((good.before.size(), good.after.size()), (1, 3));
    assert_eq!(verify(&vectors["empty"]).unwrap().entries.len(), 0);
    assert!(Kit::open(vectors["kit"].as_str().unwrap(), 1_000, None).is_ok());
    for case in vectors["refused"].as_array().unwrap() {
        let error = verify(&case["batch"]).unwrap_err();
        assert_eq!(error.code(), case["code"].as_str().unwrap(), "{}", case["why"]);
    }
}

fn pin_resets() -> Value {
    let kits = [(1, Uuid::from_u128(0xA)), (1, Uuid::from_u128(0xB)), (2, Uuid::from_u128(0xA))];
    let codes = kits.map(|(root, kit)| {
        let code = PinResetCode::of_kit(&Seed::from_bytes([root; 32]), kit);
        json!({"root": root, "kit": kit, "code": code.to_string(), "pin_reset": code.digest(kit)})
    });
    let code = codes[0]["code"].as_str().unwrap().to_owned();
    let last = if code.ends_with('0') { '1' } else { '0' };
    let as_typed = code.replace('0', "o").replace('1', "l").to_lowercase().replace('-', " ");
    json!({
        "about": "The root seed is 32 equal bytes. What is read is the first code; what is refused is another, or none.",
        "codes": codes,
        "read": [code, as_typed, code.replace('-', ""), format!(" {code}\n"), code.replace('0', "O").replace('1', "I")],
        "refused": [
            {"why": "the code of another kit", "code": codes[1]["code"]},
            {"why": "the code of another campaign", "code": codes[2]["code"]},
            {"why": "a character too few", "code": &code[1..]},
            {"why": "a character too many", "code": format!("{code}0")},
            {"why": "a letter that is in no code", "code": format!("U{}", &code[1..])},
            {"why": "the last character is another", "code": format!("{}{last}", &code[..code.len() - 1])},
        ],
    })
}

#[test]
fn pin_reset_vectors_are_kept_and_read_as_they_say() {
    let vectors = read("pin_reset.json", &pin_resets());
    let first = &vectors["codes"][0];
    let kit: Uuid = first["kit"].as_str().unwrap().parse().unwrap();
    let is_right = |typed: &Value| {
        typed
            .as_str()
            .unwrap()
            .parse::<PinResetCode>()
            .is_ok_and(|code| code.digest(kit) == first["pin_reset"])
    };
    for typed in vectors["read"].as_array().unwrap() {
        assert!(is_right(typed), "{typed}");
    }
    for case in vectors["refused"].as_array().unwrap() {
        assert!(!is_right(&case["code"]), "{}", case["why"]);
    }
}

fn kit_codes() -> Value {
    let kits = [
        (1, Uuid::from_u128(0xA), "https://collect.example.org"),
        (1, Uuid::from_u128(0xB), "http://127.0.0.1:8080"),
        (2, Uuid::from_u128(0xA), "https://example.org/Collect"),
    ];
    let codes = kits.map(|(seed, kit, address)| {
        let seed_bytes = Seed::from_bytes([seed; 32]);
        let campaign = CampaignId::of_root(SigningKey::root(&seed_bytes).verifier().public_key());
        let code = KitCode::of_kit(&seed_bytes, campaign, kit, address);
        json!({
            "root": seed, "campaign": campaign, "kit": kit, "address": code.address(), "code": code.to_string(),
            "deposit": code.deposit(), "key": HEXLOWER.encode(&*code.key()),
        })
    });
    let code = codes[0]["code"].as_str().unwrap().to_owned();
    let as_typed = code.replace('0', "o").replace('1', "l").to_lowercase().replace('-', " ");
    let swapped: String = code
        .chars()
        .take(16)
        .chain(code.chars().skip(21).take(5))
        .chain(code.chars().skip(16).take(5))
        .chain(code.chars().skip(26))
        .collect();
    json!({
        "about": "The root seed is 32 equal bytes. What is read is the first code; what is refused is none.",
        "codes": codes,
        "read": [
            code, as_typed, code.replace('-', ""), code.replace('-', "\n"), &code[16..],
            code.replace(":COLLECT", ":https://Collect"), format!("{code}/"),
        ],
        "refused": [
            {"code": "kit-code/mistyped", "why": "two groups in each other's place", "text": swapped},
            {"code": "kit-code/mistyped", "why": "a character too few", "text": code.replacen("-", "", 1).replacen(&code[16..17], "", 1)},
            {"code": "kit-code/mistyped", "why": "another address", "text": code.replace("EXAMPLE", "EXAMPIE")},
            {"code": "kit-code/mistyped", "why": "no address", "text": code.rsplit_once(':').unwrap().0},
            {"code": "kit-code/mistyped", "why": "another scheme", "text": code.replace(":COLLECT", ":HTTP://COLLECT")},
            {"code": "kit-code/not-a-code", "why": "a web address", "text": "https://collect.example.org"},
            {"code": "kit-code/not-a-code", "why": "a PIN reset code", "text": "ABCD-EFGH-JKMN-PQRS"},
        ],
    })
}

#[test]
fn kit_code_vectors_are_kept_and_read_as_they_say() {
    let vectors = read("kit_code.json", &kit_codes());
    for made in vectors["codes"].as_array().unwrap() {
        let code: KitCode = made["code"].as_str().unwrap().parse().map_err(KitCodeError::code).unwrap();
        assert_eq!(code.campaign().to_string(), made["campaign"]);
        assert_eq!(
            (code.address(), code.deposit().to_string().as_str()),
            (made["address"].as_str().unwrap(), made["deposit"].as_str().unwrap())
        );
        assert_eq!(HEXLOWER.encode(&*code.key()), made["key"]);
    }
    let first = &vectors["codes"][0]["code"];
    for typed in vectors["read"].as_array().unwrap() {
        let read = typed.as_str().unwrap().parse::<KitCode>().map(|code| code.to_string());
        assert_eq!(read.as_deref(), Ok(first.as_str().unwrap()), "{typed}");
    }
    for case in vectors["refused"].as_array().unwrap() {
        let refused = case["text"].as_str().unwrap().parse::<KitCode>().map(|_| ()).unwrap_err();
        assert_eq!(refused.code(), case["code"].as_str().unwrap(), "{}", case["why"]);
    }
}

#[test]
fn a_certificate_with_a_pin_reset_code_and_one_without_are_read_as_they_were_signed() {
    for pin_reset in [None, Some("AA==".to_owned())] {
        let signed = campaign().certificate(pin_reset.clone());
        assert_eq!(signed.note().contains("pin_reset"), pin_reset.is_some());
        let read = Signed::<KitCertificate>::verify(&signed.note(), campaign().root.verifier()).unwrap();
        assert_eq!(read.body, signed.body);
        assert_eq!(read.body.pin_reset, pin_reset);
    }
}
