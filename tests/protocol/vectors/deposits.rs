//! The sequence of a sealed kit that waits for its table (`docs/protocol.md` §8.9).

use data_encoding::BASE64;
use reqwest::Method;
use serde_json::json;
use wire::{Claim, ClaimId, DepositId, Deposited, Revocation};

use super::{
    step::{Answer, Sequence, member, problem, status},
    writer::{FAR, Writer},
};
use crate::by_hand::{Organizer, sealed};

/// Of whom a claim is.
const FIRST: u8 = 0xA1;
const SECOND: u8 = 0xA2;

pub(super) fn deposits() -> Sequence {
    let mut writer = Writer::new("a kit waits for its table");
    claim(&mut writer, "what is not there", 1, FIRST, problem(404, "unknown-deposit"));
    let good = writer.organizer.deposited(1, 0);
    deposit(&mut writer, "a sealed kit", &good, status(201));
    writer.now("deposit 1, of kit 0");
    deposit(&mut writer, "the same again", &good, status(200));
    let of_others = Deposited { sealed: BASE64.encode(&sealed(2)), ..writer.organizer.deposited(2, 0) };
    let other_bytes = Deposited { deposit: good.deposit.clone(), ..of_others };
    deposit(&mut writer, "other bytes than the note is of", &other_bytes, problem(400, "bad-document"));
    let other = Organizer::new(8).deposited(3, 0);
    deposit(&mut writer, "of another campaign", &other, problem(400, "bad-document"));
    let no_note = Deposited { deposit: "hello".into(), ..good.clone() };
    deposit(&mut writer, "no note", &no_note, problem(400, "bad-document"));
    let no_base64 = Deposited { sealed: "?".into(), ..good };
    deposit(&mut writer, "no base64", &no_base64, problem(400, "bad-request"));
    writer.step("no JSON", &Method::POST, "~/deposits", b"{", problem(400, "bad-request"));
    writer.step("a list without a token", &Method::GET, "~/deposits", b"", problem(401, "no-token"));
    let row = json!({ "deposit": DepositId([1; 16]), "kit": writer.organizer.kit(0), "until": FAR });
    writer.step("the list", &Method::GET, "~/deposits", b"", member(200, json!([row]))).token = true;
    let bytes = || Some(BASE64.encode(&sealed(1)));
    claim(&mut writer, "the first who asks", 1, FIRST, Answer { body: bytes(), ..status(201) });
    writer.now("deposit 1, of kit 0, claimed");
    claim(&mut writer, "the same asks again", 1, FIRST, Answer { body: bytes(), ..status(200) });
    claim(&mut writer, "somebody else asks", 1, SECOND, problem(409, "claimed"));
    writer.step("no claim", &Method::POST, "~/claims", b"{}", problem(400, "bad-request"));
    let short = json!({ "deposit": "01", "claim": "a1" }).to_string();
    writer.step(
        "ids that are none",
        &Method::POST,
        "~/claims",
        short.as_bytes(),
        problem(400, "bad-request"),
    );
    // Kit 2 is over by any clock that is right.
    let over = writer.organizer.deposited(4, 2);
    deposit(&mut writer, "one whose date is over", &over, status(201));
    writer.now("deposit 1, of kit 0, claimed; deposit 4, of kit 2, which is over");
    claim(&mut writer, "nobody is given it", 4, FIRST, problem(410, "expired"));
    let revoked = writer.organizer.kit(0);
    let revocation = Revocation { kit: Some(revoked), table: None, reason: "lost".into() };
    let note = writer.organizer.note(revocation);
    writer.document("kit 0 is revoked", &note, status(201));
    writer.now("deposit 1, of kit 0, which is revoked, claimed; deposit 4, of kit 2, which is over");
    claim(&mut writer, "its claimer asks again", 1, FIRST, problem(403, "revoked"));
    claim(&mut writer, "and somebody else", 1, SECOND, problem(403, "revoked"));
    let late = writer.organizer.deposited(5, 0);
    deposit(&mut writer, "another of a revoked kit", &late, problem(403, "revoked"));
    writer.done()
}

fn deposit(writer: &mut Writer, name: &str, body: &Deposited, answer: Answer) {
    let bytes = serde_json::to_vec(body).unwrap();
    writer.step(name, &Method::POST, "~/deposits", &bytes, answer);
}

fn claim(writer: &mut Writer, name: &str, number: u8, claim: u8, answer: Answer) {
    let claim = Claim { deposit: DepositId([number; 16]), claim: ClaimId([claim; 16]) };
    let bytes = serde_json::to_vec(&claim).unwrap();
    writer.step(name, &Method::POST, "~/claims", &bytes, answer);
}
