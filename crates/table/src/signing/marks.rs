//! What the id of a signature becomes on this table: a mark that is kept, and the withdrawal code (`docs/protocol.md` §5.2).

use hmac::{Hmac, KeyInit, Mac};
use petition::WithdrawalCode;
use rand::CryptoRng;
use rusqlite::Connection;
use sha2::Sha256;
use uuid::{Uuid, Variant};
use zeroize::Zeroizing;

use crate::{
    error::TableError,
    random::{random, random_uuid},
    storage::{secret, signed::Mark},
};

const SIGNED: &[u8] = b"undersigned signed v1\n";
const CODE: &[u8] = b"undersigned withdrawal code v1\n";

/// The table's own secret. Wiped when dropped; has no `Debug`.
pub(crate) struct Marker(Zeroizing<[u8; 32]>);

impl Marker {
    /// The one of a database; made the first time that it is asked for.
    pub(crate) fn of(connection: &Connection, rng: &mut impl CryptoRng) -> Result<Self, TableError> {
        if let Some(kept) = secret::find(connection)? {
            return Ok(Self(kept));
        }
        let made = Zeroizing::new(random(rng));
        secret::insert(connection, &made)?;
        Ok(Self(made))
    }

    pub(crate) fn mark(&self, id: Uuid) -> Result<Mark, TableError> {
        Ok(Mark(self.derive(SIGNED, id)?))
    }

    pub(crate) fn withdrawal_code(&self, id: Uuid) -> Result<WithdrawalCode, TableError> {
        Ok(WithdrawalCode::from_random(self.derive(CODE, id)?))
    }

    fn derive<const N: usize>(&self, purpose: &[u8], id: Uuid) -> Result<[u8; N], TableError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&*self.0).map_err(|_| TableError::Damaged)?;
        mac.update(purpose);
        mac.update(id.as_bytes());
        mac.finalize().into_bytes().first_chunk().copied().ok_or(TableError::Damaged)
    }
}

/// The id that a form brought, or a new one. One that is not random could be another signature's too.
pub(crate) fn id_of(brought: Option<Uuid>, rng: &mut impl CryptoRng) -> Result<Uuid, TableError> {
    match brought {
        None => Ok(random_uuid(rng)),
        Some(id) if id.get_version_num() == 4 && id.get_variant() == Variant::RFC4122 => Ok(id),
        Some(_) => Err(TableError::SignatureId),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_id_becomes_what_the_protocol_says() {
        let marker = Marker(Zeroizing::new([7; 32]));
        let id: Uuid = "9b2f8c1e-4d3a-4f60-8b7a-0c1d2e3f4a5b".parse().unwrap();
        assert_eq!(
            data_encoding::HEXLOWER.encode(&marker.mark(id).unwrap().0),
            "d4a1a244eb2e5bdfd61064c261d18115"
        );
        assert_eq!(marker.withdrawal_code(id).unwrap().to_string(), "G49JH-R3NTC");
    }
}
