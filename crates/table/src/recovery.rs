//! Recovery words: the key of the table's database on paper, for the day on which the keyring does not have it any more.

use std::path::Path;

use bip39::{Language, Mnemonic};
use lockbox::{DatabaseKey, Lockbox, LockboxError};
use proof::Seed;
use rand::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use crate::{error::TableError, keys::Keys, storage::SCHEMA, table::Table};

/// So many words are a key and its checksum (BIP-39, 256 bits).
const WORDS: usize = 24;
/// No two words of the list agree in so many letters.
const DISTINCT: usize = 4;

/// The key of a table's database as 24 English words (BIP-39). Whoever has them and the database can read what is in it: the kit,
/// counts, and sheets that are being typed; what is signed stays sealed. Wiped when dropped; has no `Debug`.
pub struct RecoveryWords(Mnemonic);

impl RecoveryWords {
    /// The words of a table's database key.
    pub fn of(key: &DatabaseKey) -> Result<Self, TableError> {
        Ok(Self(Mnemonic::from_entropy(key.expose()).map_err(|_| TableError::Damaged)?))
    }

    /// The words, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.words()
    }
}

/// The key that words stand for, however they are typed: capitals, numbers and signs between them do not count, and the first
/// four letters of a word are enough.
fn key_of(words: &str) -> Result<DatabaseKey, TableError> {
    let typed = words.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let mut found = Vec::with_capacity(WORDS);
    for (place, word) in (1..).zip(typed) {
        found.push(find(word).ok_or(TableError::RecoveryWord { place })?);
    }
    if found.len() != WORDS {
        return Err(TableError::RecoveryCount { found: found.len() });
    }
    let text = Zeroizing::new(found.join(" "));
    let mnemonic = Mnemonic::parse_in_normalized(Language::English, &text);
    let (mut bytes, _) = mnemonic.map_err(|_| TableError::RecoveryChecksum)?.to_entropy_array();
    let mut key = Zeroizing::new([0; 32]);
    key.copy_from_slice(&bytes[..32]);
    bytes.zeroize();
    Ok(DatabaseKey::from_bytes(*key))
}

/// The word of the list that is meant.
fn find(typed: &str) -> Option<&'static str> {
    let typed = Zeroizing::new(typed.to_lowercase());
    let list = Language::English.word_list();
    let meant = list.iter().find(|word| **word == *typed);
    let first: Zeroizing<String> = Zeroizing::new(typed.chars().take(DISTINCT).collect());
    let by_its_letters = || match first.chars().count() {
        DISTINCT => list.iter().find(|word| word.starts_with(first.as_str())),
        _ => None,
    };
    meant.or_else(by_its_letters).copied()
}

impl Table {
    /// Opens the table of a folder by its recovery words, where its keys are lost, at a time (Unix seconds). Its keys are kept
    /// again by `keep_keys`, once it is known that they open it. Without its `device` key it gets another, and goes on in the
    /// next generation of its log, with all that no receipt covers.
    ///
    /// Errors: [`TableError::RecoveryWord`], [`TableError::RecoveryCount`], [`TableError::RecoveryChecksum`];
    /// [`TableError::RecoveryOther`]. Nothing is changed then.
    pub fn recover<E: From<TableError>>(
        folder: &Path,
        words: &str,
        device: Option<Seed>,
        keep_keys: impl FnOnce(&[(&str, &[u8; 32])]) -> Result<(), E>,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, E> {
        let database = key_of(words)?;
        match Lockbox::open(folder, Some(&database), &SCHEMA) {
            Ok(opens) => drop(opens),
            Err(LockboxError::WrongKey) => return Err(TableError::RecoveryOther.into()),
            Err(error) => return Err(TableError::from(error).into()),
        }
        let keys = Keys { database, device: device.unwrap_or_else(|| Seed::generate(rng)) };
        keep_keys(&keys.named())?;
        Ok(Self::open(folder, keys, now)?)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// The vector of BIP-39 for 32 zero bytes.
    const ZERO: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon \
        abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art";

    fn words(key: [u8; 32]) -> String {
        RecoveryWords::of(&DatabaseKey::from_bytes(key)).unwrap().iter().collect::<Vec<_>>().join(" ")
    }

    fn code(words: &str) -> Result<[u8; 32], &'static str> {
        key_of(words).map(|key| *key.expose()).map_err(|error| error.code())
    }

    #[test]
    fn a_key_is_the_words_of_the_standard_and_comes_back_from_them_however_they_are_typed() {
        assert_eq!(words([0; 32]), ZERO);
        assert!(words([255; 32]).ends_with("zoo vote"));
        let mut key = [0; 32];
        key.iter_mut().zip(1..).for_each(|(byte, number)| *byte = number);
        let written = words(key);
        assert_eq!(code(&written), Ok(key));
        assert_eq!(code(&format!("  {}\n", written.to_uppercase().replace(' ', ",\n\t"))), Ok(key));
        let numbered = written.split(' ').zip(1..).map(|(word, place)| format!("{place}. {word} "));
        assert_eq!(code(&numbered.collect::<String>()), Ok(key));
        let short = written.split(' ').map(|word| word.chars().take(4).collect::<String>() + " ");
        assert_eq!(code(&short.collect::<String>()), Ok(key));
        // A slip after the fourth letter is none.
        assert_eq!(code(&ZERO.replacen("abandon", "abandom", 3)), Ok([0; 32]));
    }

    #[test]
    fn what_are_not_the_words_of_a_key_is_told_as_what_is_wrong() {
        for (typed, expect) in [
            ("", "table/recovery-count"),
            ("abandon", "table/recovery-count"),
            (&format!("{ZERO} art"), "table/recovery-count"),
            (&ZERO.replacen("abandon", "abxndon", 1), "table/recovery-word"),
            (&ZERO.replacen("abandon", "aba", 1), "table/recovery-word"),
            (&ZERO.replacen("abandon", "ábandon", 1), "table/recovery-word"),
            (&ZERO.replacen("abandon", "zoo", 1), "table/recovery-checksum"),
            (&ZERO.replace("art", "arm"), "table/recovery-checksum"),
        ] {
            assert_eq!(code(typed), Err(expect), "{typed:?}");
        }
        let slip = ZERO.replacen("abandon abandon", "abandon xyzzy", 1);
        assert!(key_of(&slip).err().unwrap().to_string().contains("word 2 "));
    }
}
