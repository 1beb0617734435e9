//! The signed update: what tables work by from now on, for those that have an older kit.

use std::{collections::BTreeSet, sync::Mutex};

use rand::CryptoRng;
use rusqlite::Connection;
use wire::{Client, OpenUpdate, Signed, Update};

use crate::{
    desk::Desk,
    error::DeskError,
    guard::guard,
    keys::{Keys, epochs},
    storage::{self, kit::KitAbout},
};

/// What tables do not know yet: it is in no update, and was not in the kits of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpublished {
    /// Titles of petitions that were added, changed, ended or opened again.
    pub petitions: Vec<String>,
    /// Labels of kits whose date was moved.
    pub kits: Vec<String>,
    /// The keys that are sealed to were rotated.
    pub keys: bool,
}

impl Unpublished {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Desk {
    /// What tables do not know yet, at a time (Unix seconds).
    pub fn unpublished(&self, now: i64) -> Result<Unpublished, DeskError> {
        let kits = live_kits(&self.db, now)?;
        let Some(first_kit) = kits.iter().min_by_key(|kit| (kit.made_at, kit.notes)) else {
            return Ok(Unpublished::default());
        };
        let versions = storage::petition::list_versions(&self.db)?;
        let was_in_first_kit = |row: &crate::PetitionRow| match first_kit.notes {
            Some(notes) => {
                versions.iter().zip(0..notes).any(|(known, _)| *known == (row.petition.id(), row.version))
            }
            None => row.made_at <= first_kit.made_at,
        };
        let newest = storage::campaign::get(&self.db)?.update;
        let newest = newest.map(|note| OpenUpdate::verify(&note, self.about.id, self.root.verifier()));
        let newest = newest.transpose().map_err(|_| DeskError::Damaged("update"))?;
        let ended = storage::petition::list_ended(&self.db)?;
        let ended_before: BTreeSet<_> =
            newest.iter().flat_map(|update| update.ended.iter().copied()).collect();
        let is_known = |row: &&crate::PetitionRow| match &newest {
            Some(update) => {
                let is_it = |note: &Signed<wire::Petition>| {
                    note.body.petition == row.petition.id() && note.body.version == row.version
                };
                update.petitions.iter().any(is_it)
            }
            None => was_in_first_kit(row),
        };
        let is_new = |row: &&crate::PetitionRow| {
            let id = row.petition.id();
            !is_known(row) || ended.contains(&id) != ended_before.contains(&id)
        };
        let rows = self.petitions()?;
        let petitions = rows.iter().filter(is_new).map(|row| row.petition.title().to_owned());
        let certificates: Vec<String> =
            newest.iter().flat_map(|update| update.certificates.iter().map(Signed::note)).collect();
        let is_moved = |kit: &&KitAbout| {
            kit.moved && !kit.certificate.as_ref().is_some_and(|note| certificates.contains(note))
        };
        let epochs: Vec<String> =
            newest.iter().flat_map(|update| update.epochs.iter().map(Signed::note)).collect();
        let is_known_and_rotated = |epoch: storage::epoch::EpochRow| match (&newest, epoch.rotated_at) {
            (_, None) => false,
            (Some(_), _) => epochs.contains(&epoch.note),
            (None, Some(at)) => at >= first_kit.made_at,
        };
        Ok(Unpublished {
            petitions: petitions.collect(),
            kits: kits.iter().filter(is_moved).map(|kit| kit.label.clone()).collect(),
            keys: storage::epoch::list(&self.db)?.into_iter().any(is_known_and_rotated),
        })
    }

    /// Signs an update of now, numbered one above the one before, and keeps it for the endpoint.
    ///
    /// Errors: [`DeskError::NoPetition`].
    pub fn sign_update(&mut self, now: i64, rng: &mut impl CryptoRng) -> Result<(), DeskError> {
        let tx = storage::write(&mut self.db)?;
        let seq = storage::campaign::get(&tx)?.update_seq + 1;
        let body = contents(&tx, &self.keys, seq, now, rng)?;
        let note = Signed::sign(self.about.id, now, body, &[&self.root])?.note();
        storage::campaign::set_update(&tx, seq, &note)?;
        tx.commit()?;
        self.keep_backup(now);
        Ok(())
    }

    /// Signs an update of now, where tables do not know all that was changed, and publishes the newest; says whether there was
    /// anything. What cannot be told now is told with the next pull. The desk is never locked while waiting.
    pub async fn publish_update(
        desk: &Mutex<Self>,
        client: &Client,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<bool, DeskError> {
        Self::tell(desk, client).await?;
        let (campaign, known) = {
            let desk = guard(desk);
            (desk.about.id, storage::campaign::get(&desk.db)?.update_seq)
        };
        // A desk that was brought back from an older backup numbers its next one above those of before.
        if let Some(note) = client.update(campaign, known).await? {
            guard(desk).learn_update(&note)?;
        }
        {
            let mut desk = guard(desk);
            if desk.unpublished(now)?.is_empty() {
                return Ok(false);
            }
            desk.sign_update(now, rng)?;
        }
        Self::tell(desk, client).await?;
        Ok(true)
    }

    /// Takes an update that this campaign published before, where it is newer than what is known here.
    fn learn_update(&mut self, note: &str) -> Result<(), DeskError> {
        let Ok(published) = Signed::<Update>::verify_root(note, self.about.id, self.root.verifier()) else {
            return Ok(());
        };
        if published.body.seq > storage::campaign::get(&self.db)?.update_seq {
            storage::campaign::set_update(&self.db, published.body.seq, note)?;
        }
        Ok(())
    }
}

/// Kits that tables may come with, or have.
fn live_kits(db: &Connection, now: i64) -> Result<Vec<KitAbout>, DeskError> {
    let revoked: BTreeSet<_> =
        storage::kit::list(db)?.into_iter().filter(|kit| kit.revoked).map(|kit| kit.kit).collect();
    let mut kits = storage::kit::list_about(db)?;
    kits.retain(|kit| kit.until > now && !revoked.contains(&kit.kit));
    Ok(kits)
}

fn contents(
    db: &Connection,
    keys: &Keys,
    seq: u64,
    now: i64,
    rng: &mut impl CryptoRng,
) -> Result<Update, DeskError> {
    let petitions = storage::petition::list_notes(db)?;
    if petitions.is_empty() {
        return Err(DeskError::NoPetition);
    }
    let kits = live_kits(db, now)?;
    // As far as the last of the kits reaches, and never none.
    let until = kits.iter().map(|kit| kit.until).max().unwrap_or(now).max(now + 1);
    epochs::make_until(db, keys, now, until, rng)?;
    Ok(Update {
        seq,
        petitions,
        epochs: epochs::list_between(db, now, until)?,
        ended: storage::petition::list_ended(db)?.into_iter().collect(),
        certificates: kits.into_iter().filter(|kit| kit.moved).filter_map(|kit| kit.certificate).collect(),
    })
}
