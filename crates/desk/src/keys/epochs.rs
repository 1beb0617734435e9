//! Epochs: the keys that signatures are sealed to, a week each.

use data_encoding::BASE64;
use proof::SigningKey;
use rand::CryptoRng;
use rusqlite::Connection;
use sealing::{EpochId, Opener, SecretKey, unwrap_seed, wrap_seed};
use wire::{Epoch, Signed};

use super::own::Keys;
use crate::{
    desk::Desk,
    error::DeskError,
    storage::{self, epoch::EpochRow},
};

/// Seconds of an epoch.
const LENGTH: i64 = 7 * 24 * 60 * 60;
/// For how many seconds a new campaign has epochs: a year and a little.
pub(crate) const AHEAD: i64 = 53 * LENGTH;

/// Makes the epochs that are missing from `now` until `until`, each from where the one before ends; those that were rotated out are not counted. Their seeds are
/// stored wrapped to the holder, and nowhere else.
pub(crate) fn make_until(
    db: &Connection,
    keys: &Keys,
    now: i64,
    until: i64,
    rng: &mut impl CryptoRng,
) -> Result<(), DeskError> {
    let in_use = storage::epoch::list(db)?.into_iter().filter(|row| row.rotated_at.is_none());
    let last = in_use.map(|row| row.until).max();
    let mut from = last.unwrap_or(now).max(now);
    while from < until {
        storage::epoch::insert(db, &make(keys, now, from, rng)?)?;
        from += LENGTH;
    }
    Ok(())
}

/// The notes of the epochs that were not rotated out, as far as they are good between two times, in Unix seconds.
pub(crate) fn list_between(db: &Connection, from: i64, until: i64) -> rusqlite::Result<Vec<String>> {
    let epochs = storage::epoch::list(db)?.into_iter().filter(|epoch| epoch.rotated_at.is_none());
    let epochs = epochs.filter(|epoch| epoch.until > from && epoch.from < until.max(from + 1));
    Ok(epochs.map(|epoch| epoch.note).collect())
}

fn make(keys: &Keys, now: i64, from: i64, rng: &mut impl CryptoRng) -> Result<EpochRow, DeskError> {
    let root = SigningKey::root(&keys.root);
    let campaign = proof::CampaignId::of_root(root.verifier().public_key());
    let seed = SecretKey::generate(rng);
    let public = seed.public().map_err(|_| DeskError::Key)?;
    let holder = keys.holder.public().map_err(|_| DeskError::Key)?;
    let wrapped = wrap_seed(&seed, *campaign.as_bytes(), &holder, rng).map_err(|_| DeskError::Key)?;
    let until = from + LENGTH;
    let body = Epoch {
        epoch: public.epoch().to_string(),
        suite: 1,
        key: BASE64.encode(&public.to_bytes()),
        from,
        until,
    };
    let note = Signed::sign(campaign, now, body, &[&root])?.note();
    Ok(EpochRow { epoch: public.epoch(), note, wrapped, from, until, rotated_at: None })
}

impl Desk {
    /// Makes new epochs from `now` (Unix seconds) on, for a year and a little, in the place of those that have not ended: a key
    /// that may be known elsewhere seals nothing in the kits made from now on, nor at tables that took the next update. What was sealed to the epochs before opens as
    /// ever; tables go on sealing to them until they get that update.
    pub fn rotate(&mut self, now: i64, rng: &mut impl CryptoRng) -> Result<(), DeskError> {
        let tx = storage::write(&mut self.db)?;
        storage::epoch::set_rotated(&tx, now)?;
        make_until(&tx, &self.keys, now, now + AHEAD, rng)?;
        tx.commit()?;
        self.keep_backup(now);
        Ok(())
    }

    /// Makes sure that the openers of these epochs are in memory, as far as the epochs are known.
    pub(crate) fn load_openers(
        &mut self,
        epochs: impl IntoIterator<Item = EpochId>,
    ) -> Result<(), DeskError> {
        for epoch in epochs {
            if self.openers.contains_key(&epoch) {
                continue;
            }
            if let Some(wrapped) = storage::epoch::find_wrapped(&self.db, epoch)? {
                let seed = unwrap_seed(&wrapped, *self.about.id.as_bytes(), epoch, &self.keys.holder)
                    .map_err(|_| DeskError::Damaged("epoch"))?;
                self.openers.insert(epoch, Opener::new(&seed).map_err(|_| DeskError::Key)?);
            }
        }
        Ok(())
    }
}
