//! Signing: from a draft to an envelope that is durable, once for each id.

use petition::{Draft, Facts, Mended, Method, Petition, Problem, WithdrawalCode};
use rand::CryptoRng;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use sealing::{Context, Sealer};
use uuid::Uuid;

use super::{
    marks::{Marker, id_of},
    ready::Ready,
};
use crate::{
    error::TableError,
    storage::{booked, entry, generation, signed::Mark, stride},
    table::Table,
};

/// What came of a draft.
pub enum SignOutcome {
    /// Durable on this table.
    Saved(Saved),
    /// Nothing was saved: these are to be mended, or warnings to be passed.
    Problems(Vec<Problem>),
}

/// A signature that is durable on this table.
pub struct Saved {
    /// Its id.
    pub signature: Uuid,
    /// For the person: no other place has it in clear.
    pub withdrawal_code: WithdrawalCode,
}

/// An entry that is sealed and not yet saved.
pub(crate) struct Sealed {
    pub(crate) row: entry::Row,
    /// Of a signature; none of a note.
    pub(crate) mark: Option<Mark>,
}

impl Table {
    /// Everything that a draft would be told; nothing is saved.
    pub fn check(&self, draft: &Draft) -> Result<Vec<Problem>, TableError> {
        Ok(draft.validate(self.signed_petition(draft)?, Method::Kiosk))
    }

    /// The fields of a draft that would be kept in another form than they were typed in, for whoever typed them.
    pub fn mended(&self, draft: &Draft) -> Result<Vec<Mended>, TableError> {
        Ok(draft.mended(self.signed_petition(draft)?, Method::Kiosk))
    }

    /// Signs at a time (Unix seconds): seals and commits, and only then says saved.
    ///
    /// Warnings are problems too, unless `pass_warnings` is set. There must be a running shift that is not paused.
    ///
    /// A draft whose id was saved before is the same signature, whatever else it says: it is answered with the same
    /// withdrawal code, and nothing is added.
    pub fn sign(
        &mut self,
        draft: &Draft,
        pass_warnings: bool,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<SignOutcome, TableError> {
        let id = id_of(draft.id, rng)?;
        let made;
        let marker = match &self.ready {
            Some(ready) => &ready.marker,
            None => {
                made = Marker::of(&self.storage.connection, rng)?;
                &made
            }
        };
        let mark = marker.mark(id)?;
        let withdrawal_code = marker.withdrawal_code(id)?;
        let transaction =
            Transaction::new_unchecked(&self.storage.connection, TransactionBehavior::Immediate)?;
        match booked::find_signed(&transaction, self.log.unbooked(), mark)? {
            Some(petition) if petition == draft.petition => {
                return Ok(SignOutcome::Saved(Saved { signature: id, withdrawal_code }));
            }
            Some(_) => return Err(TableError::SignatureIdTaken),
            None => {}
        }
        let shift = self.collecting()?;
        let petition = self.signed_petition(draft)?;
        let facts = Facts {
            id,
            signed_at: minute(now).max(0).unsigned_abs(),
            method: Method::Kiosk,
            shift: Some(shift.told()),
            withdrawal_code: Some(withdrawal_code.clone()),
            paper: None,
        };
        let signature = match draft.sign(petition, facts, pass_warnings) {
            Ok(signature) => signature,
            Err(problems) => return Ok(SignOutcome::Problems(problems)),
        };
        let content = signature.to_cbor().map_err(|_| TableError::Sealing)?;
        let petition = petition.id();
        let sealer = self.ready.take().map(|ready| ready.sealer);
        let row = self.seal_with(sealer, &content, petition, now, rng)?;
        let log = added(&transaction, self.log.clone(), &[Sealed { row, mark: Some(mark) }])?;
        transaction.commit()?;
        self.log = log;
        Ok(SignOutcome::Saved(Saved { signature: id, withdrawal_code }))
    }

    /// Makes ready to seal a signature, while a person still types: agrees on the key of one envelope.
    ///
    /// Where nobody signs, [`Table::forget_ready`] wipes it.
    pub fn make_ready(&mut self, now: i64, rng: &mut impl CryptoRng) -> Result<(), TableError> {
        let sealer = Sealer::new(self.works_by.epoch_at(now)?, rng).map_err(|_| TableError::Sealing)?;
        self.ready = Some(Ready { sealer, marker: Marker::of(&self.storage.connection, rng)? });
        Ok(())
    }

    /// Wipes the key that was made ready: nobody signs now.
    pub fn forget_ready(&mut self) {
        self.ready = None;
    }

    fn signed_petition(&self, draft: &Draft) -> Result<&Petition, TableError> {
        self.petition_to_sign(draft)
    }

    /// Seals a content to a petition, or to none, as an entry of the running shift.
    pub(crate) fn seal(
        &self,
        content: &[u8],
        petition: Uuid,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<entry::Row, TableError> {
        self.seal_with(None, content, petition, now, rng)
    }

    /// The same with the key that was made ready, where it is of the epoch of now.
    fn seal_with(
        &self,
        ready: Option<Sealer>,
        content: &[u8],
        petition: Uuid,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<entry::Row, TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?.id;
        let context = Context {
            campaign: *self.about.campaign.as_bytes(),
            petition: petition.into_bytes(),
            table: self.id.into_bytes(),
        };
        let epoch = self.works_by.epoch_at(now)?;
        let sealer = match ready.filter(|ready| ready.epoch() == epoch.epoch()) {
            Some(ready) => ready,
            None => Sealer::new(epoch, rng).map_err(|_| TableError::Sealing)?,
        };
        let envelope = sealer.seal(content, &context).map_err(|_| TableError::Sealing)?;
        let leaf = proof::leaf_hash(&envelope);
        Ok(entry::Row { petition, shift, saved_at: minute(now), leaf, envelope })
    }

    /// Envelopes, leaves and marks, and what `more` writes: one transaction, durable when it returns. Head and counts of the log
    /// follow from them, and are booked with every so many.
    pub(crate) fn append(
        &mut self,
        sealed: &[Sealed],
        more: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), TableError> {
        let transaction =
            self.storage.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let log = added(&transaction, self.log.clone(), sealed)?;
        more(&transaction)?;
        transaction.commit()?;
        self.log = log;
        Ok(())
    }
}

/// Envelopes, leaves and marks after those of a log: the log as it is with them.
fn added(db: &Connection, mut log: generation::Row, sealed: &[Sealed]) -> rusqlite::Result<generation::Row> {
    for Sealed { row, mark } in sealed {
        entry::insert(db, (log.generation, log.head.size()), row, *mark)?;
        log.head.push(row.leaf);
        stride::insert_reached(db, log.generation, &log.head)?;
    }
    if log.head.size() - log.booked >= booked::EVERY {
        booked::book(db, &mut log)?;
    }
    Ok(log)
}

/// The whole minute of a time: more of it nobody is told.
pub(crate) fn minute(now: i64) -> i64 {
    now - now.rem_euclid(60)
}
