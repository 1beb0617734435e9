//! Writing what was opened into the ledger, so that the order of arrival leaves no trace.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction};
use uuid::Uuid;
use wire::VerifiedBatch;

use crate::{
    DeskError,
    opening::{OpenedSignature, Opening},
    storage::{
        content,
        entry::{self, ID_USED_TWICE, NewEntry, Outcome},
        envelope, frontier, kit,
        log::{self, LogHead},
        signature::{self, Known, NewSignature},
    },
};

pub(crate) struct Recorded {
    pub(crate) new_signatures: u64,
    pub(crate) set_aside: u64,
}

/// A petition with what exact duplicates have in common: whose standing is to be said anew.
type Group = (Uuid, [u8; 32]);

/// Where an entry stands.
#[derive(Clone, Copy)]
struct Place {
    log: i64,
    table: Uuid,
    generation: u32,
    index: u64,
}

/// Writes the head of a log and its entries from `known` of the batch on, in the caller's transaction.
pub(crate) fn record(
    tx: &Transaction<'_>,
    batch: &VerifiedBatch,
    known: usize,
    opened: Vec<Opening>,
) -> Result<Recorded, DeskError> {
    let origin = batch.origin();
    kit::put(tx, &batch.certificate)?;
    let log = log::put(
        tx,
        &LogHead {
            table: origin.table,
            generation: origin.generation,
            kit: batch.certificate.body.kit,
            device: &batch.admission.body.device,
            label: &batch.admission.body.label,
            certificate: &batch.certificate.note(),
            admission: &batch.admission.note(),
            admitted_at: batch.admission.at,
            frontier: &batch.after,
            checkpoint: &batch.checkpoint_note,
        },
    )?;
    let from = batch.before.size() + known as u64;
    frontier::put_reached(tx, log, &batch.before, &batch.leaves, from)?;
    let mut recorded = Recorded { new_signatures: 0, set_aside: 0 };
    let mut groups = BTreeSet::new();
    let sent = batch.entries.iter().zip(&batch.leaves).skip(known);
    for ((index, (bytes, leaf)), opened) in (from..).zip(sent).zip(opened) {
        let place = Place { log, table: origin.table, generation: origin.generation, index };
        let mut new = NewEntry {
            log,
            index,
            leaf: *leaf,
            outcome: Outcome::Canonical,
            petition: None,
            signature: None,
        };
        match opened {
            Opening::SetAside { petition, reason } => {
                new.outcome = Outcome::SetAside(reason);
                new.petition = petition;
            }
            Opening::Signature(opened) => {
                let known = signature::find(tx, opened.id)?;
                recorded.new_signatures += u64::from(known.is_none());
                new.outcome = place_signature(tx, place, &opened, known, &mut groups)?;
                new.petition = Some(opened.petition);
                new.signature = Some((opened.id, opened.digest));
            }
        }
        recorded.set_aside += u64::from(matches!(new.outcome, Outcome::SetAside(_)));
        entry::insert(tx, &new)?;
        envelope::insert(tx, log, index, bytes)?;
    }
    for (petition, exact_key) in groups {
        signature::settle_duplicates(tx, petition, &exact_key)?;
    }
    Ok(recorded)
}

/// Puts a signature into the ledger. Of several entries with one id, the first by (table, generation, index) says
/// what the signature is; which of them came first says nothing.
fn place_signature(
    db: &Connection,
    place: Place,
    opened: &OpenedSignature,
    known: Option<Known>,
    groups: &mut BTreeSet<Group>,
) -> Result<Outcome, DeskError> {
    if let Some(known) = known {
        let same = known.digest == opened.digest;
        if (known.table, known.generation, known.index) < (place.table, place.generation, place.index) {
            return Ok(if same { Outcome::Resent } else { Outcome::SetAside(ID_USED_TWICE) });
        }
        entry::set_later(db, opened.id, &opened.digest)?;
        if same {
            signature::set_place(db, opened.id, place.log, place.index)?;
            return Ok(Outcome::Canonical);
        }
        groups.extend(known.exact_key.map(|key| (known.petition, key)));
    }
    signature::put(
        db,
        &NewSignature {
            id: opened.id,
            petition: opened.petition,
            signed_at: opened.signed_at,
            exact_key: opened.exact_key.as_ref(),
            log: place.log,
            index: place.index,
            review: opened.review,
            search: &opened.search,
        },
    )?;
    content::put(db, opened.id, &opened.digest, &opened.cbor)?;
    groups.extend(opened.exact_key.map(|key| (opened.petition, key)));
    Ok(Outcome::Canonical)
}
