//! By what an entry of a roll is found: whatever of a line is legible.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::{
    forms::{
        address::{parse_street, postal_code_form},
        sound::sound,
        text::{fold_words, plain},
    },
    signer::Signer,
};

/// Words of a name that are looked for.
const MOST: usize = 6;

/// The keys under which an entry of a roll is kept: its house and postal code, its family name as it sounds and its postal code, and its
/// first and family name in either order. `family` is its own field on a roll.
pub fn roll_keys(entry: &Signer<'_>) -> Vec<u32> {
    let words = words(entry.name);
    let mut keys = Vec::with_capacity(4);
    let post = entry.postal_code.map(postal_code_form).unwrap_or_default();
    keys.extend(house_key(entry, &post));
    // "Last, First Middle": what stands before the comma is the family.
    let (family, given) = words.split_at(words.iter().position(|word| word == ",").unwrap_or(0));
    let given = given.iter().find(|word| *word != ",");
    let last = if family.is_empty() { words.last() } else { family.last() };
    if let Some(last) = last {
        keys.push(sound_key(last, &post));
        keys.extend(given.map(|given| name_key(given, last)));
    }
    if let Some(document) = entry.document {
        keys.push(key(&("document", plain(document.trim()))));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys under which the entry of a signer may be kept. A name's order is not known.
pub fn search_keys(signer: &Signer<'_>) -> Vec<u32> {
    let words: Vec<String> = words(signer.name).into_iter().filter(|word| word != ",").take(MOST).collect();
    let post = signer.postal_code.map(postal_code_form).unwrap_or_default();
    let mut keys: Vec<u32> = house_key(signer, &post).into_iter().collect();
    keys.extend(words.iter().map(|word| sound_key(word, &post)));
    for (at, one) in words.iter().enumerate() {
        keys.extend(words.iter().skip(at + 1).map(|other| name_key(one, other)));
    }
    if let Some(document) = signer.document {
        keys.push(key(&("document", plain(document.trim()))));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn words(name: &str) -> Vec<String> {
    let mut folded = String::new();
    fold_words(name, &mut folded);
    folded.split(' ').filter(|word| !word.is_empty()).map(plain).collect()
}

fn house_key(who: &Signer<'_>, post: &str) -> Option<u32> {
    let street = parse_street(who.street?, &mut String::new());
    // A house in an unknown town is one of thousands.
    (!street.number.is_empty() && !post.is_empty()).then(|| key(&("house", street.number, post)))
}

fn sound_key(family: &str, post: &str) -> u32 {
    key(&("sound", sound(family), post))
}

fn name_key(one: &str, other: &str) -> u32 {
    let (one, other) = if one <= other { (one, other) } else { (other, one) };
    key(&("name", one, other))
}

fn key(of: &impl Hash) -> u32 {
    let mut hasher = FxHasher::default();
    of.hash(&mut hasher);
    let hash = hasher.finish();
    #[expect(clippy::cast_possible_truncation, reason = "half of it is a key")]
    let key = (hash >> 32) as u32 ^ hash as u32;
    key
}
