//! Which signers are compared at all: those who share a key. Keys that too many share are left out, so work stays near-linear.

use rustc_hash::FxHashSet;

use crate::{
    forms::tokens::Tokens,
    rows::{Row, Rows, is_date, mix},
    texts::NONE,
};

/// How many kinds of keys there are.
pub(crate) const KEYS: usize = 18;

/// More signers than this under one key say nothing by it.
const MOST: usize = 60;

/// A signer's keys, 0 where one is missing.
pub(crate) type Keys = [u32; KEYS];

/// The keys of a signer, the surest first.
pub(crate) fn keys(rows: &Rows, row: &Row) -> Keys {
    let (given, family) = rows.name(row);
    let tokens = &rows.tokens;
    let plain = |word: Option<&u32>| word.map_or(NONE, |word| tokens.get(*word).plain);
    // One word alone may be either.
    let lead_word = given.first();
    let last_word = family.last().or(lead_word);
    let (lead, last) = (plain(lead_word), plain(last_word));
    let local = if row.mailbox == NONE { NONE } else { rows.mailboxes.part(row.mailbox) };
    let end = if row.phone == NONE { NONE } else { rows.phones.part(row.phone) };
    let street = if row.street == NONE { NONE } else { rows.streets.part(row.street) };
    let place = if row.post == NONE { row.city } else { row.post };
    let first = if row.post == NONE { None } else { rows.posts.text(row.post).bytes().next() };
    let area = first.map_or(NONE, u32::from);
    let birth = if is_date(row.birth) { row.birth } else { NONE };
    let sounds = sounds(tokens, given, family);
    [
        key(0, &[row.mailbox]),
        key(1, &[end]),
        key(2, &[row.document]),
        key(3, &[place, row.number, street]),
        key(4, &[row.whole, place]),
        key(5, &[row.whole, row.city]),
        key(6, &[row.whole]),
        key(7, &[place, last]),
        key(8, &[place, lead]),
        key(9, &[birth, letter(tokens, lead_word)]),
        key(10, &[birth, letter(tokens, last_word)]),
        key(11, &[local]),
        key(12, &[sounds, place]),
        key(13, &[birth, place]),
        key(14, &[birth, row.number]),
        key(15, &[row.street, row.number]),
        // Where a code is wrong in its later letters, and a name too.
        key(16, &[area, row.city, last, letter(tokens, lead_word)]),
        key(17, &[area, row.city, lead, letter(tokens, last_word)]),
    ]
}

/// The bones of all words, whatever their order: names of one sound from two scripts.
fn sounds(tokens: &Tokens, given: &[u32], family: &[u32]) -> u32 {
    let mut words: Vec<u32> = given.iter().chain(family).map(|word| tokens.get(*word).bones).collect();
    words.sort_unstable();
    #[expect(clippy::cast_possible_truncation, reason = "part of a hash")]
    let sounds = mix(&words) as u32;
    sounds.min(NONE - 1)
}

fn letter(tokens: &Tokens, word: Option<&u32>) -> u32 {
    word.map_or(NONE, |word| u32::from(tokens.get(*word).first))
}

fn key(kind: u32, parts: &[u32]) -> u32 {
    if parts.contains(&NONE) {
        return 0;
    }
    let mixed = parts.iter().fold(mix(&[kind]), |mixed, part| {
        (mixed.rotate_left(23) ^ u64::from(*part)).wrapping_mul(0xff51_afd7_ed55_8ccd)
    });
    let key = (mixed >> 32) as u32;
    key.max(1)
}

/// Signers by their keys.
#[derive(Default)]
pub(crate) struct Blocks {
    /// By kind of key: the key and the signer, as one number, in order.
    sorted: Vec<Vec<u64>>,
    /// By kind of key: those that too many share.
    crowded: Vec<FxHashSet<u32>>,
    signers: u32,
}

impl Blocks {
    /// How many signers are in them.
    pub(crate) fn len(&self) -> u32 {
        self.signers
    }

    /// Takes in the signers from here on; `keys` are theirs.
    pub(crate) fn extend(&mut self, keys: &[Keys]) {
        self.sorted.resize_with(KEYS, Vec::new);
        self.crowded.resize_with(KEYS, FxHashSet::default);
        for (kind, (sorted, crowded)) in self.sorted.iter_mut().zip(&mut self.crowded).enumerate() {
            let before = sorted.len();
            let fresh = (self.signers..).zip(keys).filter(|(_, keys)| keys[kind] != 0);
            sorted.extend(fresh.map(|(row, keys)| u64::from(keys[kind]) << 32 | u64::from(row)));
            // Nearly sorted, from the second time on: what is there is one run, and the rest is short.
            sorted[before..].sort_unstable();
            if before > 0 {
                sorted.sort();
            }
            let mut at = 0;
            while at < sorted.len() {
                let end = end_of(sorted, at);
                if end - at > MOST {
                    crowded.insert(key_of(sorted[at]));
                }
                at = end;
            }
        }
        self.signers += u32::try_from(keys.len()).unwrap_or(0);
    }

    /// Every pair that shares a key of this kind and none of a kind before it.
    pub(crate) fn pairs(&self, kind: usize, keys: &[Keys], pairs: &mut Vec<(u32, u32)>) {
        let sorted = &self.sorted[kind];
        let mut at = 0;
        while at < sorted.len() {
            let end = end_of(sorted, at);
            if (2..=MOST).contains(&(end - at)) {
                for (place, one) in sorted[at..end].iter().enumerate() {
                    for other in &sorted[at + place + 1..end] {
                        let (one, other) = (row_of(*one), row_of(*other));
                        if !self.meet_before(kind, &keys[one as usize], &keys[other as usize]) {
                            pairs.push((one, other));
                        }
                    }
                }
            }
            at = end;
        }
    }

    /// Every pair of one signer and those before it.
    pub(crate) fn pairs_of(&self, row: u32, keys: &Keys, pairs: &mut Vec<(u32, u32)>) {
        for (kind, key) in keys.iter().enumerate().filter(|(_, key)| **key != 0) {
            let sorted = &self.sorted[kind];
            if self.crowded[kind].contains(key) {
                continue;
            }
            let start = sorted.partition_point(|entry| key_of(*entry) < *key);
            let block = sorted[start..].iter().take_while(|entry| key_of(**entry) == *key);
            pairs.extend(
                block.map(|entry| row_of(*entry)).filter(|other| *other < row).map(|other| (other, row)),
            );
        }
    }

    fn meet_before(&self, kind: usize, one: &Keys, other: &Keys) -> bool {
        (0..kind).any(|before| {
            one[before] != 0 && one[before] == other[before] && !self.crowded[before].contains(&one[before])
        })
    }
}

fn end_of(sorted: &[u64], at: usize) -> usize {
    let key = key_of(sorted[at]);
    at + sorted[at..].iter().take_while(|entry| key_of(**entry) == key).count()
}

fn key_of(entry: u64) -> u32 {
    u32::try_from(entry >> 32).unwrap_or(0)
}

fn row_of(entry: u64) -> u32 {
    u32::try_from(entry & u64::from(u32::MAX)).unwrap_or(0)
}
