//! The code by which one table fetches its kit over the network: `docs/protocol.md` §3.2.

use std::{fmt, str::FromStr};

use hkdf::Hkdf;
use proof::{CampaignId, Seed};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{DepositId, crockford, of_kit};

const SECRET: &[u8] = b"undersigned/kit-code/v1";
const CHECKSUM: &[u8] = b"undersigned kit code v1\n";
const DEPOSIT: &[u8] = b"undersigned/kit-deposit/v1/id";
const KEY: &[u8] = b"undersigned/kit-deposit/v1/key";

const PREFIX: &str = "UNDERSIGNED:KIT:";
const HTTPS: &str = "https://";
/// Campaign, secret and checksum.
const BLOCK: usize = 16 + SECRET_BYTES + CHECKSUM_BYTES;
const SECRET_BYTES: usize = 20;
const CHECKSUM_BYTES: usize = 4;
/// A longer text is no code, and is not gone through.
const MAX_TEXT: usize = 4 << 10;

/// The code of a kit: which campaign it is of, where it waits, and the secret that fetches and opens it there.
///
/// It has no `Debug`, and is wiped when dropped: whoever has it can set up the kit's table.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct KitCode {
    #[zeroize(skip)]
    campaign: CampaignId,
    secret: [u8; SECRET_BYTES],
    #[zeroize(skip)]
    address: String,
}

impl KitCode {
    /// The code of a kit at the endpoint of an address, for who holds the seed of the campaign's root key.
    pub fn of_kit(root: &Seed, campaign: CampaignId, kit: Uuid, address: &str) -> Self {
        Self { campaign, secret: *of_kit::derived(root, SECRET, kit), address: plain(address) }
    }

    /// Whether a text can only be meant as a code, whether or not it is a right one.
    pub fn is_meant(text: &str) -> bool {
        text.len() <= MAX_TEXT && without_prefix(&without_spaces(text)).is_some()
    }

    /// Which campaign the kit is of.
    pub fn campaign(&self) -> CampaignId {
        self.campaign
    }

    /// The base address of the endpoint where it waits.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What the endpoint knows it by.
    pub fn deposit(&self) -> DepositId {
        DepositId(*self.derived(DEPOSIT))
    }

    /// The key that it is sealed with.
    pub fn key(&self) -> Zeroizing<[u8; 32]> {
        self.derived(KEY)
    }

    fn derived<const BYTES: usize>(&self, info: &[u8]) -> Zeroizing<[u8; BYTES]> {
        let mut derived = Zeroizing::new([0; BYTES]);
        let hkdf = Hkdf::<Sha256>::new(Some(self.campaign.as_bytes()), &self.secret);
        // It fails for more than 8160 bytes alone.
        let _ = hkdf.expand(info, &mut *derived);
        derived
    }

    fn block(&self) -> Zeroizing<[u8; BLOCK]> {
        let mut block = Zeroizing::new([0; BLOCK]);
        block[..16].copy_from_slice(self.campaign.as_bytes());
        block[16..16 + SECRET_BYTES].copy_from_slice(&self.secret);
        let digest = Sha256::new()
            .chain_update(CHECKSUM)
            .chain_update(&block[..16 + SECRET_BYTES])
            .chain_update(&self.address)
            .finalize();
        block[16 + SECRET_BYTES..].copy_from_slice(&digest[..CHECKSUM_BYTES]);
        block
    }
}

impl fmt::Display for KitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        crockford::write(&*self.block(), f)?;
        let address = self.address.strip_prefix(HTTPS).unwrap_or(&self.address);
        if is_host_alone(&self.address) {
            write!(f, ":{}", address.to_ascii_uppercase())
        } else {
            write!(f, ":{address}")
        }
    }
}

impl FromStr for KitCode {
    type Err = KitCodeError;

    fn from_str(text: &str) -> Result<Self, KitCodeError> {
        if text.len() > MAX_TEXT {
            return Err(KitCodeError::NotACode);
        }
        let text = without_spaces(text);
        let rest = without_prefix(&text);
        let (block, address) = rest.unwrap_or(&text).split_once(':').ok_or(match rest {
            Some(_) => KitCodeError::Mistyped,
            None => KitCodeError::NotACode,
        })?;
        let block = crockford::read::<BLOCK>(block).ok_or(match rest {
            Some(_) => KitCodeError::Mistyped,
            None => KitCodeError::NotACode,
        })?;
        let (mut campaign, mut secret) = ([0; 16], [0; SECRET_BYTES]);
        campaign.copy_from_slice(&block[..16]);
        secret.copy_from_slice(&block[16..16 + SECRET_BYTES]);
        let code = Self { campaign: CampaignId::from_bytes(campaign), secret, address: plain(address) };
        secret.zeroize();
        if code.block() == block { Ok(code) } else { Err(KitCodeError::Mistyped) }
    }
}

fn without_spaces(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).collect())
}

fn without_prefix(text: &str) -> Option<&str> {
    let (prefix, rest) = text.split_at_checked(PREFIX.len())?;
    prefix.eq_ignore_ascii_case(PREFIX).then_some(rest)
}

/// An address as the checksum is over it: with its scheme, without a `/` at its end, and in small letters where case says nothing.
fn plain(address: &str) -> String {
    let address = address.trim_end_matches('/');
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => ("https".to_owned(), address),
    };
    let whole = format!("{scheme}://{rest}");
    if is_host_alone(&whole) { whole.to_ascii_lowercase() } else { whole }
}

/// Whether an address is scheme, host and port alone: then capitals and small letters are the same.
fn is_host_alone(address: &str) -> bool {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':'))
}

/// Why a text is not the code of a kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KitCodeError {
    /// Another text.
    #[error("this is not the code of a kit: it begins with UNDERSIGNED:KIT")]
    NotACode,
    /// Something in it is another character than was written.
    #[error(
        "a character of this code is wrong, missing or too many: compare it with what the organizer gave you"
    )]
    Mistyped,
}

impl KitCodeError {
    /// Stable code for a screen or a script.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotACode => "kit-code/not-a-code",
            Self::Mistyped => "kit-code/mistyped",
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;

    fn code_at(address: &str) -> KitCode {
        let campaign = CampaignId::from_bytes([0xA5; 16]);
        KitCode::of_kit(&Seed::from_bytes([1; 32]), campaign, Uuid::from_u128(0xA), address)
    }

    #[track_caller]
    fn check_read(text: &str, expect: &Result<KitCode, KitCodeError>) {
        let read = text.parse::<KitCode>();
        assert_eq!(read.map(|code| code.to_string()), expect.clone().map(|code| code.to_string()), "{text}");
    }

    #[test]
    fn addresses_are_as_short_as_they_can_be_and_come_back_whole() {
        for (address, written, read) in [
            ("https://Collect.example.org/", ":COLLECT.EXAMPLE.ORG", "https://collect.example.org"),
            ("http://127.0.0.1:8080", ":HTTP://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://example.org/Path/", ":example.org/Path", "https://example.org/Path"),
            ("HTTPS://[::1]:80", ":[::1]:80", "https://[::1]:80"),
        ] {
            let code = code_at(address);
            assert!(code.to_string().ends_with(written), "{code}");
            assert_eq!(code.to_string().parse::<KitCode>().unwrap().address(), read);
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = code_at("https://collect.example.org");
        let text = code.to_string();
        let right = Ok(code);
        check_read(&text, &right);
        check_read(&text.to_lowercase(), &right);
        check_read(&format!("  {}\n", text.replace('-', "\n ")), &right);
        check_read(text.strip_prefix(PREFIX).unwrap(), &right);
        check_read(&text.replace('0', "o").replace('1', "I"), &right);
        for not_a_code in ["", "https://collect.example.org", "hello", &"A".repeat(MAX_TEXT + 1)] {
            check_read(not_a_code, &Err(KitCodeError::NotACode));
        }
        for cut in [PREFIX, &text[..40], &text[..text.len() - 1], &format!("{text}A")] {
            check_read(cut, &Err(KitCodeError::Mistyped));
        }
        assert!(KitCode::is_meant(&text) && KitCode::is_meant("undersigned : kit : x"));
        assert!(!KitCode::is_meant("{\"kind\":\"kit\"") && !KitCode::is_meant(""));
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_noticed(at in 0usize..84, to in "[0-9A-Za-z./:-]") {
            let text = code_at("https://collect.example.org").to_string();
            let at = PREFIX.len() + at;
            let mut typed = text.clone();
            typed.replace_range(at..=at, &to);
            if let Ok(read) = typed.parse::<KitCode>() {
                prop_assert_eq!(read.to_string(), text);
            }
        }

        #[test]
        fn another_kit_or_campaign_has_another_deposit_and_key(root: [u8; 32], kit: u128, bit in 0usize..128) {
            let code = |root, kit, campaign| {
                KitCode::of_kit(&Seed::from_bytes(root), CampaignId::from_bytes(campaign), Uuid::from_u128(kit), "a")
            };
            let first = code(root, kit, [1; 16]);
            let mut other_root = root;
            other_root[bit / 4] ^= 1 << (bit % 4);
            for other in [code(root, kit ^ (1 << bit), [1; 16]), code(other_root, kit, [1; 16]), code(root, kit, [2; 16])] {
                prop_assert!(first.deposit() != other.deposit());
                prop_assert!(first.key() != other.key());
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            drop(text.parse::<KitCode>());
            drop(format!("{PREFIX}{text}").parse::<KitCode>());
        }
    }
}
