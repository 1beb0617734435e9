//! Two names compared, whatever the order of their words.

use crate::{
    compare::{
        levels::{UNSAID, family, given},
        words::{Likeness, is_unmeant, likeness},
    },
    forms::{sound::sound, tokens::Tokens},
    rows::{Row, Rows},
};

/// A name has at most so many words here.
const MOST: usize = 8;

/// How two names agree, and how often by chance.
pub(crate) struct Names {
    pub(crate) given: u8,
    pub(crate) given_chance: f64,
    pub(crate) family: u8,
    pub(crate) family_chance: f64,
}

/// One name's words, each with what it was found to be in the other.
struct Side<'a> {
    words: [u32; MOST],
    length: usize,
    given: usize,
    partner: [Option<(usize, Likeness)>; MOST],
    tokens: &'a Tokens,
}

impl<'a> Side<'a> {
    fn new(rows: &'a Rows, row: &Row) -> Self {
        let (given, family) = rows.name(row);
        let mut words = [0; MOST];
        let length = given.len() + family.len();
        for (word, number) in words.iter_mut().zip(given.iter().chain(family)) {
            *word = *number;
        }
        Side { words, length, given: given.len(), partner: [None; MOST], tokens: &rows.tokens }
    }

    fn left_over(&self) -> impl Iterator<Item = usize> {
        (0..self.length).filter(|at| self.partner[*at].is_none())
    }

    /// What nothing was found for, as one word that begins with the first of these at or after `start`.
    fn left_over_word(&self, start: usize) -> String {
        let (before, after): (Vec<usize>, Vec<usize>) = self.left_over().partition(|at| *at < start);
        let words = after.into_iter().chain(before);
        words.map(|at| self.tokens.form(self.tokens.get(self.words[at]).plain)).collect()
    }

    fn is_left_over(&self, from: usize, end: usize) -> bool {
        (from..end).any(|at| self.partner[at].is_none())
    }
}

/// Two names compared.
pub(crate) fn compare_names(rows: &Rows, one: &Row, other: &Row) -> Names {
    let (mut a, mut b) = (Side::new(rows, one), Side::new(rows, other));
    if a.length == 0 || b.length == 0 {
        return Names { given: UNSAID, given_chance: 0.0, family: UNSAID, family_chance: 0.0 };
    }
    let (given, family) = match pair(&mut a, &mut b) {
        Some(Likeness::Same) => (given::EXACT, family::EXACT),
        Some(_) => (given::SOUND, family::SOUND),
        None => (given_level(&a, &b), family_level(&a, &b)),
    };
    let mut names = Names { given, given_chance: 0.0, family, family_chance: 0.0 };
    chances(rows, one, other, [&a, &b], &mut names);
    names
}

/// Finds for each word its like on the other side, the surest first. Says how the two are one where they are one as a whole.
fn pair(a: &mut Side<'_>, b: &mut Side<'_>) -> Option<Likeness> {
    let is_careful = is_careful(a) && is_careful(b);
    let mut found = Found { of: [[Likeness::Other; MOST]; MOST], any: 0 };
    for (at, row) in found.of.iter_mut().enumerate().take(a.length) {
        for (beside, likeness_of) in row.iter_mut().enumerate().take(b.length) {
            let (one, other) = (a.words[at], b.words[beside]);
            *likeness_of = match likeness(a.tokens, one, other) {
                // "Hoa" is not "Hòa" where both write their marks.
                Likeness::Same if is_careful && one != other => Likeness::Near,
                Likeness::Slip | Likeness::Near if is_careful => Likeness::Other,
                other => other,
            };
            found.any |= 1 << *likeness_of as u8;
        }
    }
    take(a, b, &found, Likeness::Initial);
    let how = join(a, b);
    take(a, b, &found, Likeness::Gender);
    how
}

/// Whether a name is written with the marks of Vietnamese.
fn is_careful(side: &Side<'_>) -> bool {
    side.words[..side.length].iter().any(|word| side.tokens.get(*word).is_vietnamese)
}

/// Whether two first names a letter apart are so by a slip: twins are called Jayden and Hayden, and hardly Marguerite and Margeurite.
fn is_of_pen(a: &Side<'_>, b: &Side<'_>) -> bool {
    let form = |side: &Side<'_>| side.tokens.form(side.tokens.get(side.words[0]).plain).to_owned();
    is_unmeant(&form(a), &form(b))
}

/// How each word of one name is like each of the other.
struct Found {
    of: [[Likeness; MOST]; MOST],
    /// Which of the ways is there at all, each a bit.
    any: u8,
}

fn take(a: &mut Side<'_>, b: &mut Side<'_>, found: &Found, least: Likeness) {
    const SURE: [Likeness; 7] = [
        Likeness::Same,
        Likeness::Nickname,
        Likeness::Sound,
        Likeness::Initial,
        Likeness::Slip,
        Likeness::Near,
        Likeness::Gender,
    ];
    let is_there = |wanted: &Likeness| *wanted <= least && found.any & 1 << *wanted as u8 != 0;
    for wanted in SURE.into_iter().filter(is_there) {
        // First where both stand in the same place, then in the same part, then anywhere.
        for nearness in 0..3 {
            for (at, row) in found.of.iter().enumerate().take(a.length) {
                for (beside, likeness) in row.iter().enumerate().take(b.length) {
                    let is_free = a.partner[at].is_none() && b.partner[beside].is_none();
                    if !is_free || *likeness != wanted {
                        continue;
                    }
                    let is_same_part = (at < a.given) == (beside < b.given);
                    let is_near = match nearness {
                        0 => is_same_part && (at == beside || at >= a.given),
                        1 => is_same_part,
                        // An initial of the family is none of the given name.
                        _ => wanted != Likeness::Initial,
                    };
                    if is_near {
                        a.partner[at] = Some((beside, wanted));
                        b.partner[beside] = Some((at, wanted));
                    }
                }
            }
        }
    }
}

/// "Mary Ann" is "Maryann", and "김민수" is "Gimminsu": what is left over of both, written as one word. Says how, where that is all of both.
fn join(a: &mut Side<'_>, b: &mut Side<'_>) -> Option<Likeness> {
    let (left, right) = (a.left_over().count(), b.left_over().count());
    if left == 0 || right == 0 || left + right < 3 {
        return None;
    }
    // One that is the other written as one word has as many letters, and the same: nearly none has.
    let letters = |side: &Side<'_>| {
        side.left_over()
            .map(|at| side.tokens.get(side.words[at]))
            .fold((0, 0_u32), |(mask, length), token| {
                (mask | token.letters, length + u32::from(token.length))
            })
    };
    let ((one, long), (other, beside)) = (letters(a), letters(b));
    if (one ^ other).count_ones() > 3 || long.abs_diff(beside) > 3 {
        return None;
    }
    let is_all = left == a.length && right == b.length;
    let orders =
        |side: &Side<'_>| [side.left_over_word(0), side.left_over_word(if is_all { side.given } else { 0 })];
    let (one, other) = (orders(a), orders(b));
    let how = if one.iter().any(|word| other.contains(word)) {
        Likeness::Same
    } else if one.iter().any(|word| other.iter().any(|beside| sound(word) == sound(beside))) {
        Likeness::Sound
    } else {
        return None;
    };
    let (first, beside) = (a.left_over().next().unwrap_or(0), b.left_over().next().unwrap_or(0));
    (0..a.length).for_each(|at| a.partner[at] = a.partner[at].or(Some((beside, how))));
    (0..b.length).for_each(|at| b.partner[at] = b.partner[at].or(Some((first, how))));
    is_all.then_some(how)
}

fn given_level(a: &Side<'_>, b: &Side<'_>) -> u8 {
    let (left, right) = (a.is_left_over(0, a.length), b.is_left_over(0, b.length));
    let is_crossed = |side: &Side<'_>, beside: &Side<'_>| {
        side.partner[0].is_some_and(|(at, _)| at >= beside.given && beside.given < beside.length)
    };
    if is_crossed(a, b) || is_crossed(b, a) {
        if a.given == a.length || b.given == b.length {
            // One word alone, and it is the other's family.
            return UNSAID;
        }
        return if left || right { given::OTHER } else { given::SWAPPED };
    }
    match (a.partner[0], b.partner[0]) {
        (Some((0, how)), _) => {
            let (more, less) = (a.is_left_over(0, a.given), b.is_left_over(0, b.given));
            match how {
                Likeness::Same if more && less => given::SECOND,
                Likeness::Same if more || less => given::MORE,
                Likeness::Same => given::EXACT,
                Likeness::Nickname => given::NICKNAME,
                Likeness::Sound => given::SOUND,
                Likeness::Initial => given::INITIAL,
                Likeness::Slip if is_of_pen(a, b) => given::SLIP,
                Likeness::Slip | Likeness::Near => given::NEAR,
                Likeness::Gender | Likeness::Other => given::OTHER,
            }
        }
        // A Vietnamese person is called by the last word; and "Khalid, son of Said" is the father of "Said, son of Khalid".
        _ if is_careful(a) || is_careful(b) => given::OTHER,
        (Some((at, _)), Some((beside, _))) if at < b.given && beside < a.given => given::OTHER,
        // Called by the second name.
        (Some((_, Likeness::Same)), _) | (_, Some((_, Likeness::Same))) if !(left && right) => given::SECOND,
        _ => given::OTHER,
    }
}

fn family_level(a: &Side<'_>, b: &Side<'_>) -> u8 {
    let (from, beside) = (family_start(a, b), family_start(b, a));
    if from == a.length || beside == b.length {
        return UNSAID;
    }
    let found = |side: &Side<'_>, from: usize| {
        (from..side.length).filter_map(|at| side.partner[at]).map(|(_, how)| how).max()
    };
    let (left, right) = (a.is_left_over(from, a.length), b.is_left_over(beside, b.length));
    match (found(a, from), found(b, beside)) {
        (Some(one), Some(other)) if !left && !right => match one.max(other) {
            Likeness::Same => family::EXACT,
            Likeness::Sound | Likeness::Nickname => family::SOUND,
            Likeness::Initial => family::INITIAL,
            Likeness::Slip => family::SLIP,
            _ => family::NEAR,
        },
        (one, other) if (one.is_some() || other.is_some()) && !(left && right) => family::PART,
        _ => family::OTHER,
    }
}

/// Where the family's name begins: one word alone is one where the other's family has its like.
fn family_start(side: &Side<'_>, other: &Side<'_>) -> usize {
    let is_family = |(at, how): (usize, Likeness)| at >= other.given && how != Likeness::Gender;
    if side.given == side.length && side.length == 1 && side.partner[0].is_some_and(is_family) {
        0
    } else {
        side.given
    }
}

/// How often names agree so by chance, by how common these are.
fn chances(rows: &Rows, one: &Row, other: &Row, [a, b]: [&Side<'_>; 2], names: &mut Names) {
    let share = |at: usize| share(rows, f64::from(rows.tokens.times(a.words[at])), 1e-3);
    let same = |at: &usize| a.partner[*at].is_some_and(|(_, how)| how == Likeness::Same);
    let together = rows.together(rows.tokens.get(a.words[0]).plain);
    // Who shares the family's name writes in the same script.
    let of_script = |word: u32| share_of(rows.in_script(word), f64::from(rows.tokens.times(word)), 1e-3);
    let lead = (share(0) * together).max(of_script(a.words[0])).min(0.5);
    names.given_chance = match names.given {
        // Second names go with first and family names, so they say less than they seem to.
        given::EXACT => lead * (1..a.given).filter(same).map(|at| share(at).max(0.1)).product::<f64>(),
        given::MORE => lead * 0.4,
        given::SECOND => {
            let called = (0..a.given).find(same).map_or(lead, |at| share(at) * together);
            called.min(0.5) * 0.3
        }
        given::SWAPPED => of_script(a.words[0]).min(of_script(b.words[0])) * together * 0.02,
        // The rarer of the two is one of a few that the other may be called.
        given::NICKNAME | given::SOUND => {
            let beside = a.partner[0]
                .map_or(lead, |(at, _)| self::share(rows, f64::from(rows.tokens.times(b.words[at])), 1e-3));
            (2.0 * lead.min(beside * together)).min(0.5)
        }
        _ => 0.0,
    };
    let families: f64 = (family_start(a, b)..a.length).filter(same).map(share).product();
    names.family_chance = match names.family {
        family::EXACT if names.given == given::SWAPPED => share(0).max(families),
        family::EXACT => families,
        family::PART => (0..a.length).filter(same).map(share).fold(1.0, f64::min).max(1e-6) * 0.3,
        _ => 0.0,
    };
    if names.given == given::EXACT && names.family == family::EXACT && one.whole == other.whole {
        // Given and family names of one culture go together more often than all of both do. One person may be behind several
        // of them, so the first few do not count.
        let others = (rows.wholes.times(one.whole) - 4.0).max(0.0);
        let of_family = (a.given..a.length).map(|at| rows.tokens.times(a.words[at])).min().unwrap_or(1);
        let lead = names.given_chance;
        names.given_chance = lead.max((others + 200.0 * lead) / (f64::from(of_family) + 200.0));
    }
}

/// The share of signers of whom something is true that is true of `times`, one of these two not counted.
pub(crate) fn share(rows: &Rows, times: f64, usual: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no set of signers is that large")]
    let all = rows.len() as f64;
    share_of(all, times, usual)
}

fn share_of(all: f64, times: f64, usual: f64) -> f64 {
    const UNSEEN: f64 = 100.0;
    ((times - 1.0).clamp(0.0, all) + UNSEEN * usual) / (all + UNSEEN)
}
