//! The vectors of `docs/protocol.md` §8 in `tests/vectors/endpoint.json`: kept as they are made, and true of the program.
//!
//! A sequence begins with an endpoint that knows nothing; what is stored before a step is what the steps before it left, and is
//! said in words. Whoever writes an endpoint runs the same file against it.

use std::{fs, path::PathBuf};

use data_encoding::{BASE64, HEXLOWER};
use proof::{Note, Receipt, Seed, SigningKey, VerifierKey};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use system_tests::Endpoint;
use wire::{Batch, Confirmation, Pull, Revocation, Signed, Tally};

use crate::by_hand::{LogKey, NOW, Organizer, Papers, entry};

/// The year 2100: these certificates are in date by any clock that is right.
const FAR: i64 = 4_102_444_800;
const LONG_AGO: i64 = 1_000_000;
const ROOT: u8 = 7;

#[derive(Serialize, Deserialize, PartialEq)]
struct Vectors {
    about: String,
    /// Hex of the root key's seed: it signs the pull notes, which depend on the endpoint's challenge.
    root_seed: String,
    sequences: Vec<Sequence>,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct Sequence {
    name: String,
    steps: Vec<Step>,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct Step {
    name: String,
    stored: String,
    method: String,
    path: String,
    /// With a token of the campaign, for a challenge that the root key signed.
    #[serde(default, skip_serializing_if = "is_false")]
    token: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content_encoding: Option<String>,
    /// Base64.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    body: String,
    answer: Answer,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct Answer {
    status: u16,
    /// Members that the answer's JSON has, with these values. It may have more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    json: Option<Value>,
    /// The size that the receipt's checkpoint has; null: there is no receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    receipt: Option<u64>,
    /// Base64: the body, byte for byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_false(flag: &bool) -> bool {
    !flag
}

fn status(status: u16) -> Answer {
    Answer { status, json: None, receipt: None, body: None }
}

fn problem(status: u16, code: &str) -> Answer {
    let json = json!({ "type": format!("urn:undersigned:problem:{code}"), "status": status, "code": code });
    Answer { json: Some(json), ..self::status(status) }
}

fn stored(code: u16, stored_size: u64, receipt: Option<u64>) -> Answer {
    Answer { json: Some(json!({ "stored_size": stored_size })), receipt, ..status(code) }
}

fn member(code: u16, json: Value) -> Answer {
    Answer { json: Some(json), ..status(code) }
}

/// Writes the steps of one sequence.
struct Writer {
    organizer: Organizer,
    name: &'static str,
    stored: String,
    steps: Vec<Step>,
}

const FIRST: LogKey = LogKey { table: 0, generation: 1, device: 0 };
const PLAIN: Papers = Papers { kit: 0, spoken_for_by: None };

impl Writer {
    /// The campaign is known from the start of most sequences.
    fn new(name: &'static str) -> Self {
        let mut writer = Self { organizer: organizer(), name, stored: "nothing".into(), steps: Vec::new() };
        writer.put_campaign(status(201));
        writer.now("the campaign");
        writer
    }

    fn now(&mut self, stored: &str) {
        stored.clone_into(&mut self.stored);
    }

    fn step(&mut self, name: &str, method: &Method, path: &str, body: &[u8], answer: Answer) -> &mut Step {
        let path = match path.strip_prefix('~') {
            Some(rest) => format!("/v1/campaigns/{}{rest}", self.organizer.campaign.id),
            None => path.to_owned(),
        };
        self.steps.push(Step {
            name: name.to_owned(),
            stored: self.stored.clone(),
            method: method.to_string(),
            path,
            token: false,
            content_encoding: None,
            body: BASE64.encode(body),
            answer,
        });
        let last = self.steps.len() - 1;
        &mut self.steps[last]
    }

    fn put_campaign(&mut self, answer: Answer) {
        let note = self.organizer.about();
        self.step("the campaign's own note", &Method::PUT, "~", note.as_bytes(), answer);
    }

    fn batch(
        &mut self,
        name: &str,
        log: LogKey,
        papers: Papers,
        branch: u8,
        span: (usize, usize),
        answer: Answer,
    ) {
        let (bytes, _) = self.organizer.batch(log, papers, branch, span.0, span.1);
        self.step(name, &Method::POST, "~/batches", &bytes, answer);
    }

    fn document(&mut self, name: &str, note: &str, answer: Answer) {
        self.step(name, &Method::POST, "~/documents", note.as_bytes(), answer);
    }

    fn confirm(&mut self, name: &str, log: LogKey, answer: Answer) {
        let device = self.organizer.device(log).verifier().clone();
        let table = self.organizer.table(log.table);
        let note = self.organizer.note(Confirmation { table, generation: log.generation, device });
        self.document(name, &note, answer);
    }

    fn pull(&mut self, name: &str, log: LogKey, from: u64, answer: Answer) -> &mut Step {
        let device = self.organizer.device(log).verifier().to_string();
        let query: String = device
            .bytes()
            .map(|byte| match byte {
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' | b'.' | b'~' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect();
        let table = self.organizer.table(log.table);
        let path = format!("~/logs/{table}/{}/batches?from={from}&device={query}", log.generation);
        let step = self.step(name, &Method::GET, &path, b"", answer);
        step.token = true;
        step
    }

    fn pulled(&mut self, name: &str, log: LogKey, papers: Papers, from: u64, span: (usize, usize)) {
        let (bytes, _) = self.organizer.batch(log, papers, 0, span.0, span.1);
        let answer = Answer { body: Some(BASE64.encode(&bytes)), ..status(200) };
        self.pull(name, log, from, answer);
    }

    fn done(self) -> Sequence {
        Sequence { name: self.name.to_owned(), steps: self.steps }
    }
}

fn organizer() -> Organizer {
    Organizer { kits: [(3, FAR), (1, FAR), (9, LONG_AGO)], ..Organizer::new(ROOT) }
}

fn campaigns() -> Sequence {
    let mut writer = Writer {
        organizer: organizer(),
        name: "a campaign becomes known",
        stored: "nothing".into(),
        steps: Vec::new(),
    };
    writer.batch("a batch before", FIRST, PLAIN, 0, (0, 1), problem(404, "unknown-campaign"));
    writer.step("the tally before", &Method::GET, "~/tally", b"", problem(404, "unknown-campaign"));
    writer.step("a challenge before", &Method::POST, "~/challenges", b"", problem(404, "unknown-campaign"));
    let other = Organizer::new(8).about();
    writer.step("another campaign's note", &Method::PUT, "~", other.as_bytes(), problem(400, "bad-document"));
    writer.step("no note", &Method::PUT, "~", b"hello", problem(400, "bad-document"));
    writer.put_campaign(status(201));
    writer.now("the campaign");
    writer.put_campaign(status(200));
    writer.step("the tally after", &Method::GET, "~/tally", b"", problem(404, "no-tally"));
    writer.done()
}

fn appending() -> Sequence {
    let mut writer = Writer::new("every row of a batch");
    writer.batch("the first", FIRST, PLAIN, 0, (0, 2), stored(201, 2, Some(2)));
    writer.now("2 entries; checkpoint 2");
    writer.batch("the same again", FIRST, PLAIN, 0, (0, 2), stored(200, 2, Some(2)));
    writer.batch("overlap and more", FIRST, PLAIN, 0, (1, 4), stored(201, 4, Some(4)));
    writer.now("4 entries; checkpoints 2, 4");
    writer.batch("known, and shorter than what is stored", FIRST, PLAIN, 0, (0, 1), stored(200, 4, Some(1)));
    writer.now("4 entries; checkpoints 1, 2, 4");
    writer.batch("empty at the end", FIRST, PLAIN, 0, (4, 4), stored(200, 4, Some(4)));
    writer.batch("empty before the end", FIRST, PLAIN, 0, (3, 3), stored(200, 4, Some(3)));
    writer.now("4 entries; checkpoints 1, 2, 3, 4");
    writer.batch(
        "past the end",
        FIRST,
        PLAIN,
        0,
        (5, 6),
        Answer { json: Some(json!({ "code": "rewind", "status": 409, "stored_size": 4 })), ..status(409) },
    );
    let notes: Vec<String> = [4, 6]
        .map(|size| {
            let (_, checkpoint) = writer.organizer.batch(FIRST, PLAIN, 0, 0, size);
            checkpoint.signed(&writer.organizer.device(FIRST)).unwrap().to_string()
        })
        .into();
    let forked = |at: u64, note: &str| {
        member(422, json!({ "code": "forked", "status": 422, "at": at, "checkpoint": note }))
    };
    // Branch 1 differs from entry 3 on.
    writer.batch("the overlap differs at 3", FIRST, PLAIN, 1, (2, 5), forked(3, &notes[0]));
    writer.batch(
        "the frontier at 4 differs, in its one subtree",
        FIRST,
        PLAIN,
        1,
        (4, 5),
        forked(0, &notes[0]),
    );
    writer.batch("two more", FIRST, PLAIN, 0, (4, 6), stored(201, 6, Some(6)));
    writer.now("6 entries; checkpoints 1, 2, 3, 4, 6");
    writer.batch(
        "the frontier at 6 differs, in its first subtree",
        FIRST,
        PLAIN,
        1,
        (6, 6),
        forked(0, &notes[1]),
    );
    let (mut bytes, _) = writer.organizer.batch(FIRST, PLAIN, 0, 0, 1);
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    writer.step("a changed byte", &Method::POST, "~/batches", &bytes, problem(400, "bad-batch"));
    writer.step("no batch", &Method::POST, "~/batches", b"UNDX", problem(400, "bad-batch"));
    let (bytes, _) = Organizer::new(8).batch(FIRST, PLAIN, 0, 0, 1);
    writer.step("another campaign's batch", &Method::POST, "~/batches", &bytes, problem(400, "bad-batch"));
    writer.done()
}

fn holding() -> Sequence {
    let mut writer = Writer::new("a table too many is held, and let in");
    let one = Papers { kit: 1, spoken_for_by: None };
    let second = LogKey { table: 1, ..FIRST };
    writer.batch("the one table of the kit", FIRST, one, 0, (0, 1), stored(201, 1, Some(1)));
    writer.now("table 0: 1 entry");
    writer.batch("a second table", second, one, 0, (0, 2), stored(202, 2, None));
    writer.now("table 0: 1 entry; table 1, held: 2 entries");
    writer.batch("the same again", second, one, 0, (0, 2), stored(202, 2, None));
    writer.batch(
        "past its end",
        second,
        one,
        0,
        (3, 4),
        member(409, json!({ "code": "rewind", "stored_size": 2 })),
    );
    writer.pull("a pull from it", second, 0, problem(403, "held"));
    let stranger = LogKey { device: 1, ..second };
    writer.confirm("the word for another device of it", stranger, status(201));
    writer.batch("it is held still", second, one, 0, (2, 2), stored(202, 2, None));
    writer.confirm("the word for it", second, status(201));
    writer.now("table 0: 1 entry; table 1, admitted: 2 entries");
    writer.confirm("the word again", second, status(200));
    writer.batch("now there is a receipt", second, one, 0, (2, 2), stored(200, 2, Some(2)));
    writer.pulled("and a pull", second, one, 0, (0, 2));
    writer.batch("the other device finds itself let in", stranger, one, 1, (0, 1), stored(201, 1, Some(1)));
    let late = Papers { kit: 2, spoken_for_by: None };
    let third = LogKey { table: 2, ..FIRST };
    writer.batch("a kit that is over", third, late, 0, (0, 1), stored(202, 1, None));
    let body = json!({
        "certificate": writer.organizer.certificate(2), "admission": writer.organizer.admission(third, late),
    });
    let path = format!("~/tables/{}/1", writer.organizer.table(2));
    let bytes = body.to_string().into_bytes();
    writer.step("its enrolment", &Method::PUT, &path, &bytes, member(202, json!({ "state": "held" })));
    let path = format!("~/tables/{}/1", writer.organizer.table(3));
    writer.step("under another table's path", &Method::PUT, &path, &bytes, problem(400, "bad-document"));
    writer.done()
}

fn generations() -> Sequence {
    let mut writer = Writer::new("later generations");
    let generation = |generation| LogKey { generation, ..FIRST };
    let spoken = Papers { kit: 0, spoken_for_by: Some(0) };
    writer.batch("the first", FIRST, PLAIN, 0, (0, 1), stored(201, 1, Some(1)));
    writer.batch(
        "another device of the first",
        LogKey { device: 1, ..FIRST },
        PLAIN,
        0,
        (0, 1),
        stored(202, 1, None),
    );
    writer.batch(
        "nobody speaks for it",
        LogKey { device: 1, ..generation(2) },
        PLAIN,
        0,
        (0, 1),
        stored(202, 1, None),
    );
    writer.batch(
        "the device before speaks for it",
        generation(2),
        spoken,
        0,
        (0, 2),
        stored(201, 2, Some(2)),
    );
    writer.now("generations 1 and 2 of device 0 admitted, of device 1 held");
    writer.batch("the one before is not known", generation(4), spoken, 0, (0, 1), stored(202, 1, None));
    writer.batch("it comes", generation(3), spoken, 0, (0, 1), stored(201, 1, Some(1)));
    writer.batch("and its successor is let in", generation(4), spoken, 0, (1, 1), stored(200, 1, Some(1)));
    let held = Papers { kit: 0, spoken_for_by: Some(1) };
    let log = LogKey { device: 1, ..generation(3) };
    writer.batch("a held one speaks for nobody", log, held, 0, (0, 1), stored(202, 1, None));
    writer.batch("generation 0", generation(0), PLAIN, 0, (0, 1), problem(400, "bad-batch"));
    writer.done()
}

fn revoking() -> Sequence {
    let mut writer = Writer::new("revocations");
    let one = Papers { kit: 1, spoken_for_by: None };
    writer.batch("by kit 1", FIRST, one, 0, (0, 2), stored(201, 2, Some(2)));
    writer.now("table 0, made with kit 1: 2 entries");
    let kit = writer.organizer.kit(1);
    let note = writer.organizer.note(Revocation { kit: Some(kit), table: None, reason: "lost".into() });
    writer.document("kit 1 is revoked", &note, status(201));
    writer.now("table 0, made with kit 1, which is revoked: 2 entries");
    writer.document("and again", &note, status(200));
    writer.batch("more by kit 1", FIRST, one, 0, (2, 3), problem(403, "revoked"));
    writer.batch("more by kit 0, for the same log", FIRST, PLAIN, 0, (2, 3), problem(403, "revoked"));
    writer.pulled("what it sent can be pulled", FIRST, one, 0, (0, 2));
    let second = LogKey { table: 1, ..FIRST };
    writer.batch("another table by kit 0", second, PLAIN, 0, (0, 1), stored(201, 1, Some(1)));
    let table = Some(writer.organizer.table(1));
    let note = writer.organizer.note(Revocation { kit: None, table, reason: "stolen".into() });
    writer.document("it is revoked", &note, status(201));
    writer.batch("the same again", second, PLAIN, 0, (0, 1), problem(403, "revoked"));
    let next = LogKey { generation: 2, ..second };
    writer.batch(
        "its next generation",
        next,
        Papers { kit: 0, spoken_for_by: Some(0) },
        0,
        (0, 1),
        problem(403, "revoked"),
    );
    let forged = Signed::sign(
        writer.organizer.campaign.id,
        NOW,
        Revocation { kit: Some(kit), table: None, reason: "no".into() },
        &[&Organizer::new(8).campaign.root],
    );
    writer.document("signed by somebody else", &forged.unwrap().note(), problem(400, "bad-document"));
    writer.document("a kind that is not taken", &writer.organizer.about(), problem(400, "bad-document"));
    writer.done()
}

fn pulling() -> Sequence {
    let mut writer = Writer::new("pulling");
    for span in [(0, 2), (2, 3), (3, 6)] {
        let size = span.1 as u64;
        writer.batch("a batch", FIRST, PLAIN, 0, span, stored(201, size, Some(size)));
    }
    writer.now("6 entries; checkpoints 2, 3, 6");
    writer.pulled("from the start", FIRST, PLAIN, 0, (0, 6));
    writer.pulled("from a checkpoint", FIRST, PLAIN, 3, (3, 6));
    writer.pulled("from between: from the checkpoint before", FIRST, PLAIN, 4, (3, 6));
    writer.pull("from the end", FIRST, 6, status(204));
    writer.pull("from past the end", FIRST, 7, status(204));
    writer.pull("a log that is not known", LogKey { device: 1, ..FIRST }, 0, problem(404, "unknown-log"));
    writer.pull("without a token", FIRST, 0, problem(401, "no-token")).token = false;
    writer.step("the logs, without a token", &Method::GET, "~/logs", b"", problem(401, "no-token"));
    let device = writer.organizer.device(FIRST).verifier().to_string();
    let table = writer.organizer.table(0);
    let rows = json!([{ "table": table, "generation": 1, "device": device, "size": 6, "state": "admitted", "label": "Table 0" }]);
    writer.step("the logs", &Method::GET, "~/logs", b"", member(200, rows)).token = true;
    let path = format!("~/logs/{table}/1/batches?from=x");
    writer.step("a query that is malformed", &Method::GET, &path, b"", problem(400, "bad-request")).token =
        true;
    writer.done()
}

fn tallies() -> Sequence {
    let mut writer = Writer::new("tallies");
    let tally = |seq| Tally { seq, petitions: Vec::new(), logs: Vec::new() };
    let second = writer.organizer.note(tally(2));
    writer.document("tally 2", &second, status(201));
    writer.now("tally 2");
    writer.document("the same note", &second, status(200));
    let other = Tally {
        logs: vec![wire::LogSize { table: writer.organizer.table(0), generation: 1, size: 1 }],
        ..tally(2)
    };
    let other = writer.organizer.note(other);
    writer.document("another note of the same number", &other, problem(409, "stale"));
    let first = writer.organizer.note(tally(1));
    writer.document("a lower number", &first, problem(409, "stale"));
    writer.step(
        "the newest",
        &Method::GET,
        "~/tally",
        b"",
        Answer { body: Some(BASE64.encode(second.as_bytes())), ..status(200) },
    );
    let third = writer.organizer.note(tally(3));
    writer.document("a higher number", &third, status(201));
    writer.now("tally 3");
    // A member that is known, twice: which one would count?
    let campaign = writer.organizer.campaign.id;
    let twice = format!(
        "{{\"kind\":\"tally\",\"v\":1,\"campaign\":\"{campaign}\",\"at\":1,\"seq\":9,\"petitions\":[],\"logs\":[],\"seq\":10}}\n"
    );
    let twice = Note::new(twice).unwrap().signed(&writer.organizer.campaign.root).to_string();
    writer.document("a member twice", &twice, problem(400, "bad-document"));
    let more = format!(
        "{{\"at\":1,\"more\":true,\"seq\":11,\"logs\":[],\"petitions\":[],\"campaign\":\"{campaign}\",\"v\":1,\"kind\":\"tally\"}}\n"
    );
    let more = Note::new(more).unwrap().signed(&writer.organizer.campaign.root).to_string();
    writer.document("unknown members, in any order", &more, status(201));
    writer.done()
}

fn requests() -> Sequence {
    let mut writer = Writer::new("requests that are none");
    writer.step("no such path", &Method::GET, "/v1/nothing", b"", problem(404, "no-such-request"));
    writer.step("not with this method", &Method::DELETE, "~/tally", b"", problem(404, "no-such-request"));
    writer.step("no campaign", &Method::GET, "/v1/campaigns/zz/tally", b"", problem(400, "bad-request"));
    writer.step("no table", &Method::PUT, "~/tables/x/1", b"{}", problem(400, "bad-request"));
    let path = format!("~/tables/{}/1", writer.organizer.table(0));
    writer.step("no JSON", &Method::PUT, &path, b"{", problem(400, "bad-request"));
    let encoded = writer.step(
        "an encoding that is not known",
        &Method::POST,
        "~/batches",
        b"x",
        problem(415, "unsupported"),
    );
    encoded.content_encoding = Some("br".into());
    let huge = b"UNDB\x01\x00\x00\x00\x00";
    writer.step("it ends in the middle", &Method::POST, "~/batches", huge, problem(400, "bad-batch"));
    writer.done()
}

fn made() -> Vectors {
    Vectors {
        about: "docs/protocol.md §8. Each sequence begins with an endpoint that knows nothing. A path begins with /v1; bodies are base64. \
                A receipt is verified under the key of GET /v1, on the checkpoint in the batch that was sent."
            .into(),
        root_seed: HEXLOWER.encode(&[ROOT; 32]),
        sequences: vec![campaigns(), appending(), holding(), generations(), revoking(), pulling(), tallies(), requests()],
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

/// Asks a running endpoint, and says where it answers otherwise.
struct Asking {
    http: reqwest::Client,
    url: String,
    root: SigningKey,
    key: VerifierKey,
    token: Option<String>,
}

impl Asking {
    async fn token(&mut self, step: &Step) -> String {
        if let Some(token) = &self.token {
            return token.clone();
        }
        let base: String = step.path.split('/').take(4).collect::<Vec<_>>().join("/");
        let at = |path: &str| format!("{}{base}{path}", self.url);
        let challenge: Value = self.http.post(at("/challenges")).send().await.unwrap().json().await.unwrap();
        let nonce = challenge["nonce"].as_str().unwrap().to_owned();
        let campaign = base.rsplit('/').next().unwrap().parse().unwrap();
        let pull = Signed::sign(campaign, NOW, Pull { nonce, endpoint: self.key.clone() }, &[&self.root]);
        let answer = self.http.post(at("/tokens")).body(pull.unwrap().note()).send().await.unwrap();
        let token: Value = answer.json().await.unwrap();
        self.token.insert(token["token"].as_str().unwrap().to_owned()).clone()
    }

    async fn check(&mut self, step: &Step) -> Result<(), String> {
        let body = BASE64.decode(step.body.as_bytes()).unwrap();
        let method = Method::from_bytes(step.method.as_bytes()).unwrap();
        let mut request = self.http.request(method, format!("{}{}", self.url, step.path)).body(body.clone());
        if step.token {
            request = request.bearer_auth(self.token(step).await);
        }
        if let Some(encoding) = &step.content_encoding {
            request = request.header("content-encoding", encoding);
        }
        let answer = request.send().await.map_err(|_| "no answer".to_owned())?;
        let status = answer.status().as_u16();
        let content_type = answer
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let bytes = answer.bytes().await.unwrap();
        let found: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if status != step.answer.status {
            return Err(format!("status {status}, {found}"));
        }
        if status >= 400 && content_type != "application/problem+json" {
            return Err(format!("an error of type {content_type}"));
        }
        if step.answer.json.as_ref().is_some_and(|expected| !holds(&found, expected)) {
            return Err(format!("{found}"));
        }
        if step.answer.body.as_ref().is_some_and(|expected| BASE64.encode(&bytes) != *expected) {
            return Err("another body".to_owned());
        }
        let receipt = found["receipt"].as_str();
        match (receipt, step.answer.receipt) {
            (None, None) => Ok(()),
            (Some(line), Some(size)) => {
                let note = Batch::decode(&body).unwrap().checkpoint.parse().unwrap();
                let checkpoint = proof::Checkpoint::parse(&note).unwrap();
                let verified = Receipt::verify(line, &checkpoint, &self.key).is_ok();
                (verified && checkpoint.size == size)
                    .then_some(())
                    .ok_or_else(|| "no good receipt".to_owned())
            }
            _ => Err("a receipt where there is none, or none where there is one".to_owned()),
        }
    }
}

/// Whether a value has all that is expected of it.
fn holds(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected
            .iter()
            .all(|(name, expected)| found.get(name).is_some_and(|found| holds(found, expected))),
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len()
                && found.iter().zip(expected).all(|(found, expected)| holds(found, expected))
        }
        _ => found == expected,
    }
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
