//! A world of tables with one of everything that can come to a desk, and the one ledger that comes of it.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, LazyLock, Mutex},
};

use crate::hand_made::{HandMadeCampaign, HandMadeTable, NOW, counts, csv, merge, quick_folder};
use data_encoding::HEXLOWER;
use desk::{Desk, ExplainedCount, LogVerification, TableRow};
use petition::Signature;
use rand::{SeedableRng, rngs::StdRng};
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const LATE_PETITION: &str =
    "---\ntitle: Late\nstarted_by: Us\naddressed_to: Them\n---\n\nWe ask for it late.\n";

pub(crate) struct World {
    pub(crate) campaign: HandMadeCampaign,
    /// As many logs and branches of logs as there are.
    pub(crate) tables: Vec<HandMadeTable>,
    pub(crate) signatures: Vec<Signature>,
    /// The epoch that comes late, as its row.
    late_epoch: EpochRow,
    pub(crate) expected: Ledger,
    batches: Mutex<HashMap<Range, Arc<Vec<u8>>>>,
}

/// A table, and entries of it from one up to another.
type Range = (usize, usize, usize);

/// An epoch as it is in the desk's database.
type EpochRow = ([u8; 8], String, Vec<u8>, i64, i64);

/// All that is shown of a ledger.
#[derive(Debug, PartialEq)]
pub(crate) struct Ledger {
    pub(crate) csv: String,
    pub(crate) counts: [ExplainedCount; 3],
    pub(crate) tables: Vec<TableRow>,
    pub(crate) logs: Vec<LogVerification>,
}

impl Ledger {
    pub(crate) fn of(desk: &Desk, campaign: &HandMadeCampaign) -> Self {
        Self {
            csv: csv(desk),
            counts: counts(desk, campaign),
            tables: desk.tables().unwrap(),
            logs: desk.verify().unwrap(),
        }
    }
}

pub(crate) static WORLD: LazyLock<World> = LazyLock::new(World::new);

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
    pub(crate) fn desk(&self) -> (TempDir, Desk) {
        let folder = quick_folder();
        self.campaign.copy_to(folder.path());
        database(&self.campaign, folder.path())
            .execute("DELETE FROM epoch WHERE epoch = ?1", [self.late_epoch.0])
            .unwrap();
        let desk = Desk::open(folder.path(), self.campaign.keys.clone()).unwrap();
        (folder, desk)
    }

    /// A batch of a table; each is signed once.
    pub(crate) fn batch(&self, table: usize, from: usize, to: usize) -> Arc<Vec<u8>> {
        let mut batches = self.batches.lock().unwrap();
        let batch = batches.entry((table, from, to));
        Arc::clone(batch.or_insert_with(|| Arc::new(self.tables[table].batch(from, to))))
    }

    /// Brings the late epoch to a desk.
    pub(crate) fn bring_epoch(&self, folder: &Path) {
        database(&self.campaign, folder)
            .execute(
                "INSERT INTO epoch (epoch, note, wrapped, starts, ends) VALUES (?1, ?2, ?3, ?4, ?5)",
                self.late_epoch.clone(),
            )
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
pub(crate) fn late_rng() -> StdRng {
    StdRng::seed_from_u64(77)
}
