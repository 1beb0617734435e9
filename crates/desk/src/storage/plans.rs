//! No statement goes through a large table from end to end, but for the few that are there to do so.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::{collections::BTreeSet, fs, path::Path};

use lockbox::{Lockbox, LockboxError};

use super::SCHEMA;

/// Tables of which a statement may go through all rows: they grow with what an organizer does, or with the tables
/// at work, and not with the signatures.
const SMALL: [&str; 17] = [
    "backup",
    "backup_place",
    "campaign",
    "petition",
    "ended",
    "epoch",
    "kit",
    "kit_code",
    "revocation",
    "roll",
    "confirmation",
    "endpoint_log",
    "pulled",
    "compared",
    // Batches that came before their turn.
    "waiting",
    "standing_count",
    "outcome_count",
];

/// Tables whose rows no statement counts: `counts` has the numbers.
const COUNTED: [&str; 4] = ["FROM entry", "FROM signature", "FROM envelope", "FROM content"];

/// What goes through a large table because that is what it is for.
const WHOLE: [(&str, &str); 9] = [
    (
        "every table is shown, and verified",
        "SELECT log, table_id, generation, device, parent, fork_at, label, certificate, admission, size, checkpoint, forked_by FROM log ORDER BY",
    ),
    (
        "what was merged before there were frontiers gets them, once",
        "SELECT log, size FROM log WHERE size > 0",
    ),
    ("a decision about many is about any", "SELECT signature, signed_at, table_id, generation, method"),
    ("another organizer gets every decision", "SELECT note FROM decided ORDER BY"),
    ("strange patterns are looked for in all", "SELECT table_id, label, signed_at, standing, found, cbor"),
    ("all are compared with all", "SELECT signature.signature AS id, table_id, cbor"),
    (
        "what is not found again is no duplicate",
        "SELECT signature FROM signature WHERE petition = ?1 AND standing",
    ),
    (
        "a sample is drawn of all that count",
        "SELECT signature FROM signature JOIN log USING (log) WHERE petition",
    ),
    ("the export has every signature", "SELECT petition, signed_at, signature FROM signature"),
];

#[test]
fn no_statement_scans_a_table_that_grows_with_the_signatures() {
    let folder = tempfile::tempdir().unwrap();
    let made = Lockbox::create(folder.path(), None, &SCHEMA, |_| Ok::<_, LockboxError>(()));
    let db = made.unwrap().connection;
    let (mut wrong, mut used, mut seen) = (Vec::new(), BTreeSet::new(), 0);
    for statement in statements() {
        seen += 1;
        if statement.contains("count(") && COUNTED.iter().any(|from| statement.contains(from)) {
            wrong.push(format!("counts rows: {statement}"));
        }
        let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
        let mut rows = plan.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let detail: String = row.get("detail").unwrap();
            let scanned = detail.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
            let whole = WHOLE.iter().position(|(_, start)| statement.starts_with(start));
            match scanned {
                Some(table) if SMALL.contains(&table) || table.starts_with("CONSTANT") => {}
                Some(_) if whole.is_some() => used.extend(whole),
                Some(_) => wrong.push(format!("{detail}: {statement}")),
                None => {}
            }
        }
    }
    assert!(seen > 50, "only {seen} statements were found in the sources");
    assert!(wrong.is_empty(), "statements that scan:\n{}", wrong.join("\n"));
    assert_eq!(used.len(), WHOLE.len(), "an exception that is needed no more");
}

/// Every SQL statement in the sources of this folder, its white space made one space.
fn statements() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/storage");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let sources = files.filter(|path| path.file_stem().is_some_and(|name| name != "plans" && name != "mod"));
    let literals = sources.flat_map(|path| literals(&fs::read_to_string(path).unwrap()));
    let words = literals.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE "];
    words.filter(|text| verbs.iter().any(|verb| text.starts_with(verb))).collect()
}

/// The string literals of Rust code without escapes, and without those in comments.
fn literals(code: &str) -> Vec<String> {
    let code: Vec<_> = code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    assert!(!code.iter().any(|line| line.contains('\\')), "a literal with an escape");
    // What is between an odd quotation mark and the next.
    code.join("\n").split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
