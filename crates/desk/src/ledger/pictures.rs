//! Pictures of paper sheets: put together out of the pieces in which tables sent them.

use data_encoding::HEXLOWER_PERMISSIVE;
use petition::Picture;
use serde::Serialize;
use sha2::{Digest, Sha256};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    error::DeskError,
    standing::Standing,
    storage::{
        picture::{self, Row},
        signature,
    },
    view::View,
};

/// A picture of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SheetPicture {
    /// Which: hex of the SHA-256 of its bytes.
    pub id: String,
    /// Which of the sheet's, from 1.
    pub number: u32,
    /// Pieces that are missing.
    pub missing: u32,
}

/// A line of a sheet that is a signature.
#[derive(Clone, Serialize, TS)]
pub struct EnteredLine {
    /// Its number on the sheet.
    pub line: u32,
    /// The full name.
    pub name: String,
    /// Postal code and city, as far as they are there.
    pub place: String,
    /// What the signature stands for.
    pub standing: Standing,
}

impl View<'_> {
    /// [`Reader::sheet_lines`](crate::Reader::sheet_lines).
    pub(crate) fn sheet_lines(
        self,
        (table, petition): (Uuid, Uuid),
        (sheet, day): (u32, u64),
    ) -> Result<Vec<EnteredLine>, DeskError> {
        let mut lines = Vec::new();
        for id in signature::list_at(self.db, table, petition, day)? {
            let (stored, signature) = self.get_signature(id)?;
            let Some(paper) = signature.paper.filter(|paper| paper.sheet == sheet) else { continue };
            let parts = [&signature.address.postal_code, &signature.address.city];
            let place = parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
            lines.push(EnteredLine {
                line: paper.line,
                name: signature.full_name.clone(),
                place,
                standing: Standing::of(stored.settled),
            });
        }
        lines.sort_by_key(|line| line.line);
        Ok(lines)
    }

    /// The pictures of a sheet of a table.
    pub(crate) fn pictures(
        self,
        table: Uuid,
        petition: Uuid,
        sheet: u32,
    ) -> Result<Vec<SheetPicture>, DeskError> {
        let rows = picture::list_of_sheet(self.db, table, petition, sheet)?;
        let of = |row: Row| SheetPicture {
            id: HEXLOWER_PERMISSIVE.encode(&row.hash),
            number: row.number,
            missing: row.pieces.saturating_sub(row.here),
        };
        Ok(rows.into_iter().map(of).collect())
    }

    /// [`Reader::picture`](crate::Reader::picture).
    pub(crate) fn picture(self, id: &str) -> Result<Vec<u8>, DeskError> {
        let drawn = self.whole_picture(id)?.drawn_again().map_err(|_| DeskError::PictureDamaged)?;
        Ok(drawn.jpeg.to_vec())
    }

    /// A picture by its id, as its table sent it.
    pub(crate) fn whole_picture(self, id: &str) -> Result<Picture, DeskError> {
        let hash =
            HEXLOWER_PERMISSIVE.decode(id.as_bytes()).ok().and_then(|hash| <[u8; 32]>::try_from(hash).ok());
        let rows = picture::list_of_hash(self.db, hash.ok_or(DeskError::NoPicture)?)?;
        let mut whole = rows.iter().filter(|row| row.here == row.pieces).peekable();
        if whole.peek().is_none() {
            let missing = rows.iter().map(|row| row.pieces - row.here).min();
            return Err(
                missing.map_or(DeskError::NoPicture, |missing| DeskError::PictureIncomplete { missing })
            );
        }
        for row in whole {
            let bytes = picture::get_bytes(self.db, row)?;
            if <[u8; 32]>::from(Sha256::digest(&bytes)) == row.hash {
                return Picture::of_received(&bytes).map_err(|_| DeskError::PictureDamaged);
            }
        }
        Err(DeskError::PictureDamaged)
    }
}
