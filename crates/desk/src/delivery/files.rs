//! Files that leave the desk with people or secrets in them: private to whoever wrote them, and whole or not there.

use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use lockbox::files::{self, WholeFile};
use rand::CryptoRng;
use uuid::Uuid;

use crate::{desk::Desk, error::DeskError, ledger::LedgerFilter, tables::kit_until};

impl Desk {
    /// Writes what agrees with a filter as CSV ([`Desk::export_csv`]) to a file and gives how many signatures are in it. What had its
    /// name before stays until all of it is on the disk.
    pub fn write_csv(&mut self, filter: &LedgerFilter, path: &Path) -> Result<u64, DeskError> {
        check_place(path)?;
        self.compare_whole()?;
        let mut file = WholeFile::new(path).map_err(cannot_write)?;
        let rows = self.export_csv(filter, &mut file)?;
        file.keep().map_err(cannot_write)?;
        Ok(rows)
    }

    /// Writes a picture of a sheet, by its id, as its table sent it, to a file that only its owner can read: a JPEG.
    ///
    /// Errors: those of [`Reader::picture`](crate::Reader::picture), and [`DeskError::CannotWrite`].
    pub fn write_picture(&self, id: &str, path: &Path) -> Result<(), DeskError> {
        write_private(path, &self.view().whole_picture(id)?.jpeg)
    }

    /// Makes a kit ([`Desk::make_kit`]) and writes its file, where `place` says that the file of a kit is to lie: that a file can
    /// be written there is checked before. Gives the kit's id and the file's path. `now` is in Unix seconds.
    ///
    /// Errors: [`DeskError::CannotWrite`], and those of [`Desk::make_kit`].
    pub fn write_kit(
        &mut self,
        new: NewKit<'_>,
        place: impl Fn(Uuid) -> PathBuf,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(Uuid, PathBuf), DeskError> {
        let until = kit_until(now, new.days)?;
        check_place(&place(Uuid::nil()))?;
        let (kit, text) = self.make_kit(new.label, new.max_tables, until, now, rng)?;
        let path = place(kit);
        write_private(&path, text.as_bytes())?;
        Ok((kit, path))
    }
}

/// Writes a file that only its owner can read. What had its name before stays until all of it is on the disk.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    files::write_private(path, bytes).map_err(cannot_write)
}

/// What a kit is to be.
#[derive(Clone, Copy, Debug)]
pub struct NewKit<'a> {
    /// What it is called.
    pub label: &'a str,
    /// How many tables it admits.
    pub max_tables: u32,
    /// For how many days from now it is good.
    pub days: i64,
}

/// Whether a file can be written at this place: asked before something is made that is of no use without its file.
///
/// Errors: [`DeskError::CannotWrite`].
fn check_place(path: &Path) -> Result<(), DeskError> {
    if path.is_dir() {
        return Err(DeskError::CannotWrite(ErrorKind::IsADirectory));
    }
    WholeFile::new(path).map(drop).map_err(cannot_write)
}

fn cannot_write(error: io::Error) -> DeskError {
    DeskError::CannotWrite(error.kind())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::fs;

    use rand::{SeedableRng, rngs::StdRng};

    use super::*;
    use crate::{backup::tests::found, keys::Keys};

    const NOW: i64 = 1_800_000_000;

    #[test]
    fn an_export_that_fails_half_way_leaves_the_file_of_before_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let desk_folder = folder.path().join("desk");
        fs::create_dir(&desk_folder).unwrap();
        let mut desk = found(&desk_folder, Keys::generate(&mut StdRng::seed_from_u64(1)));
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        let path = out.join("ledger.csv");
        fs::write(&path, "of before").unwrap();
        // A signature of which the disk lost the content.
        desk.db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let row = "INSERT INTO signature (signature, petition, signed_at, log, idx, standing, search)
            VALUES (zeroblob(16), zeroblob(16), 0, 1, 0, 'counted', '')";
        desk.db.execute(row, ()).unwrap();
        assert!(desk.write_csv(&LedgerFilter::default(), &path).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"of before");
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
    }

    #[test]
    fn a_kit_is_made_where_its_file_can_be_written_and_else_not_at_all() {
        let (folder, mut rng) = (tempfile::tempdir().unwrap(), StdRng::seed_from_u64(2));
        let mut desk = found(folder.path(), Keys::generate(&mut rng));
        let source = "---\ntitle: T\nstarted_by: Us\naddressed_to: Them\n---\n\nWe ask for it.\n";
        desk.add_petition(source, NOW, &mut rng).unwrap();
        let new = NewKit { label: "Saturday", max_tables: 2, days: 3 };
        let away = folder.path().join("away").join("a.kit");
        let refused = desk.write_kit(new, |_| away.clone(), NOW, &mut rng).unwrap_err();
        assert_eq!((refused.code(), desk.kits().unwrap().len()), ("io/cannot-write", 0));
        let place = |kit: Uuid| folder.path().join(format!("{kit}.kit"));
        let (kit, path) = desk.write_kit(new, place, NOW, &mut rng).unwrap();
        assert_eq!((path.clone(), desk.kits().unwrap()[0].kit), (place(kit), kit));
        let opened = wire::Kit::open(&fs::read_to_string(path).unwrap(), NOW, None).unwrap();
        assert_eq!(opened.certificate.body.until, NOW + 3 * 24 * 60 * 60);
    }
}
