//! A piece of a picture of a paper sheet: an envelope has no room for a whole one.

use minicbor::{Decode, Encode};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::id_bytes;
use crate::picture::PICTURE_MAX_BYTES;

/// Bytes of every piece but the last, which may have fewer.
const PIECE_BYTES: usize = 7_680;
/// The most pieces of a picture.
const PIECES_MAX: u32 = (PICTURE_MAX_BYTES / PIECE_BYTES) as u32;

/// A piece of a picture of a paper sheet.
#[derive(Clone, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cfg_attr(test, derive(Debug))]
#[cbor(map)]
pub struct PicturePiece {
    /// What was signed on the sheet.
    #[cbor(n(0), with = "id_bytes")]
    pub petition: Uuid,
    /// The sheet's number.
    #[n(1)]
    pub sheet: u32,
    /// Which picture of the sheet, from 1.
    #[n(2)]
    pub picture: u32,
    /// SHA-256 of the whole picture.
    #[cbor(n(3), with = "minicbor::bytes")]
    #[serde(skip)]
    #[ts(skip)]
    pub hash: [u8; 32],
    /// Which piece, from 0.
    #[n(4)]
    pub piece: u32,
    /// How many there are.
    #[n(5)]
    pub pieces: u32,
    /// What is in it.
    #[cbor(n(6), with = "minicbor::bytes")]
    #[serde(skip)]
    #[ts(skip)]
    pub bytes: Vec<u8>,
}

impl PicturePiece {
    /// The pieces of a picture's bytes, with their SHA-256, in order.
    pub fn all_of(jpeg: &[u8], (petition, sheet): (Uuid, u32), picture: u32, hash: [u8; 32]) -> Vec<Self> {
        let pieces = jpeg.len().div_ceil(PIECE_BYTES) as u32;
        let piece = |(piece, bytes): (u32, &[u8])| Self {
            petition,
            sheet,
            picture,
            hash,
            piece,
            pieces,
            bytes: bytes.to_vec(),
        };
        (0..).zip(jpeg.chunks(PIECE_BYTES)).map(piece).collect()
    }

    /// Whether it can be a piece of a picture.
    pub(super) fn is_one(&self) -> bool {
        let is_last = self.piece.checked_add(1) == Some(self.pieces);
        let is_long =
            self.bytes.len() == PIECE_BYTES || (is_last && (1..PIECE_BYTES).contains(&self.bytes.len()));
        self.sheet > 0 && self.picture > 0 && self.piece < self.pieces && self.pieces <= PIECES_MAX && is_long
    }
}
