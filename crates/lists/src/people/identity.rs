//! The own id of each imported row, so that the same file again, or the same rows in another file of the same export, are the same.

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::fold::fold;
use crate::row::Row;

/// Gives each row of a file its id: a UUID of version 8 (RFC 9562 §5.8), the first 16 bytes of the SHA-256 of
///
/// 1. the text `undersigned list row 1` and the 16 bytes of the petition's id,
/// 2. each cell in which anything is written, by its column's heading without case, accents, spaces and signs: the heading's length in
///    bytes, the heading, the cell's length and the cell as it is shown, without spaces around it. They are in the order of
///    headings and texts, so that columns may be in any order and empty ones come and go. Lengths are eight bytes, big-endian,
/// 3. how many rows of the same cells the file has before this one, as eight bytes, big-endian.
///
/// It takes 16 bytes and a little for each row of a file.
pub struct Identities {
    petition: Uuid,
    headings: Vec<String>,
    seen: FxHashMap<u64, u64>,
    cells: Vec<u32>,
}

impl Identities {
    /// For a file with these headings, of signatures for that petition. A column without a heading is known by its place.
    #[must_use]
    pub fn new(petition: Uuid, headings: &[String]) -> Self {
        let folded = (1_usize..).zip(headings).map(|(place, heading)| match fold(heading) {
            empty if empty.is_empty() => format!("#{place}"),
            folded => folded,
        });
        Self { petition, headings: folded.collect(), seen: FxHashMap::default(), cells: Vec::new() }
    }

    /// The id of the next row of the file. The rows of a file must be given once each and in order.
    pub fn next(&mut self, row: &Row) -> Uuid {
        let heading = |column: u32| self.headings.get(column as usize).map_or("", String::as_str);
        let text = |column: u32| row.cell(column as usize).text.trim();
        self.cells.clear();
        self.cells.extend((0..).take(row.len()).filter(|column| !text(*column).is_empty()));
        self.cells
            .sort_unstable_by(|one, other| (heading(*one), text(*one)).cmp(&(heading(*other), text(*other))));
        let mut hash = Sha256::new();
        hash.update(b"undersigned list row 1");
        hash.update(self.petition.as_bytes());
        for column in &self.cells {
            for part in [heading(*column), text(*column)] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part);
            }
        }
        let before: [u8; 32] = hash.clone().finalize().into();
        let mut key = [0; 8];
        key.copy_from_slice(&before[..8]);
        let times = self.seen.entry(u64::from_be_bytes(key)).or_default();
        hash.update(times.to_be_bytes());
        *times += 1;
        let whole: [u8; 32] = hash.finalize().into();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&whole[..16]);
        Builder::from_custom_bytes(bytes).into_uuid()
    }
}
