//! What is in a backup, and bringing a campaign back from it.

use data_encoding::BASE64;
use lockbox::DatabaseKey;
use proof::{CampaignId, Seed, SigningKey};
use rand::CryptoRng;
use rusqlite::Connection;
use sealing::{EpochId, SecretKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wire::{
    Campaign, Confirmation, Decision, Document, EndpointAddress, Epoch, Petition, Revocation, Signed, Tally,
    Update,
};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::key;
use crate::{
    desk::campaign_note,
    error::DeskError,
    keys::Keys,
    review::keep_decision,
    storage::{self, epoch::EpochRow, kit::KitAbout},
};

/// A backup that was opened and found whole. Holds the campaign's keys: wiped when dropped, no `Debug`.
pub struct Backup {
    content: Content,
    digest: [u8; 32],
    root: Seed,
    holder: SecretKey,
    epochs: Vec<EpochRow>,
    petitions: Vec<Signed<Petition>>,
    revocations: Vec<Signed<Revocation>>,
    confirmations: Vec<Signed<Confirmation>>,
    decisions: Vec<Signed<Decision>>,
}

/// The second part of the file. What version 1 had not is absent or empty there.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Content {
    kind: String,
    v: u32,
    #[zeroize(skip)]
    campaign: CampaignId,
    name: String,
    #[serde(default)]
    note: Option<String>,
    root: String,
    holder: String,
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    endpoint: Option<EndpointAddress>,
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tally: Option<NumberedNote>,
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    update: Option<NumberedNote>,
    #[zeroize(skip)]
    epochs: Vec<WrappedEpoch>,
    petitions: Vec<String>,
    #[zeroize(skip)]
    #[serde(default)]
    ended: Vec<Uuid>,
    #[zeroize(skip)]
    #[serde(default)]
    kits: Vec<KitAbout>,
    #[serde(default)]
    revocations: Vec<String>,
    #[serde(default)]
    confirmations: Vec<String>,
    #[serde(default)]
    decisions: Vec<String>,
    #[serde(default)]
    at: i64,
}

#[derive(Serialize, Deserialize)]
struct WrappedEpoch {
    epoch: String,
    note: String,
    wrapped: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rotated_at: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct NumberedNote {
    seq: u64,
    note: String,
}

/// All that the backup holds, as the database is now: the second part of the file, before it is sealed.
pub(crate) fn content(db: &Connection, keys: &Keys, now: i64) -> Result<Zeroizing<Vec<u8>>, DeskError> {
    let campaign = storage::campaign::get(db)?;
    let epochs = storage::epoch::list(db)?
        .into_iter()
        .map(|row| WrappedEpoch {
            epoch: row.epoch.to_string(),
            note: row.note,
            wrapped: BASE64.encode(&row.wrapped),
            rotated_at: row.rotated_at,
        })
        .collect();
    let content = Content {
        kind: "backup".to_owned(),
        v: 2,
        campaign: keys.campaign(),
        name: campaign.name,
        note: Some(campaign.note),
        root: BASE64.encode(keys.root.expose()),
        holder: BASE64.encode(keys.holder.expose()),
        endpoint: campaign.endpoint,
        tally: campaign.tally.map(|note| NumberedNote { seq: campaign.tally_seq, note }),
        update: campaign.update.map(|note| NumberedNote { seq: campaign.update_seq, note }),
        epochs,
        petitions: storage::petition::list_notes(db)?,
        ended: storage::petition::list_ended(db)?.into_iter().collect(),
        kits: storage::kit::list_about(db)?,
        revocations: storage::revocation::list_notes(db)?,
        confirmations: storage::confirmation::list_notes(db)?,
        decisions: storage::decided::list_notes(db)?,
        at: now,
    };
    Ok(Zeroizing::new(serde_json::to_vec(&content).map_err(|_| DeskError::Backup)?))
}

impl Backup {
    /// Opens the bytes of a backup file and checks all that is in it. Takes about a second.
    ///
    /// Errors: [`DeskError::BackupPassphrase`]; [`DeskError::Backup`] for another file.
    pub fn open(file: &[u8], passphrase: &str) -> Result<Self, DeskError> {
        let json = key::open(file, passphrase)?;
        let content: Content = serde_json::from_slice(&json).map_err(|_| DeskError::Backup)?;
        let is_whole = content.v == 1 || content.note.is_some();
        if content.kind != "backup" || !(1..=2).contains(&content.v) || !is_whole {
            return Err(DeskError::Backup);
        }
        let root = Seed::from_bytes(*seed(&content.root)?);
        let holder = SecretKey::from_bytes(*seed(&content.holder)?);
        let (campaign, key) = (content.campaign, SigningKey::root(&root));
        if !key.verifier().is_root_of(campaign) {
            return Err(DeskError::Backup);
        }
        if let Some(note) = &content.note {
            read::<Campaign>(note, campaign, &key)?;
        }
        if let Some(tally) = &content.tally {
            read::<Tally>(&tally.note, campaign, &key)?;
        }
        if let Some(update) = &content.update {
            read::<Update>(&update.note, campaign, &key)?;
        }
        let epochs = content.epochs.iter().map(|epoch| epoch.row(campaign, &key, &holder));
        Ok(Self {
            epochs: epochs.collect::<Result<_, _>>()?,
            petitions: verified(&content.petitions, campaign, &key)?,
            revocations: verified(&content.revocations, campaign, &key)?,
            confirmations: verified(&content.confirmations, campaign, &key)?,
            decisions: verified(&content.decisions, campaign, &key)?,
            digest: Sha256::digest(file).into(),
            content,
            root,
            holder,
        })
    }

    /// The campaign's keys, with a new one for the database on this computer.
    pub fn keys(&self, rng: &mut impl CryptoRng) -> Keys {
        Keys { database: DatabaseKey::generate(rng), root: self.root.clone(), holder: self.holder.clone() }
    }

    /// Name and id of the campaign.
    pub fn campaign(&self) -> (&str, CampaignId) {
        (&self.content.name, self.content.campaign)
    }

    /// When it was written, Unix seconds; version 1 does not say.
    pub fn written_at(&self) -> Option<i64> {
        self.is_complete().then_some(self.content.at)
    }

    /// Whether it has all that is held today: version 1 had not.
    pub(crate) fn is_complete(&self) -> bool {
        self.content.v == 2
    }

    /// SHA-256 of the file.
    pub(crate) fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Whether these are the campaign's keys.
    pub(crate) fn is_of(&self, keys: &Keys) -> bool {
        keys.root.expose() == self.root.expose() && keys.holder.expose() == self.holder.expose()
    }

    /// Writes all of it into an empty database. Version 1 has no campaign note: it is signed `now`.
    pub(crate) fn fill(&self, db: &Connection, now: i64) -> Result<(), DeskError> {
        let Content { name, note, endpoint, tally, update, kits, ended, .. } = &self.content;
        let note = match note {
            Some(note) => note.clone(),
            None => campaign_note(&SigningKey::root(&self.root), name, now)?.note(),
        };
        storage::campaign::insert(db, name, &note)?;
        storage::campaign::set_endpoint(db, endpoint.as_ref())?;
        if let Some(NumberedNote { seq, note }) = tally {
            storage::campaign::set_tally(db, *seq, note)?;
        }
        if let Some(NumberedNote { seq, note }) = update {
            storage::campaign::set_update(db, *seq, note)?;
        }
        self.epochs.iter().try_for_each(|row| storage::epoch::insert(db, row))?;
        for signed in &self.petitions {
            let Petition { petition, version, .. } = signed.body;
            storage::petition::insert(db, petition, version, &signed.note())?;
        }
        ended.iter().try_for_each(|petition| storage::petition::set_ended(db, *petition, true))?;
        kits.iter().try_for_each(|kit| storage::kit::insert(db, kit))?;
        for signed in &self.revocations {
            storage::revocation::insert(db, signed.body.kit, signed.body.table, &signed.note())?;
        }
        for signed in &self.confirmations {
            storage::confirmation::set(db, &signed.body, &signed.note())?;
        }
        self.decisions.iter().try_for_each(|signed| keep_decision(db, signed).map(drop))?;
        Ok(())
    }
}

impl WrappedEpoch {
    fn row(
        &self,
        campaign: CampaignId,
        root: &SigningKey,
        holder: &SecretKey,
    ) -> Result<EpochRow, DeskError> {
        let note = read::<Epoch>(&self.note, campaign, root)?;
        let epoch: EpochId = self.epoch.parse().map_err(|_| DeskError::Backup)?;
        let wrapped = BASE64.decode(self.wrapped.as_bytes()).map_err(|_| DeskError::Backup)?;
        sealing::unwrap_seed(&wrapped, *campaign.as_bytes(), epoch, holder).map_err(|_| DeskError::Backup)?;
        let (from, until) = (note.body.from, note.body.until);
        Ok(EpochRow { epoch, note: self.note.clone(), wrapped, from, until, rotated_at: self.rotated_at })
    }
}

fn verified<D: Document>(
    notes: &[String],
    campaign: CampaignId,
    root: &SigningKey,
) -> Result<Vec<Signed<D>>, DeskError> {
    notes.iter().map(|note| read(note, campaign, root)).collect()
}

fn read<D: Document>(note: &str, campaign: CampaignId, root: &SigningKey) -> Result<Signed<D>, DeskError> {
    Signed::verify_root(note, campaign, root.verifier()).map_err(|_| DeskError::Backup)
}

fn seed(text: &str) -> Result<Zeroizing<[u8; 32]>, DeskError> {
    let bytes = Zeroizing::new(BASE64.decode(text.as_bytes()).map_err(|_| DeskError::Backup)?);
    let mut seed = Zeroizing::new([0; 32]);
    if bytes.len() != seed.len() {
        return Err(DeskError::Backup);
    }
    seed.copy_from_slice(&bytes);
    Ok(seed)
}
