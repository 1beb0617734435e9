//! Reading beside a merge.

use std::sync::Arc;

use jiff::tz::TimeZone;
use lockbox::{Lock, Lockbox};
use proof::{CampaignId, VerifierKey};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    desk::Desk,
    error::DeskError,
    ledger::{
        Breakdown, EnteredLine, ExplainedCount, GoalForecast, Index, LedgerFilter, LedgerPage, Pattern,
        Story, TableNote,
    },
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
    index: Index,
    /// Of the days of the ledger.
    zone: TimeZone,
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
        let (index, zone) = (Index::default(), TimeZone::system());
        Ok(Reader { db, campaign, root, petitions, notes, index, zone, _lock: Arc::clone(&self.lock) })
    }
}

impl Reader {
    /// [`Desk::ledger`]: the first time it reads the ledger into memory, about 250 bytes a signature; from then on what came and what
    /// changed.
    pub fn ledger(
        &mut self,
        filter: &LedgerFilter,
        offset: u64,
        limit: u64,
    ) -> Result<LedgerPage, DeskError> {
        self.look_up(|view, index, _| view.ledger_page(index, filter, offset, limit))
    }

    /// The signatures that agree with a filter, by day, table, place and all that they can be chosen by; none where `is_wanted`, which is
    /// asked again and again, says no before it is done.
    pub fn break_down(
        &mut self,
        filter: &LedgerFilter,
        is_wanted: impl Fn() -> bool,
    ) -> Result<Option<Breakdown>, DeskError> {
        self.look_up(|_, index, zone| {
            Ok(index.break_down(filter, zone.iana_name().unwrap_or_default().to_owned(), is_wanted))
        })
    }

    /// When the next goal of a petition will be reached, by its days so far; none where there is no such petition. `now` is in Unix
    /// seconds.
    pub fn forecast(&mut self, petition: Uuid, now: i64) -> Result<Option<GoalForecast>, DeskError> {
        self.look_up(|view, index, zone| view.forecast(index, zone, petition, now))
    }

    /// What is strange in the signatures of a petition, shift by shift, what is about most first. Reads all of them.
    pub fn patterns(&mut self, petition: Uuid) -> Result<Vec<Pattern>, DeskError> {
        let zone = self.zone.clone();
        self.read(|view| view.patterns(petition, &zone))
    }

    /// Ids of the signatures that agree with a filter, newest signed first.
    pub fn find(&mut self, filter: &LedgerFilter) -> Result<Vec<Uuid>, DeskError> {
        self.look_up(|_, index, _| Ok(index.find_ids(filter)))
    }

    /// The whole story of a signature; none where it is not in the ledger.
    pub fn story(&mut self, signature: Uuid) -> Result<Option<Story>, DeskError> {
        let (campaign, root) = (self.campaign, self.root.clone());
        self.read(|view| view.story(signature, campaign, &root))
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

    /// Looks something up in the ledger in memory, as it is at one moment.
    fn look_up<T>(
        &mut self,
        look_up: impl FnOnce(View<'_>, &mut Index, &TimeZone) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let (mut index, zone) = (std::mem::take(&mut self.index), self.zone.clone());
        let (index, found) = self.read(|view| {
            // One that failed midway is read again.
            index.refresh(view.db, &zone)?;
            let found = look_up(view, &mut index, &zone);
            Ok((index, found))
        })?;
        self.index = index;
        found
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
            assert_eq!(reader.ledger(&"".into(), 0, 9).unwrap().total, 0);
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
