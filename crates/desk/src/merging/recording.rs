//! Writing what was opened into the ledger, so that the order of arrival leaves no trace.

use std::collections::BTreeSet;

use petition::NoteAbout;
use proof::Hash;
use rusqlite::{Connection, Transaction};
use uuid::Uuid;
use wire::VerifiedBatch;

use super::opening::{OpenedSignature, Opening};
use crate::{
    error::DeskError,
    review::cover,
    standing::settle,
    storage::{
        content, decided, decision,
        entry::{self, EntryPlace, ID_USED_TWICE, NewEntry, Outcome},
        envelope, frontier,
        kit::{self, KitAbout},
        log::{self, Head, LogName, Papers},
        note, picture,
        signature::{self, Known, NewSignature},
        weighing,
    },
    tables::branches::Place,
};

pub(crate) struct Recorded {
    pub(crate) new_signatures: u64,
    pub(crate) set_aside: u64,
}

/// What says which of two places comes first. Two branches can have the same index; nothing in it depends on which
/// branch came first.
fn rank(place: &EntryPlace) -> (Uuid, u32, u64, [u8; 32], &str) {
    (place.table, place.generation, place.index, place.leaf.0, &place.device)
}

/// Writes the papers of a batch and its entries from the known ones on, in the caller's transaction.
pub(crate) fn record(
    tx: &Transaction<'_>,
    batch: &VerifiedBatch,
    place: Place,
    opened: Vec<Opening>,
) -> Result<Recorded, DeskError> {
    let name = log_name(batch);
    kit::insert(tx, &KitAbout::from(&batch.certificate))?;
    let log = put_branch(tx, &name, batch, place)?;
    let from = batch.before.size() + place.known as u64;
    let mut entry = EntryPlace {
        log,
        index: from,
        leaf: Hash([0; 32]),
        table: name.table,
        generation: name.generation,
        device: name.device.to_string(),
    };
    let mut recorded = Recorded { new_signatures: 0, set_aside: 0 };
    let mut touched = BTreeSet::new();
    let sent = batch.entries.iter().zip(&batch.leaves).skip(place.known);
    for ((index, (bytes, leaf)), opened) in (from..).zip(sent).zip(opened) {
        (entry.index, entry.leaf) = (index, *leaf);
        let new = place_entry(tx, &entry, opened, &mut touched)?;
        recorded.new_signatures += u64::from(new.is_new_signature);
        recorded.set_aside += u64::from(matches!(new.entry.outcome, Outcome::SetAside(_)));
        entry::insert(tx, &new.entry)?;
        envelope::insert(tx, log, index, bytes)?;
    }
    settle(tx, touched)?;
    Ok(recorded)
}

/// Which log a batch is of.
pub(crate) fn log_name(batch: &VerifiedBatch) -> LogName {
    let origin = batch.origin();
    let device = batch.admission.body.device.clone();
    LogName { table: origin.table, generation: origin.generation, device }
}

/// Brings the branch that a batch goes on with to its end, or begins one; gives its number.
fn put_branch(
    tx: &Transaction<'_>,
    name: &LogName,
    batch: &VerifiedBatch,
    place: Place,
) -> Result<i64, DeskError> {
    let (certificate, admission) = (batch.certificate.note(), batch.admission.note());
    let papers = Papers {
        kit: batch.certificate.body.kit,
        label: &batch.admission.body.label,
        certificate: &certificate,
        admission: &admission,
        admitted_at: batch.admission.at,
    };
    let head = Head { frontier: &batch.after, checkpoint: &batch.checkpoint_note };
    let from = batch.before.size() + place.known as u64;
    let is_new = place.known < batch.leaves.len();
    let log = match place.branch {
        Some(log) if !place.forks => {
            if is_new {
                log::set_head(tx, log, &head)?;
            }
            if log::offer_papers(tx, log, &papers)? {
                log::settle_papers(tx, name)?;
            }
            log
        }
        parent => {
            let log = log::insert(tx, name, parent.map(|parent| (parent, from)), &papers, &head)?;
            if parent.is_some() {
                log::settle_papers(tx, name)?;
                let mut at_fork = batch.before.clone();
                batch.leaves.iter().take(place.known).for_each(|leaf| at_fork.push(*leaf));
                frontier::set_fork(tx, log, &at_fork)?;
            }
            log
        }
    };
    if is_new {
        frontier::set_reached(tx, log, &batch.before, &batch.leaves, from)?;
    }
    Ok(log)
}

/// An entry as it is to be kept.
pub(crate) struct PlacedEntry {
    pub(crate) entry: NewEntry,
    pub(crate) is_new_signature: bool,
}

/// Puts what was opened of an entry into the ledger, and says what came of it.
pub(crate) fn place_entry(
    db: &Connection,
    place: &EntryPlace,
    opened: Opening,
    touched: &mut BTreeSet<Uuid>,
) -> Result<PlacedEntry, DeskError> {
    let mut entry = NewEntry {
        log: place.log,
        index: place.index,
        leaf: place.leaf,
        outcome: Outcome::Canonical,
        petition: None,
        signature: None,
    };
    let mut is_new_signature = false;
    match opened {
        Opening::SetAside { petition, reason } => {
            entry.outcome = Outcome::SetAside(reason);
            entry.petition = petition;
        }
        Opening::Note(opened) => {
            let struck = match &opened.note.about {
                NoteAbout::Picture(piece) => {
                    return picture::insert(db, place.table, piece)
                        .map(|()| PlacedEntry { entry, is_new_signature })
                        .map_err(Into::into);
                }
                NoteAbout::Strike(strike) => Some(Hash(strike.leaf)),
                NoteAbout::Sheet(_) | NoteAbout::Event(_) | NoteAbout::Closing(_) => None,
            };
            note::insert(db, (place.table, opened.note.written_at), &opened.cbor, struck)?;
        }
        Opening::Signature(opened) => {
            let known = signature::find(db, opened.id)?;
            is_new_signature = known.is_none();
            entry.outcome = place_signature(db, place, &opened, known, touched)?;
            entry.petition = Some(opened.petition);
            entry.signature = Some((opened.id, opened.digest));
        }
    }
    Ok(PlacedEntry { entry, is_new_signature })
}

/// Puts a signature into the ledger. Of several entries with one id, the first by (table, generation, index, leaf,
/// device) says what the signature is; which of them came first says nothing.
fn place_signature(
    db: &Connection,
    place: &EntryPlace,
    opened: &OpenedSignature,
    known: Option<Known>,
    touched: &mut BTreeSet<Uuid>,
) -> Result<Outcome, DeskError> {
    let is_known = known.is_some();
    let signed = (opened.id, opened.petition, opened.signed_at.cast_signed());
    if let Some(known) = known {
        let same = known.digest == opened.digest;
        if rank(&known.place) <= rank(place) {
            return Ok(if same { Outcome::Resent } else { Outcome::SetAside(ID_USED_TWICE) });
        }
        entry::set_later(db, opened.id, &opened.digest)?;
        if same {
            signature::set_place(db, opened.id, place.log, place.index)?;
            if cover(db, signed, is_known, place, &opened.facets)? {
                touched.insert(opened.id);
            }
            if known.place.table != place.table {
                // Who signed at one table at one time is told by it.
                weighing::delete(db, opened.petition)?;
            }
            return Ok(Outcome::Canonical);
        }
        weighing::delete(db, known.petition)?;
        weighing::delete(db, opened.petition)?;
    }
    signature::set(
        db,
        &NewSignature {
            id: opened.id,
            petition: opened.petition,
            signed_at: opened.signed_at,
            is_time_doubtful: opened.is_time_doubtful,
            log: place.log,
            index: place.index,
            search: &opened.search,
            facets: &opened.facets,
        },
    )?;
    content::set(db, opened.id, &opened.digest, &opened.cbor)?;
    let is_decided = is_known || opened.review.is_some();
    if is_decided {
        decision::set_of_opening(db, opened.id, opened.review)?;
    }
    // Else it counts as it is, until it is compared with the others.
    if cover(db, signed, is_known, place, &opened.facets)? || is_decided || decided::is_named(db, opened.id)?
    {
        touched.insert(opened.id);
    }
    Ok(Outcome::Canonical)
}
