//! Two words of names: how they can be one.

use strsim::{jaro_winkler, osa_distance};

use crate::forms::tokens::{Script, Token, Tokens};

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
    /// One name in its two genders: "Robert" and "Roberta", "Zimin" and "Zimina".
    Gender,
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
        return if is_other { Likeness::Near } else { Likeness::Same };
    }
    // Looking at the words themselves takes longest: most that differ do so in many letters.
    let differ = (a.letters ^ b.letters).count_ones();
    if differ <= 3 && is_other_gender(tokens.form(a.plain), tokens.form(b.plain)) {
        return Likeness::Gender;
    }
    // Emma and Emily may both be Em, and are two names.
    if !(a.is_own && b.is_own) && a.stands_for.iter().any(|name| b.stands_for.contains(name)) {
        return Likeness::Nickname;
    }
    if a.length == 1 || b.length == 1 {
        return if a.first == b.first { Likeness::Initial } else { Likeness::Other };
    }
    if a.sound == b.sound || is_transcribed(tokens, a, b) {
        return Likeness::Sound;
    }
    // Letters wrong of one word, at most two of each side: four bits.
    let least = a.length.min(b.length);
    let is_far = differ > 4 || least < 3 || a.length.abs_diff(b.length) > 3;
    if is_far || a.script == b.script && matches!(a.script, Script::Han | Script::Hangul) {
        return Likeness::Other;
    }
    let is_slip = is_slip(tokens, one, other);
    if !is_slip && is_borne(tokens, one, other) {
        return Likeness::Other;
    }
    let (left, right) = (tokens.form(a.plain), tokens.form(b.plain));
    if is_slip && is_misread(left, right) {
        return Likeness::Slip;
    }
    match osa_distance(left, right) {
        1 if least > 3 && is_slip => Likeness::Slip,
        1 => Likeness::Near,
        2 if least > 5 => Likeness::Near,
        _ if least > 4 && jaro_winkler(left, right) > 0.9 => Likeness::Near,
        _ => Likeness::Other,
    }
}

/// Whether one may be the other in another script, whose vowels say little.
fn is_transcribed(tokens: &Tokens, one: &Token, other: &Token) -> bool {
    let is_loose = |token: &Token| matches!(token.script, Script::Abjad | Script::Hangul | Script::Ethiopic);
    if one.script == other.script || !(is_loose(one) || is_loose(other)) {
        return false;
    }
    let (left, right) = (tokens.form(one.bones), tokens.form(other.bones));
    // The article is a part of the word in Latin letters alone.
    let is_with_article = |whole: &str, bare: &str, token: &Token| {
        whole.strip_prefix('l') == Some(bare) && tokens.form(token.plain).starts_with(['a', 'e'])
    };
    left.len() > 1 && left == right
        || one.script == Script::Abjad && is_with_article(right, left, other)
        || other.script == Script::Abjad && is_with_article(left, right, one)
}

/// Whether one was read for the other in handwriting.
fn is_misread(one: &str, other: &str) -> bool {
    if one.len().abs_diff(other.len()) > 1 || !(has_two_strokes(one) || has_two_strokes(other)) {
        return false;
    }
    const READ: [(&str, &str); 4] = [("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "u")];
    let read = |word: &str| {
        READ.iter().fold(word.to_owned(), |word, (strokes, letter)| word.replace(strokes, letter))
    };
    read(one) == read(other)
}

fn has_two_strokes(word: &str) -> bool {
    word.as_bytes().windows(2).any(|two| matches!(two, b"rn" | b"cl" | b"vv" | b"ii"))
}

/// Whether two words that are a letter apart are so by a slip of the pen, and not two names: letters that changed places or are there
/// twice, or one letter of many.
pub(crate) fn is_unmeant(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() >= 7 || is_misread(one, other) {
        return true;
    }
    let same = short.bytes().zip(long.bytes()).take_while(|(left, right)| left == right).count();
    let (rest, longer) = (&short.as_bytes()[same..], &long.as_bytes()[same..]);
    if short.len() == long.len() {
        matches!((rest, longer), ([a, b, ..], [c, d, ..]) if a == d && b == c)
    } else {
        same > 0 && longer.first() == long.as_bytes().get(same - 1)
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

/// Whether each of two words is a name that several bear: "Michael" and "Michelle".
fn is_borne(tokens: &Tokens, one: u32, other: u32) -> bool {
    tokens.times(one).min(tokens.times(other)) >= 8
}

/// Whether one of two words that are a letter apart is rare enough beside the other to be a slip of the pen.
fn is_slip(tokens: &Tokens, one: u32, other: u32) -> bool {
    let times = [tokens.times(one), tokens.times(other)];
    let (rare, common) = (times[0].min(times[1]), times[0].max(times[1]));
    let is_known = |word: u32| !tokens.get(word).stands_for.is_empty();
    !(is_known(one) && is_known(other)) && f64::from(rare) <= (0.02 * f64::from(common)).max(2.0)
}
