//! The backup: everything that cannot be made again, in one file under a passphrase (`docs/protocol.md` §10).

use std::path::Path;

use age::{DecryptError, secrecy::SecretString};
use data_encoding::BASE64;
use proof::{CampaignId, Seed, SigningKey};
use rand::CryptoRng;
use sealing::{EpochId, SecretKey};
use serde::{Deserialize, Serialize};
use wire::{EndpointAddress, Epoch, Petition, Signed};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    DatabaseKey, Desk, DeskError, Keys,
    campaign::campaign_note,
    storage::{self, epoch::EpochRow},
};

/// Work of scrypt as a power of two: about a second on a laptop of today.
const WORK: u8 = 18;
/// The most work that is done for a file from elsewhere.
const MOST_WORK: u8 = 22;

/// A backup that was opened and found whole. Holds the campaign's keys: wiped when dropped, no `Debug`.
pub struct Backup {
    name: String,
    root: Seed,
    holder: SecretKey,
    endpoint: Option<EndpointAddress>,
    epochs: Vec<EpochRow>,
    petitions: Vec<Signed<Petition>>,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct File {
    kind: String,
    v: u32,
    #[zeroize(skip)]
    campaign: CampaignId,
    name: String,
    root: String,
    holder: String,
    #[zeroize(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    endpoint: Option<EndpointAddress>,
    #[zeroize(skip)]
    epochs: Vec<WrappedEpoch>,
    petitions: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct WrappedEpoch {
    epoch: String,
    note: String,
    wrapped: String,
}

impl Desk {
    /// The backup of now: an age file under a passphrase. Whoever has both has the campaign. Takes about a second.
    pub fn backup(&self, passphrase: &str) -> Result<Vec<u8>, DeskError> {
        let epochs = storage::epoch::list(&self.db)?
            .into_iter()
            .map(|row| WrappedEpoch {
                epoch: row.epoch.to_string(),
                note: row.note,
                wrapped: BASE64.encode(&row.wrapped),
            })
            .collect();
        let file = File {
            kind: "backup".to_owned(),
            v: 1,
            campaign: self.about.id,
            name: self.about.name.clone(),
            root: BASE64.encode(self.keys.root.expose()),
            holder: BASE64.encode(self.keys.holder.expose()),
            endpoint: self.about.endpoint.clone(),
            epochs,
            petitions: storage::petition::list_notes(&self.db)?,
        };
        let json = Zeroizing::new(serde_json::to_vec(&file).map_err(|_| DeskError::Backup)?);
        let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase));
        recipient.set_work_factor(WORK);
        age::encrypt(&recipient, &json).map_err(|_| DeskError::Backup)
    }

    /// Brings a campaign back from its backup, into a folder without a desk. The ledger is empty: merging the
    /// batches again fills it. `keys` are those of [`Backup::keys`].
    pub fn restore(folder: &Path, keys: Keys, backup: &Backup, now: i64) -> Result<Self, DeskError> {
        if keys.root.expose() != backup.root.expose() || keys.holder.expose() != backup.holder.expose() {
            return Err(DeskError::OtherKeys);
        }
        let note = campaign_note(&SigningKey::root(&keys.root), &backup.name, now)?.note();
        Self::make(folder, keys, |db, _| {
            storage::campaign::insert(db, &backup.name, &note)?;
            storage::campaign::set_endpoint(db, backup.endpoint.as_ref())?;
            backup.epochs.iter().try_for_each(|row| storage::epoch::insert(db, row))?;
            for signed in &backup.petitions {
                let Petition { petition, version, .. } = signed.body;
                storage::petition::insert(db, petition, version, &signed.note())?;
            }
            Ok(())
        })
    }
}

impl Backup {
    /// Opens the bytes of a backup file and checks all that is in it. Takes about a second.
    ///
    /// Errors: [`DeskError::BackupPassphrase`]; [`DeskError::Backup`] for another file.
    pub fn open(backup: &[u8], passphrase: &str) -> Result<Self, DeskError> {
        let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase));
        identity.set_max_work_factor(MOST_WORK);
        let json = age::decrypt(&identity, backup).map(Zeroizing::new).map_err(|error| match error {
            DecryptError::DecryptionFailed
            | DecryptError::KeyDecryptionFailed
            | DecryptError::InvalidMac
            | DecryptError::NoMatchingKeys => DeskError::BackupPassphrase,
            // What follows the header was changed, and authenticates no more.
            DecryptError::Io(_) => DeskError::BackupPassphrase,
            _ => DeskError::Backup,
        })?;
        let file: File = serde_json::from_slice(&json).map_err(|_| DeskError::Backup)?;
        if file.kind != "backup" || file.v != 1 {
            return Err(DeskError::Backup);
        }
        let root = Seed::from_bytes(*seed(&file.root)?);
        let holder = SecretKey::from_bytes(*seed(&file.holder)?);
        let key = SigningKey::root(&root);
        let campaign = file.campaign;
        if !campaign.is_root(key.verifier()) {
            return Err(DeskError::Backup);
        }
        let epochs = file
            .epochs
            .iter()
            .map(|epoch| {
                let note = Signed::<Epoch>::verify_root(&epoch.note, campaign, key.verifier())?;
                let id: EpochId = epoch.epoch.parse().map_err(|_| DeskError::Backup)?;
                let wrapped = BASE64.decode(epoch.wrapped.as_bytes()).map_err(|_| DeskError::Backup)?;
                sealing::unwrap_seed(&wrapped, *campaign.as_bytes(), id, &holder)
                    .map_err(|_| DeskError::Backup)?;
                let (from, until) = (note.body.from, note.body.until);
                Ok(EpochRow { epoch: id, note: epoch.note.clone(), wrapped, from, until })
            })
            .collect::<Result<_, DeskError>>()?;
        let petitions = file
            .petitions
            .iter()
            .map(|note| Signed::verify_root(note, campaign, key.verifier()))
            .collect::<Result<_, _>>()?;
        Ok(Self { name: file.name.clone(), root, holder, endpoint: file.endpoint.clone(), epochs, petitions })
    }

    /// The campaign's keys, with a new one for the database on this computer.
    pub fn keys(&self, rng: &mut impl CryptoRng) -> Keys {
        Keys { database: DatabaseKey::generate(rng), root: self.root.clone(), holder: self.holder.clone() }
    }
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
