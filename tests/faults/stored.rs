//! What is on the disk in the end.

use fixtures::NumberedLog;
use proof::{Checkpoint, Frontier, Hash, Note, VerifierKey, leaf_hash};
use rusqlite::Connection;

use crate::{disk::Disk, senders::Senders};

/// Stops the endpoint, starts it again on the same files without any faults, lets every table finish, and looks at
/// every entry and every checkpoint that is stored.
pub(crate) async fn check_after(disk: &mut Disk, senders: &mut Senders) {
    disk.endpoint.stop().unwrap();
    disk.endpoint.set_environment(Vec::new());
    disk.endpoint.start_again().unwrap();
    check_stored(disk, senders);
    senders.send_until_received(&disk.client).await;
    senders.check_nothing_is_asked_for_again(&disk.client).await;
    disk.endpoint.stop().unwrap();
    check_stored(disk, senders);
}

#[track_caller]
fn check_stored(disk: &Disk, senders: &Senders) {
    let database = Connection::open(disk.data().join("endpoint.db")).unwrap();
    let state: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(state, "ok");
    for sender in senders.tables() {
        let stored = check_log(&database, &sender.table);
        assert!(stored >= sender.received, "{} received, {stored} stored", sender.received);
    }
}

/// The log of a table, computed again from its entries and compared with all that is stored about it. Gives its size.
fn check_log(database: &Connection, table: &NumberedLog) -> u64 {
    let mut select =
        database.prepare("SELECT id, size, frontier, device FROM log WHERE table_id = ?1").unwrap();
    let log = select.query_row([table.origin().table.to_string()], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, Vec<u8>>(2)?,
            row.get::<_, String>(3)?,
        ))
    });
    let Ok((id, size, frontier, device)) = log else { return 0 };
    let device: VerifierKey = device.parse().unwrap();
    let mut select =
        database.prepare("SELECT size, frontier, note FROM checkpoint WHERE log = ?1 ORDER BY size").unwrap();
    let mut checkpoints = select
        .query_map([id], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, String>(2)?))
        })
        .unwrap()
        .map(Result::unwrap)
        .peekable();
    let mut select = database
        .prepare("SELECT place, leaf, envelope FROM entry WHERE place >= ?1 AND place < ?2 ORDER BY place")
        .unwrap();
    let mut entries = select.query([id << 40, (id + 1) << 40]).unwrap();
    let mut head = Frontier::default();
    loop {
        let index = head.size() as i64;
        while let Some((size, frontier, note)) = checkpoints.next_if(|(size, ..)| *size == index) {
            let note: Note = note.parse().unwrap();
            let signed = Checkpoint::verify(&note, &device).unwrap();
            assert_eq!(signed, Checkpoint::at(table.origin(), &head), "the root is not that of the entries");
            assert_eq!(Frontier::from_bytes(size.unsigned_abs(), &frontier).unwrap(), head);
        }
        let Some(row) = entries.next().unwrap() else { break };
        let (place, leaf) = (row.get::<_, i64>(0).unwrap(), Hash(row.get(1).unwrap()));
        let envelope = row.get_ref(2).unwrap().as_blob().unwrap();
        assert_eq!(place, (id << 40) | index, "an entry is missing");
        assert_eq!(leaf, leaf_hash(envelope));
        assert!(envelope == table.entry(index.unsigned_abs()), "what is stored is not what was sent");
        head.push(leaf);
    }
    assert!(checkpoints.next().is_none(), "a checkpoint is past the entries");
    assert_eq!(head, Frontier::from_bytes(size.unsigned_abs(), &frontier).unwrap());
    head.size()
}
