//! The pictures of the sheet that is being typed: photographs or scans of the paper, sealed with its lines.

use petition::{NoteAbout, Picture, PicturePiece};
use rand::CryptoRng;
use serde::Serialize;
use sha2::{Digest, Sha256};
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::{
    error::TableError,
    signing::Sealed,
    storage::{picture, sheet},
    table::Table,
};

/// The most pictures of a sheet.
pub(super) const PICTURES_MAX: usize = 8;

/// A picture that is kept until its sheet is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct KeptPicture {
    /// Which one of the sheet's, from 1.
    pub number: u32,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Bytes that are sealed.
    pub bytes: u64,
}

impl Table {
    /// Keeps a picture of the sheet that is being typed, of a file's bytes: JPEG or PNG. It is made small and grey, and nothing
    /// else of the file is kept.
    ///
    /// Errors: [`TableError::NoSheet`], [`TableError::PicturesMany`], [`TableError::Picture`].
    pub fn add_picture(&mut self, file: &[u8]) -> Result<KeptPicture, TableError> {
        let sheet = self.get_sheet()?;
        if picture::list(&self.storage.connection, sheet.id)?.len() >= PICTURES_MAX {
            return Err(TableError::PicturesMany);
        }
        let Picture { jpeg, width, height } = Picture::of_file(file)?;
        picture::insert(&self.storage.connection, sheet.id, (width, height), &jpeg)?;
        self.pictures(&sheet)?.pop().ok_or(TableError::Damaged)
    }

    /// A picture of the sheet that is being typed, as a JPEG.
    ///
    /// Errors: [`TableError::NoSheet`], [`TableError::NoPicture`].
    pub fn picture(&self, number: u32) -> Result<Zeroizing<Vec<u8>>, TableError> {
        Ok(picture::get_jpeg(&self.storage.connection, self.picture_id(number)?)?)
    }

    /// Takes a picture off the sheet that is being typed; those after it move up.
    ///
    /// Errors: [`TableError::NoSheet`], [`TableError::NoPicture`].
    pub fn remove_picture(&mut self, number: u32) -> Result<(), TableError> {
        picture::delete(&self.storage.connection, self.picture_id(number)?)?;
        self.forget_typed_lines();
        Ok(())
    }

    fn picture_id(&self, number: u32) -> Result<i64, TableError> {
        let rows = picture::list(&self.storage.connection, self.get_sheet()?.id)?;
        let found = (1..).zip(rows).find(|(at, _)| *at == number);
        Ok(found.ok_or(TableError::NoPicture)?.1.id)
    }

    pub(super) fn pictures(&self, sheet: &sheet::Row) -> Result<Vec<KeptPicture>, TableError> {
        let rows = picture::list(&self.storage.connection, sheet.id)?;
        let kept = |(number, row): (u32, picture::Row)| KeptPicture {
            number,
            width: row.width,
            height: row.height,
            bytes: row.bytes,
        };
        Ok((1..).zip(rows).map(kept).collect())
    }

    /// All pieces of all pictures of a sheet, sealed, in order.
    pub(super) fn seal_pictures(
        &self,
        sheet: &sheet::Row,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<Sealed>, TableError> {
        let db = &self.storage.connection;
        let mut sealed = Vec::new();
        for (number, row) in (1..).zip(picture::list(db, sheet.id)?) {
            let jpeg = picture::get_jpeg(db, row.id)?;
            let hash: [u8; 32] = Sha256::digest(&jpeg).into();
            for piece in PicturePiece::all_of(&jpeg, (sheet.petition, sheet.number), number, hash) {
                sealed.push(self.seal_note(NoteAbout::Picture(piece), now, rng)?);
            }
        }
        Ok(sealed)
    }
}
