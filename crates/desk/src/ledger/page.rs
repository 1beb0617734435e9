//! The ledger: every opened signature, and what it stands for.

use petition::{Ink, Method, Note, NoteAbout, Signature, Strike, StrikeReason};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::{filter::LedgerFilter, index::Index};
use crate::{
    desk::Desk,
    error::DeskError,
    standing::Standing,
    storage::{self, signature::Stored},
    view::View,
};

/// A page of the ledger.
#[derive(Serialize, TS)]
pub struct LedgerPage {
    /// How many agree with the filter.
    pub total: u64,
    /// Those from the offset on, newest signed first.
    pub rows: Vec<LedgerRow>,
}

/// A signature in the ledger. Personal data: it has no `Debug`, so that it cannot reach a log.
#[derive(Serialize, TS)]
pub struct LedgerRow {
    /// Which signature.
    pub signature: Uuid,
    /// The petition signed.
    pub petition: Uuid,
    /// Its title.
    pub petition_title: String,
    /// Full name.
    pub name: String,
    /// E-mail address, if any.
    pub email: Option<String>,
    /// Telephone number, if any: E.164, or as typed.
    pub phone: Option<String>,
    /// Street, number and flat, if any.
    pub street: Option<String>,
    /// Postal code, if any.
    pub postal_code: Option<String>,
    /// City, if any.
    pub city: Option<String>,
    /// "I'm signing because…", if any.
    pub comment: Option<String>,
    /// What was drawn by hand, if anything.
    pub ink: Option<Ink>,
    /// What was typed in its place, if anything.
    pub typed_signature: Option<String>,
    /// Unix seconds, a whole minute.
    pub signed_at: i64,
    /// That time cannot be: it is before the petition was made, so the table's clock was wrong.
    pub is_time_doubtful: bool,
    /// The language of the screen, BCP 47.
    pub language: String,
    /// The language of the petition's text that was signed, BCP 47; none where that text is not known.
    pub text_language: Option<String>,
    /// Hex: the hash of that text.
    pub text_hash: String,
    /// How it was taken.
    pub method: Method,
    /// What the volunteer calls the table.
    pub table_label: String,
    /// The table of its first place.
    pub table: Uuid,
    /// The generation of that table's log.
    pub generation: u32,
    /// The index in that log.
    pub index: u64,
    /// Where it was signed, by the shift; empty where there was none.
    pub place: String,
    /// What it stands for.
    pub standing: Standing,
    /// What its table said of it: that it was plainly no one's. It changes nothing by itself.
    pub struck: Vec<Struck>,
}

/// That a signature was plainly no one's, by its table's word.
#[derive(Serialize, TS)]
pub struct Struck {
    /// Why.
    pub reason: StrikeReason,
    /// The same in the volunteer's words, if there are any.
    pub words: Option<String>,
    /// When it was said, Unix seconds, a whole minute.
    pub at: u64,
}

impl Desk {
    /// A page of the ledger, newest signed first. A [`Reader`](crate::Reader) answers the next question sooner.
    pub fn ledger(
        &self,
        filter: impl Into<LedgerFilter>,
        offset: u64,
        limit: u64,
    ) -> Result<LedgerPage, DeskError> {
        self.reader()?.ledger(&filter.into(), offset, limit)
    }
}

impl View<'_> {
    /// A page of the ledger.
    pub(crate) fn ledger_page(
        self,
        index: &mut Index,
        filter: &LedgerFilter,
        offset: u64,
        limit: u64,
    ) -> Result<LedgerPage, DeskError> {
        let rows = index.find(filter);
        let total = rows.len() as u64;
        let [skip, take] = [offset, limit].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
        let rows: Vec<u32> = rows.iter().skip(skip).take(take).copied().collect();
        let rows = rows.into_iter().map(|row| self.ledger_row(index.id(row))).collect::<Result<_, _>>()?;
        Ok(LedgerPage { total, rows })
    }

    /// A signature of the ledger.
    pub(crate) fn ledger_row(self, id: Uuid) -> Result<LedgerRow, DeskError> {
        let (stored, signature) = self.get_signature(id)?;
        Ok(LedgerRow {
            signature: id,
            petition: signature.petition,
            petition_title: self.petitions.title(signature.petition).to_owned(),
            name: signature.full_name.clone(),
            email: signature.email.clone(),
            phone: signature.phone.clone().or_else(|| signature.phone_as_typed.clone()),
            street: signature.address.street.clone(),
            postal_code: signature.address.postal_code.clone(),
            city: signature.address.city.clone(),
            comment: signature.comment.clone(),
            ink: signature.ink.clone(),
            typed_signature: signature.typed_signature.clone(),
            signed_at: i64::try_from(signature.signed_at).map_err(|_| DeskError::Damaged("content"))?,
            is_time_doubtful: stored.is_time_doubtful,
            language: signature.language.clone(),
            text_language: self.petitions.language_of(&signature),
            text_hash: data_encoding::HEXLOWER.encode(&signature.text_hash),
            method: signature.method,
            table_label: stored.label,
            table: stored.table,
            generation: stored.generation,
            index: stored.index,
            place: signature.shift.as_ref().map(|shift| shift.place.clone()).unwrap_or_default(),
            standing: Standing::of(stored.settled),
            struck: self.struck(id)?,
        })
    }

    fn struck(self, id: Uuid) -> Result<Vec<Struck>, DeskError> {
        let notes = storage::note::list_striking(self.db, id)?;
        let struck = notes.iter().map(|cbor| {
            let note = Note::from_cbor(cbor).map_err(|_| DeskError::Damaged("note"))?;
            Ok(match note.about {
                NoteAbout::Strike(Strike { reason, words, .. }) => {
                    Some(Struck { reason, words, at: note.written_at })
                }
                _ => None,
            })
        });
        struck.filter_map(Result::transpose).collect()
    }

    /// A signature of the ledger, decoded from the bytes that were sealed.
    pub(crate) fn get_signature(self, id: Uuid) -> Result<(Stored, Signature), DeskError> {
        let stored = storage::signature::get(self.db, id)?;
        let signature = Signature::from_cbor(&stored.cbor).map_err(|_| DeskError::Damaged("content"))?;
        Ok((stored, signature))
    }
}
