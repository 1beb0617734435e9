//! Two words of names: how they can be one.

use strsim::{jaro_winkler, osa_distance};

use crate::forms::tokens::{Script, Tokens};

/// How two words can be one name, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// Letter for letter, or but for marks, case and script.
    Same,
    /// One stands for the other, or both for a third.
    Nickname,
    /// They sound alike and are written otherwise.
    Sound,
    /// One is the other's first letter.
    Initial,
    /// One letter is wrong, and one of the two is no name that others have.
    Slip,
    /// Nearly alike, and both may well be names.
    Near,
    /// Two names.
    Other,
}

/// How two words, by their numbers, can be one name.
pub(crate) fn likeness(tokens: &Tokens, one: u32, other: u32) -> Likeness {
    if one == other {
        return Likeness::Same;
    }
    let (a, b) = (tokens.get(one), tokens.get(other));
    if a.plain == b.plain {
        // Where both were written with care, "Hòa" is not "Hóa", and a character is not another that sounds like it.
        let is_other = a.script == b.script
            && a.is_marked
            && b.is_marked
            && matches!(a.script, Script::Latin | Script::Han);
        return if is_other { Likeness::Sound } else { Likeness::Same };
    }
    if is_other_gender(tokens.form(a.plain), tokens.form(b.plain)) {
        return Likeness::Near;
    }
    if a.stands_for.iter().any(|name| b.stands_for.contains(name)) {
        return Likeness::Nickname;
    }
    if a.length == 1 || b.length == 1 {
        let is_initial = tokens.form(a.plain).bytes().next() == tokens.form(b.plain).bytes().next();
        return if is_initial { Likeness::Initial } else { Likeness::Other };
    }
    let is_abjad = (a.script == Script::Abjad) != (b.script == Script::Abjad);
    if a.sound == b.sound || (is_abjad && a.bones == b.bones) {
        return Likeness::Sound;
    }
    // Letters wrong of one word, at most two of each side: four bits.
    let least = a.length.min(b.length);
    if least < 3
        || (a.letters ^ b.letters).count_ones() > 4
        || a.script == Script::Han && b.script == Script::Han
    {
        return Likeness::Other;
    }
    let (left, right) = (tokens.form(a.plain), tokens.form(b.plain));
    match osa_distance(left, right) {
        1 if least > 3 && is_slip(tokens, one, other) => Likeness::Slip,
        1 => Likeness::Near,
        2 if least > 5 => Likeness::Near,
        _ if least > 4 && jaro_winkler(left, right) > 0.9 => Likeness::Near,
        _ => Likeness::Other,
    }
}

/// "Robert" and "Roberta", "Mario" and "Maria", "Jean" and "Jeanne": a couple or twins as likely as one person.
fn is_other_gender(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 3 {
        return false;
    }
    let stem = |name: &str, end: char| name.strip_suffix(end).map(str::len);
    match long.strip_prefix(short) {
        Some(rest) => matches!(rest, "a" | "e" | "ne" | "ina" | "ine"),
        None => {
            let is_one_stem =
                short.len() == long.len() && short.get(..short.len() - 1) == long.get(..long.len() - 1);
            is_one_stem
                && (stem(short, 'o').and(stem(long, 'a')).or(stem(short, 'a').and(stem(long, 'o')))).is_some()
        }
    }
}

/// Whether one of two words that are a letter apart is rare enough beside the other to be a slip of the pen.
fn is_slip(tokens: &Tokens, one: u32, other: u32) -> bool {
    let times = [tokens.times(one), tokens.times(other)];
    let (rare, common) = (times[0].min(times[1]), times[0].max(times[1]));
    let is_known = |word: u32| !tokens.get(word).stands_for.is_empty();
    !(is_known(one) && is_known(other)) && f64::from(rare) <= (0.02 * f64::from(common)).max(2.0)
}
