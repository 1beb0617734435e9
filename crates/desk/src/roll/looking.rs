//! Signatures looked up in the roll.

use std::{collections::BTreeMap, num::NonZero, thread};

use lockbox::Lockbox;
use matching::{LookUp, LookedUp, Signer, Tolerance, look_up, search_keys};
use petition::Signature;
use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::store::{self, SCHEMA};
use crate::{
    desk::Desk,
    error::DeskError,
    ledger::LedgerRow,
    storage::{
        self,
        roll::{self, LookedUpRow, RollKept},
    },
};

/// So many signatures are looked up and kept at a time.
const STEP: usize = 2_000;

/// What came of looking signatures up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct RollCount {
    /// Signatures of which one entry is the signer's.
    pub found: u64,
    /// Signatures that a person has to look at.
    pub unsure: u64,
    /// Signatures of nobody who is on it.
    pub not_found: u64,
}

/// A signature that was not found, or is unsure. Personal data: it has no `Debug`.
#[derive(Serialize, TS)]
pub struct NotOnRoll {
    /// The signature.
    pub row: LedgerRow,
    /// What differs, each a stable code.
    pub differences: Vec<String>,
}

impl Desk {
    /// Looks up the signatures of a petition: those that were not looked up in this roll before, and those that an earlier one did
    /// not have. Gives what came of all of the petition. `now` is in Unix seconds.
    ///
    /// Errors: [`DeskError::NoRoll`].
    pub fn look_up(
        &mut self,
        petition: Uuid,
        tolerance: Tolerance,
        now: i64,
    ) -> Result<RollCount, DeskError> {
        let mut after = None;
        loop {
            after = self.look_up_after(petition, tolerance, after, now)?;
            if after.is_none() {
                return self.count_looked_up(petition);
            }
        }
    }

    /// Looks up some of them, those after one: for whoever does other things between. Gives the last of them; none where none is left.
    ///
    /// Errors: as [`Desk::look_up`].
    pub fn look_up_after(
        &mut self,
        petition: Uuid,
        tolerance: Tolerance,
        after: Option<Uuid>,
        now: i64,
    ) -> Result<Option<Uuid>, DeskError> {
        self.roll(now)?;
        let kept = roll::find(&self.db)?.ok_or(DeskError::NoRoll)?;
        let ids = roll::list_open(&self.db, petition, kept.hash, after.unwrap_or_default(), STEP)?;
        let found = self.look_up_some(&kept, &ids, tolerance)?;
        let tx = storage::write(&mut self.db)?;
        for (signature, (looked_up, area)) in found {
            let differences: Vec<&str> =
                looked_up.differences.iter().map(|difference| difference.code()).collect();
            let row = LookedUpRow {
                signature,
                petition,
                hash: kept.hash,
                found: name_of(looked_up.found),
                differences: &differences.join(" "),
                area: &area,
            };
            roll::set_looked_up(&tx, &row)?;
        }
        tx.commit()?;
        Ok(ids.last().copied())
    }

    /// What came of looking up the signatures of a petition.
    pub fn count_looked_up(&self, petition: Uuid) -> Result<RollCount, DeskError> {
        let (found, unsure, not_found) = roll::count_looked_up(&self.db, petition)?;
        Ok(RollCount { found, unsure, not_found })
    }

    /// The signatures of a petition that are unsure, or that were not found.
    pub fn list_looked_up(&self, petition: Uuid, found: LookUp) -> Result<Vec<NotOnRoll>, DeskError> {
        let rows = roll::list_looked_up(&self.db, petition, name_of(found))?;
        let rows = rows.into_iter().map(|(id, differences)| {
            let row = self.view().ledger_row(id)?;
            Ok(NotOnRoll { row, differences: differences.split_whitespace().map(str::to_owned).collect() })
        });
        rows.collect()
    }

    /// Looks some up, over all cores: each has a connection of its own to the roll.
    fn look_up_some(
        &self,
        kept: &RollKept,
        ids: &[Uuid],
        tolerance: Tolerance,
    ) -> Result<Vec<(Uuid, OnRoll)>, DeskError> {
        let signatures: Vec<Signature> =
            ids.iter().map(|id| Ok(self.view().get_signature(*id)?.1)).collect::<Result<_, DeskError>>()?;
        let folder = self.roll_folder(kept.roll);
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let share = signatures.len().div_ceil(cores).max(1);
        let look = |signatures: &[Signature]| -> Result<Vec<OnRoll>, DeskError> {
            let db = Lockbox::reader(&folder, Some(&kept.key), &SCHEMA)?;
            signatures.iter().map(|signature| look_up_one(&db, signature, tolerance)).collect()
        };
        let look = &look;
        let shares = thread::scope(|scope| {
            let threads: Vec<_> =
                signatures.chunks(share).map(|share| (share, scope.spawn(move || look(share)))).collect();
            // A thread that could not finish did nothing that is kept: its share is looked up here.
            threads
                .into_iter()
                .map(|(share, thread)| thread.join().unwrap_or_else(|_| look(share)))
                .collect::<Result<Vec<_>, DeskError>>()
        })?;
        Ok(ids.iter().copied().zip(shares.into_iter().flatten()).collect())
    }
}

/// What came of it, and the area of the entry that is the signer's, or likeliest to be.
type OnRoll = (LookedUp<u32>, String);

fn look_up_one(db: &Connection, signature: &Signature, tolerance: Tolerance) -> Result<OnRoll, DeskError> {
    let signer = Signer {
        name: &signature.full_name,
        postal_code: signature.address.postal_code.as_deref(),
        city: signature.address.city.as_deref(),
        street: signature.address.street.as_deref(),
        ..Signer::default()
    };
    let mut entries = BTreeMap::new();
    for number in store::find(db, &search_keys(&signer))? {
        entries.insert(number, store::get(db, number)?);
    }
    let signers: Vec<_> = entries.iter().map(|(number, entry)| (*number, entry.signer())).collect();
    let looked_up = look_up(&signer, &signers, tolerance);
    let entry = looked_up.entry.and_then(|number| entries.get(&number));
    let area = entry.map(|entry| entry.area.clone()).unwrap_or_default();
    Ok((looked_up, area))
}

pub(super) fn name_of(found: LookUp) -> &'static str {
    match found {
        LookUp::Found => "found",
        LookUp::Unsure => "unsure",
        LookUp::NotFound => "not_found",
    }
}
