//! Files that leave the desk with people or secrets in them: private to whoever wrote them, and whole or not there.

use std::{
    io::{self, ErrorKind},
    path::Path,
};

use lockbox::files::{self, WholeFile};

use crate::{desk::Desk, error::DeskError};

impl Desk {
    /// Writes the ledger as CSV ([`Desk::export_csv`]) to a file and gives how many signatures are in it. What had its
    /// name before stays until all of it is on the disk.
    pub fn write_csv(&self, path: &Path) -> Result<u64, DeskError> {
        check_place(path)?;
        let mut file = WholeFile::new(path).map_err(cannot_write)?;
        let rows = self.export_csv(&mut file)?;
        file.keep().map_err(cannot_write)?;
        Ok(rows)
    }
}

/// Writes a kit ([`Desk::make_kit`]) to its file. What had its name before stays until all of it is on the disk.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    files::write_private(path, bytes).map_err(cannot_write)
}

/// Whether a file can be written at this place: asked before something is made that is of no use without its file.
///
/// Errors: [`DeskError::CannotWrite`].
pub fn check_place(path: &Path) -> Result<(), DeskError> {
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

    use crate::{Keys, backup::tests::found};

    #[test]
    fn an_export_that_fails_half_way_leaves_the_file_of_before_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let desk_folder = folder.path().join("desk");
        fs::create_dir(&desk_folder).unwrap();
        let desk = found(&desk_folder, Keys::generate(&mut StdRng::seed_from_u64(1)));
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        let path = out.join("ledger.csv");
        fs::write(&path, "of before").unwrap();
        // A signature of which the disk lost the content.
        desk.db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let row = "INSERT INTO signature (signature, petition, signed_at, log, idx, standing, search)
            VALUES (zeroblob(16), zeroblob(16), 0, 1, 0, 'counted', '')";
        desk.db.execute(row, ()).unwrap();
        assert!(desk.write_csv(&path).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"of before");
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
    }
}
