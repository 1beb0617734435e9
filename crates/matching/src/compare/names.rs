//! Two names compared, whatever the order of their words.

use crate::{
    compare::{
        levels::{UNSAID, family, given},
        words::{Likeness, likeness},
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

    /// What nothing was found for, as one word.
    fn left_over_word(&self) -> String {
        self.left_over().map(|at| self.tokens.form(self.tokens.get(self.words[at]).plain)).collect()
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
    pair(&mut a, &mut b);
    let given = given_level(&a, &b);
    let family = family_level(&a, &b);
    let mut names = Names { given, given_chance: 0.0, family, family_chance: 0.0 };
    chances(rows, one, other, &a, &mut names);
    names
}

/// Finds for each word its like on the other side, the surest first.
fn pair(a: &mut Side<'_>, b: &mut Side<'_>) {
    let is_careful =
        |side: &Side<'_>| side.words[..side.length].iter().any(|word| side.tokens.get(*word).is_vietnamese);
    let is_careful = is_careful(a) && is_careful(b);
    let mut found = [[Likeness::Other; MOST]; MOST];
    for (at, row) in found.iter_mut().enumerate().take(a.length) {
        for (beside, likeness_of) in row.iter_mut().enumerate().take(b.length) {
            let (one, other) = (a.words[at], b.words[beside]);
            *likeness_of = match likeness(a.tokens, one, other) {
                // "Hoa" is not "Hòa" where both write their marks.
                Likeness::Same if is_careful && one != other => Likeness::Sound,
                other => other,
            };
        }
    }
    take(a, b, &found, Likeness::Initial);
    join(a, b);
    take(a, b, &found, Likeness::Near);
}

fn take(a: &mut Side<'_>, b: &mut Side<'_>, found: &[[Likeness; MOST]; MOST], least: Likeness) {
    const SURE: [Likeness; 6] = [
        Likeness::Same,
        Likeness::Nickname,
        Likeness::Sound,
        Likeness::Initial,
        Likeness::Slip,
        Likeness::Near,
    ];
    for wanted in SURE.into_iter().filter(|wanted| *wanted <= least) {
        // First where both stand in the same place, then in the same part, then anywhere.
        for nearness in 0..3 {
            for at in 0..a.length {
                for beside in 0..b.length {
                    let is_free = a.partner[at].is_none() && b.partner[beside].is_none();
                    if !is_free || found[at][beside] != wanted {
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

/// "Mary Ann" is "Maryann": what is left over of both, written as one word.
fn join(a: &mut Side<'_>, b: &mut Side<'_>) {
    let (left, right) = (a.left_over().count(), b.left_over().count());
    if left == 0 || right == 0 || left + right < 3 {
        return;
    }
    let (one, other) = (a.left_over_word(), b.left_over_word());
    let how = if one == other {
        Likeness::Same
    } else if sound(&one) == sound(&other) {
        Likeness::Sound
    } else {
        return;
    };
    let (first, beside) = (a.left_over().next().unwrap_or(0), b.left_over().next().unwrap_or(0));
    (0..a.length).for_each(|at| a.partner[at] = a.partner[at].or(Some((beside, how))));
    (0..b.length).for_each(|at| b.partner[at] = b.partner[at].or(Some((first, how))));
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
                Likeness::Slip => given::SLIP,
                Likeness::Near => given::NEAR,
                Likeness::Other => given::OTHER,
            }
        }
        // Called by the second name.
        (Some(_), None) | (None, Some(_)) if left != right => given::MORE,
        (Some(_), Some(_)) if !(left && right) => given::MORE,
        _ => given::OTHER,
    }
}

fn family_level(a: &Side<'_>, b: &Side<'_>) -> u8 {
    if a.given == a.length || b.given == b.length {
        return UNSAID;
    }
    let found = |side: &Side<'_>| {
        (side.given..side.length).filter_map(|at| side.partner[at]).map(|(_, how)| how).max()
    };
    let (left, right) = (a.is_left_over(a.given, a.length), b.is_left_over(b.given, b.length));
    match (found(a), found(b)) {
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

/// How often names agree so by chance, by how common these are.
fn chances(rows: &Rows, one: &Row, other: &Row, a: &Side<'_>, names: &mut Names) {
    let share = |at: usize| share(rows, f64::from(rows.tokens.times(a.words[at])), 1e-3);
    let same = |at: &usize| a.partner[*at].is_some_and(|(_, how)| how == Likeness::Same);
    let lead = share(0);
    names.given_chance = match names.given {
        given::EXACT => lead * (1..a.given).filter(same).map(share).product::<f64>(),
        given::MORE => lead * 0.4,
        given::SECOND => lead * 0.3,
        given::SWAPPED => lead * 0.02,
        _ => 0.0,
    };
    let families: f64 = (a.given..a.length).filter(same).map(share).product();
    names.family_chance = match names.family {
        family::EXACT => families,
        family::PART => (0..a.length).filter(same).map(share).fold(1.0, f64::min).max(1e-6) * 0.3,
        _ => 0.0,
    };
    if names.given == given::EXACT && names.family == family::EXACT && one.whole == other.whole {
        // Given and family names of one culture go together more often than all of both do.
        let others = (rows.wholes.times(one.whole) - 2.0).max(0.0);
        let of_family = (a.given..a.length).map(|at| rows.tokens.times(a.words[at])).min().unwrap_or(1);
        names.given_chance = names.given_chance.max(others / (f64::from(of_family) + 20.0));
    }
}

/// The share of signers of whom something is true that is true of `times`, one of these two not counted.
pub(crate) fn share(rows: &Rows, times: f64, usual: f64) -> f64 {
    const UNSEEN: f64 = 100.0;
    #[expect(clippy::cast_precision_loss, reason = "no set of signers is that large")]
    let all = rows.len() as f64;
    ((times - 1.0).max(0.0) + UNSEEN * usual) / (all + UNSEEN)
}
