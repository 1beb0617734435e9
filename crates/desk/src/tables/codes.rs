//! Codes of kits: what is sealed for them, and showing them again.

use data_encoding::HEXLOWER;
use proof::{Seed, SigningKey};
use rand::CryptoRng;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wire::{Deposit, KitCertificate, KitCode, MAX_SEALED_KIT_BYTES, Signed};

use crate::{
    desk::Desk,
    error::DeskError,
    storage::{self, kit_code::Sealed},
};

impl Desk {
    /// The code of a kit that was made with one. It is derived, so a restored desk gives the same.
    ///
    /// Errors: [`DeskError::UnknownKit`], [`DeskError::NoCode`].
    pub fn kit_code(&self, kit: Uuid) -> Result<KitCode, DeskError> {
        let known = storage::kit::list_about(&self.db)?.into_iter().find(|known| known.kit == kit);
        let known = known.ok_or(DeskError::UnknownKit)?;
        if known.code_until.is_none() {
            return Err(DeskError::NoCode);
        }
        let note = known.certificate.ok_or(DeskError::Damaged("kit"))?;
        let certificate: Signed<KitCertificate> =
            Signed::verify_root(&note, self.about.id, self.root.verifier())
                .map_err(|_| DeskError::Damaged("kit"))?;
        of(&self.keys.root, &certificate)
    }
}

/// Seals the file of a kit with the key in its code, and signs what it is deposited with.
pub(super) fn seal(
    seed: &Seed,
    root: &SigningKey,
    certificate: &Signed<KitCertificate>,
    file: &str,
    now: i64,
    rng: &mut impl CryptoRng,
) -> Result<Sealed, DeskError> {
    let (campaign, &KitCertificate { kit, until, .. }) = (certificate.campaign, &certificate.body);
    let code = of(seed, certificate)?;
    let deposit = code.deposit();
    let sealed = sealing::seal_kit(file.as_bytes(), *campaign.as_bytes(), deposit.0, &code.key(), rng)
        .map_err(|_| DeskError::Key)?;
    if sealed.len() > MAX_SEALED_KIT_BYTES {
        return Err(DeskError::KitLong);
    }
    let digest = HEXLOWER.encode(&Sha256::digest(&sealed));
    let body = Deposit { deposit, kit, until, sealed: digest };
    let note = Signed::sign(campaign, now, body, &[root])?.note();
    Ok(Sealed { kit, note, sealed })
}

fn of(root: &Seed, certificate: &Signed<KitCertificate>) -> Result<KitCode, DeskError> {
    let KitCertificate { kit, endpoint, .. } = &certificate.body;
    let endpoint = endpoint.as_ref().ok_or(DeskError::CodeNeedsEndpoint)?;
    Ok(KitCode::of_kit(root, certificate.campaign, *kit, &endpoint.url))
}
