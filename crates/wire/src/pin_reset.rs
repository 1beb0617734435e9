//! The code that an organizer reads out to a volunteer who forgot the PIN of a locked table: `docs/protocol.md` §3.1.

use std::{fmt, str::FromStr};

use data_encoding::BASE64;
use proof::Seed;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{crockford, of_kit};

const CODE: &[u8] = b"undersigned/pin-reset/v1";
const DIGEST: &[u8] = b"undersigned pin reset v1\n";

/// How many bytes a code is of.
const BYTES: usize = 10;

/// The PIN reset code of a kit: sixteen characters of Crockford base32.
///
/// Shown as `ABCD-EFGH-JKMN-PQRS`. Reading is forgiving: small letters, O for 0, I and L for 1, hyphens and spaces
/// anywhere. It has no `Debug`, and is wiped when dropped: whoever has it can take back every table of the kit.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct PinResetCode([u8; BYTES]);

impl PinResetCode {
    /// The code of a kit, for who holds the seed of the campaign's root key.
    pub fn of_kit(root: &Seed, kit: Uuid) -> Self {
        Self(*of_kit::derived(root, CODE, kit))
    }

    /// What a kit's certificate says of its code, so that a table knows the code when it hears it.
    pub fn digest(&self, kit: Uuid) -> String {
        let digest = Sha256::new().chain_update(DIGEST).chain_update(kit.as_bytes()).chain_update(self.0);
        BASE64.encode(&digest.finalize())
    }
}

impl fmt::Display for PinResetCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crockford::write(&self.0, f)
    }
}

impl FromStr for PinResetCode {
    type Err = NotAPinResetCode;

    fn from_str(text: &str) -> Result<Self, NotAPinResetCode> {
        crockford::read(text).map(|code| Self(*code)).ok_or(NotAPinResetCode)
    }
}

/// A text that is no PIN reset code of any kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a PIN reset code has 16 digits and letters, none of them U")]
pub struct NotAPinResetCode;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(typed: &str, expect: Option<&str>) {
        let read = typed.parse::<PinResetCode>().ok();
        assert_eq!(read.map(|code| code.to_string()).as_deref(), expect, "{typed}");
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = Some("ABCD-EFGH-JKMN-PQRS");
        check("ABCD-EFGH-JKMN-PQRS", code);
        check("abcd efgh jkmn pqrs", code);
        check(" a b-c–d e f‑g h j k m‐n pqrs\n", code);
        check("oOiI-lL01-2345-6789", Some("0011-1101-2345-6789"));
        for no_code in [
            "",
            "ABCD-EFGH-JKMN-PQR",
            "ABCD-EFGH-JKMN-PQRS-T",
            "ABCD-EFGH-JKMN-PQRU",
            "ABCD-EFGH-JKMN-PQRé",
            "ABCD-EFGH-JKMN-PQR٣",
            "ABCD_EFGH_JKMN_PQRS",
            &"0".repeat(1 << 20),
        ] {
            check(no_code, None);
        }
    }

    proptest! {
        #[test]
        fn a_code_shown_is_a_code_read(bytes: [u8; BYTES]) {
            let code = PinResetCode(bytes);
            prop_assert!(code.to_string().parse() == Ok(code.clone()));
            prop_assert!(code.to_string().to_lowercase().replace('-', " ").parse() == Ok(code));
        }

        #[test]
        fn each_of_the_eighty_bits_matters(bytes: [u8; BYTES], kit: u128, bit in 0usize..8 * BYTES) {
            let mut other = bytes;
            other[bit / 8] ^= 0x80 >> (bit % 8);
            let (code, other, kit) = (PinResetCode(bytes), PinResetCode(other), Uuid::from_u128(kit));
            prop_assert!(code.digest(kit) != other.digest(kit));
            prop_assert!(code.to_string() != other.to_string());
        }

        #[test]
        fn another_kit_or_campaign_has_another_code(root: [u8; 32], kit: u128, bit in 0usize..128) {
            let (seed, kit, other_kit) = (Seed::from_bytes(root), Uuid::from_u128(kit), Uuid::from_u128(kit ^ (1 << bit)));
            let mut other_root = root;
            other_root[bit / 4] ^= 1 << (bit % 4);
            let code = PinResetCode::of_kit(&seed, kit);
            prop_assert!(code != PinResetCode::of_kit(&seed, other_kit));
            prop_assert!(code != PinResetCode::of_kit(&Seed::from_bytes(other_root), kit));
            prop_assert!(code.digest(kit) != code.digest(other_kit));
        }
    }
}
