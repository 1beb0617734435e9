//! The sequences, each with a state of the endpoint in view.

use data_encoding::BASE64;
use proof::Note;
use reqwest::Method;
use serde_json::json;
use wire::{Epoch, Petition, Revocation, Signed, Tally, Update};

use super::{
    step::{Answer, Sequence, member, problem, status, stored},
    writer::{FIRST, PLAIN, Writer, organizer},
};
use crate::by_hand::{LogKey, NOW, Organizer, Papers};

pub(super) fn campaigns() -> Sequence {
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

pub(super) fn appending() -> Sequence {
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

pub(super) fn holding() -> Sequence {
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

pub(super) fn generations() -> Sequence {
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

pub(super) fn revoking() -> Sequence {
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

pub(super) fn pulling() -> Sequence {
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

pub(super) fn tallies() -> Sequence {
    let mut writer = Writer::new("tallies");
    let tally = |seq| Tally { seq, petitions: Vec::new(), logs: Vec::new() };
    let second = writer.organizer.note(tally(2));
    writer.document("tally 2", &second, status(201));
    writer.now("tally 2");
    writer.document("the same note", &second, status(200));
    let other = Tally {
        logs: vec![wire::LogSize { table: writer.organizer.table(0), generation: 1, size: 1, root: None }],
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

pub(super) fn updates() -> Sequence {
    let mut writer = Writer::new("updates");
    let update = |organizer: &Organizer, seq| {
        let petition = Petition {
            petition: uuid::Uuid::from_u128(0xC),
            version: 1,
            source: "---\ntitle: One\n---\nText".into(),
            text_hash: "00".repeat(32),
            translations: Vec::new(),
        };
        let epoch = Epoch { epoch: "00".repeat(8), suite: 1, key: String::new(), from: 0, until: NOW };
        let (petitions, epochs) = (vec![organizer.note(petition)], vec![organizer.note(epoch)]);
        Update { seq, petitions, epochs, ended: Vec::new(), certificates: Vec::new() }
    };
    writer.step("none yet", &Method::GET, "~/update?after=0", b"", status(204));
    let second = writer.organizer.note(update(&writer.organizer, 2));
    writer.document("update 2", &second, status(201));
    writer.now("update 2");
    writer.document("the same again", &second, status(200));
    let newer = Answer { body: Some(BASE64.encode(second.as_bytes())), ..status(200) };
    writer.step("for who knows none", &Method::GET, "~/update?after=0", b"", newer);
    writer.step("for who knows it", &Method::GET, "~/update?after=2", b"", status(204));
    writer.step("after what?", &Method::GET, "~/update", b"", problem(400, "bad-request"));
    let first = writer.organizer.note(update(&writer.organizer, 1));
    writer.document("a lower number", &first, problem(409, "stale"));
    let mut broken = update(&writer.organizer, 3);
    broken.petitions.push("no note".into());
    let broken = writer.organizer.note(broken);
    writer.document("with a note that does not verify", &broken, problem(400, "bad-document"));
    let empty = writer.organizer.note(Update { epochs: Vec::new(), ..update(&writer.organizer, 3) });
    writer.document("without an epoch", &empty, problem(400, "bad-document"));
    writer.done()
}

pub(super) fn requests() -> Sequence {
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
