//! Reading beside a merge.

use std::sync::Arc;

use lockbox::{Lock, Lockbox};
use proof::{CampaignId, VerifierKey};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    desk::Desk,
    error::DeskError,
    ledger::{EnteredLine, ExplainedCount, LedgerPage, TableNote},
    petitions::known::KnownPetitions,
    storage::{self, SCHEMA},
    tables::TableRow,
    view::View,
};

/// The ledger and the tables, read by a connection of its own: from another thread while a merge writes, without waiting for
/// it. Each answer is of one moment, with all that was merged by then.
pub struct Reader {
    db: Connection,
    campaign: CampaignId,
    root: VerifierKey,
    petitions: KnownPetitions,
    /// How many petition notes these are of.
    notes: u64,
    /// Last: another process may open the desk when all that reads it is closed.
    _lock: Arc<Lock>,
}

impl Desk {
    /// A reader of this desk.
    pub fn reader(&self) -> Result<Reader, DeskError> {
        let db = Lockbox::reader(&self.folder, Some(&self.keys.database), &SCHEMA)?;
        storage::prepare(&db);
        let (campaign, root) = (self.about.id, self.root.verifier().clone());
        let notes = storage::petition::count(&db)?;
        let petitions = KnownPetitions::read(&db, campaign, &root)?;
        Ok(Reader { db, campaign, root, petitions, notes, _lock: Arc::clone(&self.lock) })
    }
}

impl Reader {
    /// [`Desk::ledger`].
    pub fn ledger(&mut self, search: &str, offset: u64, limit: u64) -> Result<LedgerPage, DeskError> {
        self.read(|view| view.ledger(search, offset, limit))
    }

    /// [`Desk::count`].
    pub fn count(&mut self, petition: Option<Uuid>) -> Result<ExplainedCount, DeskError> {
        self.read(|view| view.count(petition))
    }

    /// [`Desk::notes`].
    pub fn notes(&mut self) -> Result<Vec<TableNote>, DeskError> {
        self.read(|view| view.notes())
    }

    /// The lines of a table's sheet that are signatures, in order, by the sheet's petition, number and day (noon, UTC, Unix
    /// seconds).
    pub fn sheet_lines(
        &mut self,
        (table, petition): (Uuid, Uuid),
        (sheet, day): (u32, u64),
    ) -> Result<Vec<EnteredLine>, DeskError> {
        self.read(|view| view.sheet_lines((table, petition), (sheet, day)))
    }

    /// A picture of a sheet, by its id, drawn again out of its pixels: a JPEG.
    ///
    /// Errors: [`DeskError::NoPicture`], [`DeskError::PictureIncomplete`], [`DeskError::PictureDamaged`].
    pub fn picture(&mut self, id: &str) -> Result<Vec<u8>, DeskError> {
        self.read(|view| view.picture(id))
    }

    /// [`Desk::tables`].
    pub fn tables(&mut self) -> Result<Vec<TableRow>, DeskError> {
        self.read(|view| view.tables())
    }

    /// Reads all of it as it is at one moment.
    fn read<T>(&mut self, read: impl FnOnce(View<'_>) -> Result<T, DeskError>) -> Result<T, DeskError> {
        let moment = self.db.transaction()?;
        let notes = storage::petition::count(&moment)?;
        if notes != self.notes {
            self.petitions = KnownPetitions::read(&moment, self.campaign, &self.root)?;
            self.notes = notes;
        }
        read(View { db: &moment, petitions: &self.petitions })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::thread;

    use rand::{SeedableRng, rngs::StdRng};

    use super::*;
    use crate::{backup::tests::found, keys::Keys};

    const SIGNATURE: &str =
        "INSERT INTO signature (signature, petition, signed_at, log, idx, standing, search)
        VALUES (zeroblob(16), zeroblob(16), 0, 1, 0, 'counted', '')";

    #[test]
    fn it_reads_what_was_there_while_something_is_written_and_what_was_written_then() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = found(folder.path(), Keys::generate(&mut StdRng::seed_from_u64(1)));
        desk.db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let mut reader = desk.reader().unwrap();
        let writing = storage::write(&mut desk.db).unwrap();
        writing.execute(SIGNATURE, ()).unwrap();
        let reading = thread::spawn(move || {
            assert_eq!(reader.count(None).unwrap().collected, 0);
            assert_eq!(reader.ledger("", 0, 9).unwrap().total, 0);
            assert!(reader.tables().unwrap().is_empty());
            reader
        });
        let mut reader = reading.join().unwrap();
        writing.commit().unwrap();
        assert_eq!(reader.count(None).unwrap().collected, 1);
        assert!(reader.db.execute(SIGNATURE, ()).is_err(), "it cannot write");
    }

    #[test]
    fn a_petition_that_is_added_later_has_its_title() {
        let (folder, mut rng) = (tempfile::tempdir().unwrap(), StdRng::seed_from_u64(2));
        let mut desk = found(folder.path(), Keys::generate(&mut rng));
        let mut reader = desk.reader().unwrap();
        let source = "---\ntitle: Later\nstarted_by: Us\naddressed_to: Them\n---\n\nWe ask for it.\n";
        let id = desk.add_petition(source, 1_800_000_000, &mut rng).unwrap();
        assert_eq!(reader.read(|view| Ok(view.petitions.title(id).to_owned())).unwrap(), "Later");
    }

    #[test]
    fn the_desk_is_held_until_its_last_reader_is_gone() {
        let (folder, keys) = (tempfile::tempdir().unwrap(), Keys::generate(&mut StdRng::seed_from_u64(3)));
        let desk = found(folder.path(), keys.clone());
        let reader = desk.reader().unwrap();
        drop(desk);
        assert!(matches!(Desk::open(folder.path(), keys.clone()), Err(DeskError::InUse)));
        drop(reader);
        Desk::open(folder.path(), keys).unwrap();
    }
}
