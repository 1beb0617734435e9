//! Any order, any repetition, any split of batches, with forks, restored images, late petitions and late keys: one
//! ledger, byte for byte.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, LazyLock, Mutex},
};

use crate::hand_made::{HandMadeCampaign, HandMadeTable, NOW, counts, csv, merge, quick_folder};
use data_encoding::HEXLOWER;
use desk::{Desk, ExplainedCount, LogVerification, Proof, Standing, TableRow};
use matching::{Record, exact_duplicates};
use petition::Signature;
use proptest::{prelude::*, sample::subsequence};
use rand::{SeedableRng, rngs::StdRng};
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

const LATE_PETITION: &str =
    "---\ntitle: Late\nstarted_by: Us\naddressed_to: Them\n---\n\nWe ask for it late.\n";

struct World {
    campaign: HandMadeCampaign,
    /// As many logs and branches of logs as there are.
    tables: Vec<HandMadeTable>,
    signatures: Vec<Signature>,
    /// The epoch that comes late, as its row.
    late_epoch: EpochRow,
    expected: Ledger,
    batches: Mutex<HashMap<Range, Arc<Vec<u8>>>>,
}

/// A table, and entries of it from one up to another.
type Range = (usize, usize, usize);

/// An epoch as it is in the desk's database.
type EpochRow = ([u8; 8], String, Vec<u8>, i64, i64);

/// All that is shown of a ledger.
#[derive(Debug, PartialEq)]
struct Ledger {
    csv: String,
    counts: [ExplainedCount; 3],
    tables: Vec<TableRow>,
    logs: Vec<LogVerification>,
}

impl Ledger {
    fn of(desk: &Desk, campaign: &HandMadeCampaign) -> Self {
        Self {
            csv: csv(desk),
            counts: counts(desk, campaign),
            tables: desk.tables().unwrap(),
            logs: desk.verify().unwrap(),
        }
    }
}

static WORLD: LazyLock<World> = LazyLock::new(World::new);

impl World {
    /// Three tables, one of them in two generations, with duplicates, re-sent signatures, ids used twice, unknown
    /// texts and entries that do not open. The first was copied three times, one of the copies again; the second was
    /// restored, so two devices claim its second generation. A petition and an epoch come late.
    fn new() -> Self {
        let campaign = HandMadeCampaign::new(31);
        let mut tables: Vec<_> = [(1, 1), (2, 1), (2, 2), (3, 1)]
            .map(|(number, generation)| HandMadeTable::new(&campaign, number, generation))
            .into();
        let mut signatures = Vec::new();
        for number in 0..11_u128 {
            let email = format!("Person{}@x.org", number % 3);
            let email = (number % 4 != 0).then_some(email.as_str());
            let signature =
                campaign.signature(number, (number % 2) as usize, &format!("Person {}", number % 3), email);
            tables[[0, 1, 3][(number % 3) as usize]].append(&signature);
            signatures.push(signature);
        }
        // Who signed by a right clock too, at a table whose clock stands at 1980.
        for number in [60, 61] {
            let email = format!("Person{}@x.org", number % 3);
            let mut signature =
                campaign.signature(number, 0, &format!("Person {}", number % 3), Some(&email));
            signature.signed_at = 315_964_800;
            tables[1].append(&signature);
            signatures.push(signature);
        }
        for again in [1, 4] {
            tables[2].append(&signatures[again]);
        }
        // The id of a signature of the third table on another content, in an earlier place.
        let mut thief = campaign.signature(5, 0, "Thief", Some("thief@x.org"));
        thief.signed_at += 60;
        tables[0].append(&thief);
        let mut odd = campaign.signature(90, 0, "Odd", Some("odd@x.org"));
        odd.text_hash = [1; 32];
        tables[3].append(&odd);
        tables[1].append_content(b"nothing", campaign.petitions[0]);
        let replayed = tables[0].envelopes[0].clone();
        tables[2].envelopes.push(replayed);
        Self::copy(&campaign, &mut tables, &signatures);
        let late = Self::add_late(&campaign, &mut tables);
        let late_epoch = late_epoch(&campaign);
        let (_folder, mut desk) = campaign.desk();
        assert_eq!(desk.add_petition(LATE_PETITION, NOW, &mut late_rng()).unwrap(), late);
        for table in &tables {
            merge(&mut desk, &table.whole());
        }
        let expected = Ledger::of(&desk, &campaign);
        Self { campaign, tables, signatures, late_epoch, expected, batches: Mutex::default() }
    }

    /// Copies and restored images, with what each of them collected.
    fn copy(campaign: &HandMadeCampaign, tables: &mut Vec<HandMadeTable>, signatures: &[Signature]) {
        let mut copy = tables[0].cloned(2);
        // One that the other has too, sealed anew at the same index; and the id of another on another content.
        copy.append(&signatures[9]);
        let mut other = campaign.signature(6, 1, "Not the same", Some("other@x.org"));
        other.signed_at += 120;
        copy.append(&other);
        copy.append(&campaign.signature(100, 0, "Copied", Some("Person1@x.org")));
        let mut copy_of_copy = copy.cloned(3);
        copy_of_copy.append(&campaign.signature(101, 1, "Copied twice", None));
        copy_of_copy.append(&campaign.signature(100, 0, "Copied", Some("Person1@x.org")));
        let mut at_once = tables[0].cloned(0);
        at_once.append(&campaign.signature(102, 0, "At once", None));
        let mut restored = HandMadeTable::new(campaign, 2, 2);
        restored.take_another_device(campaign, "Restored");
        restored.append(&signatures[7]);
        restored.append(&campaign.signature(103, 1, "Restored", None));
        tables.extend([copy, copy_of_copy, at_once, restored]);
    }

    /// What is sealed for the petition and to the epoch that come late. Gives the petition.
    fn add_late(campaign: &HandMadeCampaign, tables: &mut [HandMadeTable]) -> Uuid {
        let (_folder, mut scratch) = campaign.desk();
        let late = scratch.add_petition(LATE_PETITION, NOW, &mut late_rng()).unwrap();
        let text = petition::Petition::parse(late, 1, LATE_PETITION).unwrap().text_hash();
        for (number, table) in [(110, 3), (111, 4), (110, 7)] {
            let mut signature = campaign.signature(number, 0, "Late", Some("late@x.org"));
            (signature.petition, signature.text_hash) = (late, text);
            tables[table].append(&signature);
        }
        for (number, table) in [(1, 3), (120, 3), (121, 5)] {
            tables[table].take_epoch(campaign, 1);
            tables[table].append(&campaign.signature(number, 1, "Sealed later", Some("sealed@x.org")));
        }
        late
    }

    /// A desk that does not know the late petition and the late epoch.
    fn desk(&self) -> (TempDir, Desk) {
        let folder = quick_folder();
        self.campaign.copy_to(folder.path());
        database(&self.campaign, folder.path())
            .execute("DELETE FROM epoch WHERE epoch = ?1", [self.late_epoch.0])
            .unwrap();
        let desk = Desk::open(folder.path(), self.campaign.keys.clone()).unwrap();
        (folder, desk)
    }

    /// A batch of a table; each is signed once.
    fn batch(&self, table: usize, from: usize, to: usize) -> Arc<Vec<u8>> {
        let mut batches = self.batches.lock().unwrap();
        let batch = batches.entry((table, from, to));
        Arc::clone(batch.or_insert_with(|| Arc::new(self.tables[table].batch(from, to))))
    }

    /// Brings the late epoch to a desk.
    fn bring_epoch(&self, folder: &Path) {
        database(&self.campaign, folder)
            .execute("INSERT INTO epoch VALUES (?1, ?2, ?3, ?4, ?5)", self.late_epoch.clone())
            .unwrap();
    }
}

/// The second epoch of the campaign's kit.
fn late_epoch(campaign: &HandMadeCampaign) -> EpochRow {
    let note = campaign.open_kit().epochs[1].note();
    let folder = quick_folder();
    campaign.copy_to(folder.path());
    database(campaign, folder.path())
        .query_row("SELECT epoch, note, wrapped, starts, ends FROM epoch WHERE note = ?1", [note], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .unwrap()
}

/// A desk's database, beside the desk.
fn database(campaign: &HandMadeCampaign, folder: &Path) -> Connection {
    let db = Connection::open(folder.join("desk.db")).unwrap();
    let key = HEXLOWER.encode(campaign.keys.database.expose());
    db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA synchronous = OFF;")).unwrap();
    db
}

/// The petition that comes late has the same id and note each time.
fn late_rng() -> StdRng {
    StdRng::seed_from_u64(77)
}

/// What happens at a desk.
#[derive(Clone, Debug)]
enum Event {
    /// A batch of a table comes: from one entry up to another.
    Batch(usize, usize, usize),
    Petition,
    Epoch,
    /// The program ends and is started again.
    Restart,
}

/// Events with batches that together hold everything, in any order, some more than once.
fn events() -> impl Strategy<Value = Vec<Event>> {
    let cuts: Vec<_> = WORLD
        .tables
        .iter()
        .map(|table| subsequence((1..table.size()).collect::<Vec<_>>(), 0..=table.size().min(4) - 1))
        .collect();
    let more = proptest::collection::vec((0..WORLD.tables.len(), any::<(u8, u8)>()), 0..5);
    (cuts, more, 0..2_usize)
        .prop_map(|(cuts, more, restarts)| {
            let mut events = vec![Event::Petition, Event::Epoch];
            events.extend((0..restarts).map(|_| Event::Restart));
            for (table, cuts) in cuts.into_iter().enumerate() {
                let size = WORLD.tables[table].size();
                let ends = [vec![0], cuts, vec![size]].concat();
                events.extend(ends.windows(2).map(|pair| Event::Batch(table, pair[0], pair[1])));
            }
            for (table, (one, other)) in more {
                let size = WORLD.tables[table].size() + 1;
                let (one, other) = (usize::from(one) % size, usize::from(other) % size);
                events.push(Event::Batch(table, one.min(other), one.max(other)));
            }
            events
        })
        .prop_shuffle()
}

/// Whether a desk to which all this happens has the one ledger in the end.
fn converges(events: Vec<Event>) -> Result<(), TestCaseError> {
    let (folder, mut desk) = WORLD.desk();
    for event in events {
        match event {
            Event::Batch(table, from, to) => {
                merge(&mut desk, &WORLD.batch(table, from, to));
            }
            Event::Petition => {
                desk.add_petition(LATE_PETITION, NOW, &mut late_rng()).unwrap();
            }
            Event::Epoch => {
                WORLD.bring_epoch(folder.path());
                desk.reopen_set_aside().unwrap();
            }
            Event::Restart => {
                drop(desk);
                desk = Desk::open(folder.path(), WORLD.campaign.keys.clone()).unwrap();
            }
        }
    }
    let ledger = Ledger::of(&desk, &WORLD.campaign);
    prop_assert_eq!(&ledger.csv, &WORLD.expected.csv);
    prop_assert_eq!(counted_by_hand(&desk, &ledger), ledger.counts[0]);
    prop_assert_eq!(&ledger, &WORLD.expected);
    prop_assert!(ledger.logs.iter().all(LogVerification::is_proven));
    Ok(())
}

/// A quarter of the cases, so that they are tried side by side.
fn a_quarter() -> ProptestConfig {
    ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(a_quarter())]

    #[test]
    fn every_way_of_merging_gives_the_same_ledger_first_quarter(events in events()) {
        converges(events)?;
    }

    #[test]
    fn every_way_of_merging_gives_the_same_ledger_second_quarter(events in events()) {
        converges(events)?;
    }

    #[test]
    fn every_way_of_merging_gives_the_same_ledger_third_quarter(events in events()) {
        converges(events)?;
    }

    #[test]
    fn every_way_of_merging_gives_the_same_ledger_last_quarter(events in events()) {
        converges(events)?;
    }
}

/// The count of all as the pages of the ledger and the tables tell it.
fn counted_by_hand(desk: &Desk, ledger: &Ledger) -> ExplainedCount {
    let rows = desk.ledger("", 0, 999).unwrap().rows;
    let of = |is: fn(&Standing) -> bool| rows.iter().filter(|row| is(&row.standing)).count() as u64;
    let opened: u64 = ledger.tables.iter().map(|table| table.opened).sum();
    let collected = rows.len() as u64;
    ExplainedCount {
        collected,
        duplicates: of(|standing| matches!(standing, Standing::Duplicate { .. })),
        in_review: of(|standing| matches!(standing, Standing::InReview)),
        deliverable: of(|standing| matches!(standing, Standing::Counted)),
        resent: opened - collected,
        set_aside: ledger.tables.iter().map(|table| table.set_aside).sum(),
        ..ExplainedCount::default()
    }
}

#[test]
fn the_world_holds_one_of_everything() {
    let Ledger { csv, counts: [all, ..], tables, .. } = &WORLD.expected;
    assert!(all.duplicates > 0 && all.deliverable > 0);
    assert_eq!((all.collected, all.in_review, all.resent, all.set_aside), (22, 1, 6, 5));
    assert_eq!(all.deliverable, all.collected - all.duplicates - all.in_review);
    for name in ["Thief", "Late", "Sealed later", "Copied twice", "At once", "Restored"] {
        assert!(csv.contains(name), "{name}");
    }
    let branches: Vec<_> =
        tables.iter().map(|row| (row.label.as_str(), row.branches.len(), row.proof)).collect();
    assert!(branches.contains(&("Table 1", 4, Proof::Forked)));
    assert!(branches.contains(&("Restored", 0, Proof::Forked)));
}

#[test]
fn what_a_late_petition_or_key_opens_is_set_aside_until_then() {
    let (folder, mut desk) = WORLD.desk();
    for table in &WORLD.tables {
        merge(&mut desk, &table.whole());
    }
    let before = desk.count(None).unwrap();
    desk.add_petition(LATE_PETITION, NOW, &mut late_rng()).unwrap();
    let petition = desk.count(None).unwrap();
    WORLD.bring_epoch(folder.path());
    assert_eq!(desk.reopen_set_aside().unwrap(), 2);
    let epoch = desk.count(None).unwrap();
    let set_aside = [before, petition, epoch].map(|count| count.set_aside);
    assert_eq!(set_aside, [epoch.set_aside + 5, epoch.set_aside + 2, epoch.set_aside]);
    assert_eq!(epoch, WORLD.expected.counts[0]);
}

#[test]
fn duplicates_told_one_batch_at_a_time_are_those_told_at_once() {
    let world = &*WORLD;
    let (_folder, mut desk) = world.campaign.desk();
    let mut table = HandMadeTable::new(&world.campaign, 8, 1);
    for (size, signature) in (0..).zip(&world.signatures) {
        table.append(signature);
        merge(&mut desk, &table.batch(size, size + 1));
    }
    let told: Vec<_> = world
        .campaign
        .petitions
        .iter()
        .flat_map(|petition| {
            exact_duplicates(world.signatures.iter().filter(|signature| signature.petition == *petition).map(
                |signature| Record {
                    id: signature.id,
                    signed_at: signature.signed_at,
                    is_time_doubtful: signature.signed_at < NOW.unsigned_abs() - 3_600,
                    email: signature.email.as_deref(),
                    name: &signature.full_name,
                },
            ))
        })
        .collect();
    let mut shown: Vec<_> = desk
        .ledger("", 0, 99)
        .unwrap()
        .rows
        .iter()
        .filter_map(|row| match row.standing {
            desk::Standing::Duplicate { of } => Some((row.signature, of)),
            _ => None,
        })
        .collect();
    let mut told = told;
    told.sort_unstable();
    shown.sort_unstable();
    assert!(!told.is_empty());
    assert_eq!(shown, told);
}
