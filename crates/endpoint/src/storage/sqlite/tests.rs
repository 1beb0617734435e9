//! What only SQLite can get wrong: its files after a kill, and its statements.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{fs, path::Path};

use fixtures::Campaign;
use proof::{Hash, Seed, leaf_hash};
use rusqlite::Connection;
use uuid::Uuid;

use super::{
    database::{STEPS, file, open},
    *,
};

fn origin(table: u128, generation: u32) -> proof::Origin {
    Campaign::new(1).origin(table, generation)
}

fn new_campaign(campaign: &Campaign) -> NewCampaign {
    NewCampaign { id: campaign.id, root: campaign.root.verifier().clone(), note: "a note".into() }
}

fn device(origin: &proof::Origin, seed: u8) -> proof::VerifierKey {
    origin.device_key(&Seed::from_bytes([seed; 32])).verifier().clone()
}

/// A database of the first version as a program leaves it that is killed: nothing of it is in the main file yet.
fn killed_at_step_1(folder: &Path) {
    let (running, left) = (folder.join("running.db"), folder.join("endpoint.db"));
    let connection = Connection::open(&running).unwrap();
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;").unwrap();
    STEPS[0].statements.iter().for_each(|statements| connection.execute_batch(statements).unwrap());
    connection.pragma_update(None, "user_version", 1).unwrap();
    campaign::insert(&connection, &new_campaign(&Campaign::new(1)), u64::MAX).unwrap();
    for (id, table, held) in [(3, 1, false), (7, 2, true), (9, 3, false)] {
        let origin = origin(table, 1);
        let mut head = proof::Frontier::default();
        connection
            .execute(
                "INSERT INTO log (id, campaign, table_id, generation, kit, certificate, admission, device, label, held,
                     size, frontier, last_seen)
                 VALUES (?1, ?2, ?3, 1, ?4, 'certificate', 'admission', ?5, 'Table', ?6, 0, x'', 60)",
                (
                    id,
                    origin.campaign.to_string(),
                    origin.table.to_string(),
                    Uuid::from_u128(0xA).to_string(),
                    device(&origin, 5).to_string(),
                    held,
                ),
            )
            .unwrap();
        for index in 0..5 {
            let envelope = [id as u8, index];
            entry::insert(&connection, id, u64::from(index), &leaf_hash(&envelope), &envelope).unwrap();
            head.push(leaf_hash(&envelope));
        }
        checkpoint::insert(&connection, id, &head, "checkpoint").unwrap();
        log::set_head(&connection, id, &head, 120).unwrap();
    }
    connection
        .execute("INSERT INTO confirmation (origin, note) VALUES (?1, 'word')", [origin(3, 1).to_string()])
        .unwrap();
    for end in ["", "-wal"] {
        let name = |path: &Path| format!("{}{end}", path.display());
        fs::copy(name(&running), name(&left)).unwrap();
    }
}

fn check_logs(connection: &Connection) {
    for (id, table, held) in [(3, 1, false), (7, 2, true), (9, 3, false)] {
        let origin = origin(table, 1);
        let row = log::find(connection, &origin, &device(&origin, 5)).unwrap().unwrap();
        assert_eq!((row.id, row.kit, row.held), (id, Uuid::from_u128(0xA), held));
        let leaves: Vec<Hash> = entry::list_leaves(connection, row.id, 0, 5).unwrap();
        assert_eq!(proof::Frontier::of_leaves(leaves), row.head);
        assert_eq!(checkpoint::find_at(connection, row.id, 5).unwrap().unwrap().frontier, row.head);
        let papers = log::get_papers(connection, row.id).unwrap();
        assert_eq!((papers.certificate, papers.admission), ("certificate".into(), "admission".into()));
    }
}

#[test]
fn a_database_of_the_first_version_keeps_its_logs_and_takes_another_device_under_a_known_name() {
    let folder = tempfile::tempdir().unwrap();
    killed_at_step_1(folder.path());
    let connection = open(folder.path()).unwrap().connection;
    check_logs(&connection);
    let campaign = origin(1, 1).campaign;
    assert_eq!(campaign::find_held_entries(&connection, campaign).unwrap(), 5);
    assert!(document::is_confirmed(&connection, &origin(3, 1), &device(&origin(3, 1), 5)).unwrap());
    assert!(!document::is_confirmed(&connection, &origin(3, 1), &device(&origin(3, 1), 6)).unwrap());
    let new = log::New {
        kit: Uuid::from_u128(0xA),
        held: true,
        label: "Table",
        certificate: "other",
        admission: "other",
        last_seen: 60,
    };
    log::insert(&connection, &origin(1, 1), &device(&origin(1, 1), 6), &new).unwrap();
    assert_eq!(log::list(&connection, campaign).unwrap().len(), 4);
    let referring: i64 = connection.query_row("PRAGMA foreign_keys", [], |row| row.get(0)).unwrap();
    assert_eq!(referring, 1);
}

#[test]
fn a_database_of_before_there_were_kits_by_code_takes_them() {
    let folder = tempfile::tempdir().unwrap();
    killed_at_step_1(folder.path());
    let campaign = origin(1, 1).campaign;
    let kit = Uuid::from_u128(0xA);
    {
        let connection = Connection::open(file(folder.path())).unwrap();
        // A table that others refer to is built again.
        connection.execute_batch("PRAGMA foreign_keys = OFF;").unwrap();
        for statements in STEPS[1..3].iter().flat_map(|step| step.statements) {
            connection.execute_batch(statements).unwrap();
        }
        connection.pragma_update(None, "user_version", 3).unwrap();
        document::insert_revocation(&connection, campaign, kit, "a note").unwrap();
    }
    let connection = open(folder.path()).unwrap().connection;
    check_logs(&connection);
    let new = |number, kit| NewDeposit {
        deposit: wire::DepositId([number; 16]),
        kit,
        until: 200,
        note: "a note".into(),
        sealed: Bytes::from_static(b"sealed"),
    };
    assert_eq!(deposit::insert(&connection, campaign, &new(1, kit), 100).unwrap(), DepositOutcome::Revoked);
    let other = new(2, Uuid::from_u128(0xB));
    assert_eq!(deposit::insert(&connection, campaign, &other, 100).unwrap(), DepositOutcome::Inserted);
    let outcome = deposit::claim(&connection, campaign, other.deposit, wire::ClaimId([3; 16]), 100).unwrap();
    assert_eq!(outcome, ClaimOutcome::Taken { first: true, sealed: b"sealed".to_vec() });
}

#[test]
fn the_copy_before_a_migration_holds_what_only_the_log_of_the_database_held() {
    let folder = tempfile::tempdir().unwrap();
    killed_at_step_1(folder.path());
    drop(open(folder.path()).unwrap());
    let copy = folder.path().join("endpoint.before-4.db");
    // As somebody would bring it back.
    let folder_of_back = tempfile::tempdir().unwrap();
    let back = file(folder_of_back.path());
    fs::copy(copy, &back).unwrap();
    let version: i64 =
        Connection::open(&back).unwrap().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 1);
    check_logs(&open(folder_of_back.path()).unwrap().connection);
}

#[test]
fn no_statement_reads_a_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let connection = open(folder.path()).unwrap().connection;
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // Only the campaigns are counted, when one more comes: there are a thousand of them at most.
    let statements: Vec<String> = statements(&source);
    assert!(statements.len() > 25, "only {} statements were found", statements.len());
    for statement in statements {
        let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
        let unbound = rusqlite::params_from_iter(vec![rusqlite::types::Null; explain.parameter_count()]);
        let steps = explain.query_map(unbound, |row| row.get::<_, String>("detail")).unwrap();
        for step in steps.map(Result::unwrap) {
            let reads_all = step.starts_with("SCAN")
                && step != "SCAN CONSTANT ROW"
                && statement != "SELECT count(*) FROM campaign";
            assert!(!reads_all && !step.contains("TEMP B-TREE FOR ORDER"), "{statement}: {step}");
        }
    }
}

/// Every statement that reads or changes rows, from the string literals of the program's source; tests and the steps of the
/// schema, which run once, are left out.
fn statements(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(statements(&path));
        } else if !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE "];
            let literals = text.split('"').skip(1).step_by(2);
            found.extend(
                literals.filter(|text| verbs.iter().any(|verb| text.starts_with(verb))).map(str::to_owned),
            );
        }
    }
    found
}

#[test]
fn the_tables_of_a_kit_are_counted_in_one_campaign_only() {
    let folder = tempfile::tempdir().unwrap();
    let connection = open(folder.path()).unwrap().connection;
    let kit = Uuid::from_u128(0xA);
    let of_campaign = |seed: u8| {
        let made = Campaign::new(seed);
        campaign::insert(&connection, &new_campaign(&made), u64::MAX).unwrap();
        move |table: u128| made.origin(table, 1)
    };
    let (own, other) = (of_campaign(1), of_campaign(2));
    for (origin, held) in [(own(1), false), (own(2), true), (other(3), false), (other(4), false)] {
        let new = log::New { kit, held, label: "", certificate: "", admission: "", last_seen: 60 };
        log::insert(&connection, &origin, &device(&origin, 5), &new).unwrap();
    }
    assert_eq!(log::count_other_tables(&connection, &own(9), kit).unwrap(), 1);
    assert_eq!(log::count_other_tables(&connection, &own(1), kit).unwrap(), 0);
    assert_eq!(log::count_other_tables(&connection, &other(9), kit).unwrap(), 2);
}
