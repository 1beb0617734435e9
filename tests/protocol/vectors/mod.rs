//! The vectors of `docs/protocol.md` §8 in `tests/vectors/endpoint.json`: kept as they are made, and true of the program.
//!
//! A sequence begins with an endpoint that knows nothing; what is stored before a step is what the steps before it left, and is
//! said in words. Whoever writes an endpoint runs the same file against it.

mod asking;
mod deposits;
mod sequences;
mod step;
mod writer;

use std::{fs, path::PathBuf};

use data_encoding::HEXLOWER;
use proof::{Seed, SigningKey};
use serde_json::Value;
use system_tests::Endpoint;
use wire::Batch;

use self::{
    asking::Asking,
    deposits::deposits,
    sequences::{appending, campaigns, generations, holding, pulling, requests, revoking, tallies, updates},
    step::Vectors,
    writer::{FIRST, PLAIN, ROOT, organizer},
};
use crate::by_hand::entry;

fn made() -> Vectors {
    Vectors {
        about: "docs/protocol.md §8. Each sequence begins with an endpoint that knows nothing. A path begins with /v1; bodies are base64. \
                A receipt is verified under the key of GET /v1, on the checkpoint in the batch that was sent."
            .into(),
        root_seed: HEXLOWER.encode(&[ROOT; 32]),
        sequences: vec![campaigns(), appending(), holding(), generations(), revoking(), pulling(), tallies(), updates(), deposits(), requests()],
    }
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors/endpoint.json")
}

#[test]
fn endpoint_vectors_are_kept() {
    let made = serde_json::to_string_pretty(&made()).unwrap() + "\n";
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::write(file(), &made).unwrap();
    }
    let kept = fs::read_to_string(file()).unwrap_or_default();
    assert!(kept == made, "stale: run this test with UPDATE_VECTORS=1 once");
}

#[test]
fn entries_are_those_that_were_sent() {
    let (bytes, _) = organizer().batch(FIRST, PLAIN, 0, 0, 2);
    assert_eq!(Batch::decode(&bytes).unwrap().entries, [entry(0, 0), entry(0, 1)]);
}

#[tokio::test]
async fn the_program_answers_as_the_vectors_say() {
    let vectors: Vectors = serde_json::from_str(&fs::read_to_string(file()).unwrap()).unwrap();
    let seed = HEXLOWER.decode(vectors.root_seed.as_bytes()).unwrap().try_into().unwrap();
    let root = || SigningKey::root(&Seed::from_bytes(seed));
    let mut wrong = Vec::new();
    for sequence in &vectors.sequences {
        let folder = tempfile::tempdir().unwrap();
        let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
        let http = reqwest::Client::new();
        let about: Value =
            http.get(format!("{}/v1", endpoint.url())).send().await.unwrap().json().await.unwrap();
        let key = about["endpoint"].as_str().unwrap().parse().unwrap();
        let mut asking = Asking { http, url: endpoint.url(), root: root(), key, token: None };
        for step in &sequence.steps {
            if let Err(found) = asking.check(step).await {
                wrong.push(format!("{}: {}: {found}", sequence.name, step.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
