//! Fetching a kit by its code: claimed at the endpoint, opened, and of the campaign that the code names (`docs/protocol.md` §8.9).

use std::{fs, io, path::Path};

use hmac::{Hmac, KeyInit, Mac};
use lockbox::files;
use rand::CryptoRng;
use sealing::OpenKitError;
use sha2::Sha256;
use wire::{ClaimId, Client, ClientError, DepositId, Kit, KitCode, KitError, ProblemCode};
use zeroize::Zeroizing;

use super::fetch_error::FetchError;
use crate::error::TableError;

const CLAIM: &[u8] = b"undersigned/kit-claim/v1";
/// What a profile claims with, from its first claim until its table is set up.
const SECRET_FILE: &str = "claim.key";

/// Fetches the kit of a code, and gives the text of its file. `profile` is the folder in which the table is to be set up: the
/// same one can fetch it again.
///
/// Errors: [`FetchError`], and those of a kit's file.
pub async fn fetch_kit(
    code: &KitCode,
    profile: &Path,
    now: i64,
    rng: &mut impl CryptoRng,
) -> Result<Zeroizing<String>, TableError> {
    let (campaign, deposit) = (code.campaign(), code.deposit());
    let claim = claim_of(profile, deposit, rng)?;
    let client = Client::new(code.address()).map_err(refused)?;
    let sealed = client.claim(campaign, deposit, claim).await.map_err(refused)?;
    let opened = sealing::open_kit(&sealed, *campaign.as_bytes(), deposit.0, &code.key());
    let opened = opened.map_err(|error| match error {
        OpenKitError::NotASealedKit => FetchError::NotTheEndpoint,
        OpenKitError::Changed => FetchError::Tampered,
    })?;
    let text = str::from_utf8(&opened).map_err(|_| FetchError::Tampered)?;
    match Kit::open(text, now, Some(campaign)) {
        Ok(_) => Ok(Zeroizing::new(text.to_owned())),
        Err(KitError::OtherCampaign) => Err(FetchError::OtherCampaign.into()),
        Err(KitError::Tampered | KitError::NotAKit) => Err(FetchError::Tampered.into()),
        Err(error) => Err(error.into()),
    }
}

/// Erases what the profile claimed with: its table is set up, and claims nothing again.
pub fn forget_claims(profile: &Path) -> Result<(), TableError> {
    match fs::remove_file(profile.join(SECRET_FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// What this profile claims a deposit with, each time the same.
fn claim_of(profile: &Path, deposit: DepositId, rng: &mut impl CryptoRng) -> Result<ClaimId, TableError> {
    let path = profile.join(SECRET_FILE);
    let kept = match fs::read(&path) {
        Ok(kept) => Some(Zeroizing::new(kept)).filter(|kept| kept.len() == 32),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let mut secret = Zeroizing::new([0; 32]);
    if let Some(kept) = kept {
        secret.copy_from_slice(&kept);
    } else {
        rng.fill_bytes(&mut *secret);
        // On the disk before it is used: who is switched off in between claims as the same.
        files::private_folder(profile)?;
        files::write_private(&path, &*secret)?;
    }
    // A key shorter than the hash's block is filled up with zeros (RFC 2104 §2).
    let mut key = Zeroizing::new([0; 64]);
    key[..32].copy_from_slice(&*secret);
    let mac = Hmac::<Sha256>::new((&*key).into()).chain_update(CLAIM).chain_update(deposit.0);
    let mut claim = ClaimId([0; 16]);
    claim.0.copy_from_slice(&mac.finalize().into_bytes()[..16]);
    Ok(claim)
}

fn refused(error: ClientError) -> FetchError {
    match error {
        ClientError::Unreachable => FetchError::NoNetwork,
        ClientError::Refused(problem) => match problem.code {
            ProblemCode::UnknownDeposit | ProblemCode::UnknownCampaign => FetchError::Unknown,
            ProblemCode::Expired => FetchError::Expired,
            ProblemCode::Revoked => FetchError::Revoked,
            ProblemCode::Claimed => FetchError::Used,
            // An endpoint of before there were codes knows none.
            ProblemCode::NoSuchRequest => FetchError::Unknown,
            _ => FetchError::Busy,
        },
        ClientError::NotTheEndpoint | ClientError::OtherEndpoint | ClientError::Address => {
            FetchError::NotTheEndpoint
        }
    }
}
