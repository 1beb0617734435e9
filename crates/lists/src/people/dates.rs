//! Dates and times as people and programs write them. Which of two numbers is the day is never guessed.

use jiff::{
    civil::{Date, Time},
    tz::Offset,
};

use super::months::{is_idle, month_of};
use super::signed_at::SignedAt;

/// What a text says as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// One day.
    One(SignedAt),
    /// One day, since the other order would be none: the day stands first, or the month does.
    Ordered { at: SignedAt, day_first: bool },
    /// One of two days.
    Either { day_first: SignedAt, month_first: SignedAt },
}

/// Whether a text is a date.
pub(crate) fn is_date(text: &str) -> bool {
    text.len() >= 6 && read_date(text).is_some()
}

/// What a text says as a date; none where it is none.
pub(super) fn read_date(text: &str) -> Option<Written> {
    const MAX: usize = 64;
    let text = text.trim();
    if text.len() > MAX {
        return None;
    }
    let (before, time, offset) = split_time(text)?;
    let at = |day: Date| SignedAt { day, time, offset };
    match read_day(before)? {
        Day::One(day) => Some(Written::One(at(day))),
        Day::Numbers(first, second, year) => {
            let day_first = Date::new(year, second, first).ok().map(at);
            let month_first = Date::new(year, first, second).ok().map(at);
            match (day_first, month_first) {
                (Some(one), Some(other)) if one == other => Some(Written::One(one)),
                (Some(day_first), Some(month_first)) => Some(Written::Either { day_first, month_first }),
                (Some(at), None) => Some(Written::Ordered { at, day_first: true }),
                (None, Some(at)) => Some(Written::Ordered { at, day_first: false }),
                (None, None) => None,
            }
        }
    }
}

enum Day {
    One(Date),
    /// Two numbers of which one is the day, and the year.
    Numbers(i8, i8, i16),
}

/// Years in which a list of signatures can have been written.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;

fn read_day(text: &str) -> Option<Day> {
    let (mut numbers, mut month) = (Vec::<(&str, usize)>::new(), None);
    for (start, word) in words(text) {
        if word.starts_with(|letter: char| letter.is_ascii_digit()) {
            numbers.push((word, start));
        } else if let (None, Some(named)) = (month, month_of(word)) {
            month = Some(named);
        } else if !is_idle(word) {
            return None;
        }
    }
    let day = |text: &str| text.parse::<i8>().ok();
    let year = |text: &str| -> Option<i16> {
        let year = text.parse::<i16>().ok()?;
        let year = if text.len() == 2 { 2000 + year } else { year };
        (text.len() != 3 && YEARS.contains(&year)).then_some(year)
    };
    match (numbers.as_slice(), month) {
        ([(one, _), (other, _)], Some(month)) => {
            let (day_text, year_text) = if one.len() == 4 { (other, one) } else { (one, other) };
            Date::new(year(year_text)?, month, day(day_text)?).ok().map(Day::One)
        }
        ([(whole, _)], None) if whole.len() == 8 => {
            Date::new(year(&whole[..4])?, day(&whole[4..6])?, day(&whole[6..])?).ok().map(Day::One)
        }
        ([(first, _), (second, _), (third, _)], None) if first.len() == 4 => {
            Date::new(year(first)?, day(second)?, day(third)?).ok().map(Day::One)
        }
        ([(first, at), (second, _), (third, _)], None) => {
            let (first_number, second_number) = (day(first)?, day(second)?);
            let year = year(third)?;
            // Whoever writes dots writes the day first.
            if text[at + first.len()..].starts_with('.') {
                return Date::new(year, second_number, first_number).ok().map(Day::One);
            }
            Some(Day::Numbers(first_number, second_number, year))
        }
        _ => None,
    }
}

/// The runs of digits and of letters, with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].find(char::is_alphanumeric)?;
        let start = at;
        let is_digit = text[at..].starts_with(|letter: char| letter.is_ascii_digit());
        let is_other = |letter: char| !letter.is_alphanumeric() || letter.is_ascii_digit() != is_digit;
        // Each sign of Chinese is a word.
        let is_sign = !is_digit && text[at..].starts_with(['年', '月', '日']);
        at = if is_sign {
            at + '年'.len_utf8()
        } else {
            text[at..].find(is_other).map_or(text.len(), |end| at + end)
        };
        Some((start, &text[start..at]))
    })
}

type Split<'a> = (&'a str, Option<Time>, Option<Offset>);

/// The day's part of a text, the time and how far from UTC. None where what follows the time is not understood.
fn split_time(text: &str) -> Option<Split<'_>> {
    let Some(colon) = text.find(':') else { return Some((text, None, None)) };
    let start = text[..colon]
        .rfind(|letter: char| !letter.is_ascii_digit())
        .map_or(0, |last| last + text[last..].chars().next().map_or(1, char::len_utf8));
    let hour: i8 = text[start..colon].parse().ok()?;
    let (minute, mut rest) = two_digits(&text[colon + 1..])?;
    let mut second = 0;
    if let Some(more) = rest.strip_prefix(':') {
        (second, rest) = two_digits(more)?;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            rest = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
        }
    }
    let after = rest.trim().to_ascii_uppercase();
    let halves = [("A.M.", 0), ("P.M.", 12), ("A. M.", 0), ("P. M.", 12), ("AM", 0), ("PM", 12)];
    let half = halves.iter().find(|(name, _)| after.starts_with(name));
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some((_, later)) => hour % 12 + later,
        None => hour,
    };
    let zone = half.map_or(after.as_str(), |(name, _)| &after[name.len()..]).trim();
    let offset = if zone.is_empty() { None } else { Some(read_offset(zone)?) };
    Some((&text[..start], Some(Time::new(hour, minute, second, 0).ok()?), offset))
}

fn two_digits(text: &str) -> Option<(i8, &str)> {
    let digits = text.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some((digits.parse().ok()?, &text[2..]))
}

/// `Z`, `+01:00`, `-0500`, `GMT+1`, and the names of zones that platforms write.
fn read_offset(zone: &str) -> Option<Offset> {
    const NAMED: [(&str, i32); 15] = [
        ("Z", 0),
        ("UTC", 0),
        ("GMT", 0),
        ("EST", -5),
        ("EDT", -4),
        ("CST", -6),
        ("CDT", -5),
        ("MST", -7),
        ("MDT", -6),
        ("PST", -8),
        ("PDT", -7),
        ("CET", 1),
        ("MEZ", 1),
        ("CEST", 2),
        ("MESZ", 2),
    ];
    let zone = zone.trim_matches(['(', ')']);
    if let Some((_, hours)) = NAMED.iter().find(|(name, _)| *name == zone) {
        return Offset::from_seconds(hours * 3_600).ok();
    }
    let signed = zone.strip_prefix("GMT").or_else(|| zone.strip_prefix("UTC")).unwrap_or(zone).trim();
    let (sign, digits) = match signed.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return signed.strip_prefix('\u{2212}').and_then(|digits| hours_and_minutes(digits, -1)),
    };
    hours_and_minutes(digits, sign)
}

fn hours_and_minutes(digits: &str, sign: i32) -> Option<Offset> {
    let bare: String = digits.chars().filter(|letter| *letter != ':').collect();
    if bare.is_empty() || bare.len() > 4 || !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = if bare.len() <= 2 { (bare.as_str(), "0") } else { bare.split_at(bare.len() - 2) };
    let seconds = hours.parse::<i32>().ok()? * 3_600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(sign * seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let shown = match read_date(text) {
            None => "no".to_owned(),
            Some(Written::One(at)) => at.to_string(),
            Some(Written::Ordered { at, day_first: true }) => format!("{at} d"),
            Some(Written::Ordered { at, .. }) => format!("{at} m"),
            Some(Written::Either { day_first, month_first }) => format!("{day_first} or {month_first}"),
        };
        assert_eq!(shown, expect, "{text}");
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        check("2026-03-04", "2026-03-04");
        check("2026/3/4", "2026-03-04");
        check("20260304", "2026-03-04");
        check("4. März 2026", "2026-03-04");
        check("4.3.2026", "2026-03-04");
        check("04.03.26", "2026-03-04");
        check("March 4th, 2026", "2026-03-04");
        check("Wednesday, 4 March 2026", "2026-03-04");
        check("4 de marzo de 2026", "2026-03-04");
        check("1er août 2026", "2026-08-01");
        check("4 марта 2026 г.", "2026-03-04");
        check("2026年3月4日", "2026-03-04");
        check("Mar 4, 2026", "2026-03-04");
    }

    #[test]
    fn the_order_of_day_and_month_is_not_guessed() {
        check("03/04/2026", "2026-04-03 or 2026-03-04");
        check("13/04/2026", "2026-04-13 d");
        check("04/13/2026", "2026-04-13 m");
        check("3-4-26", "2026-04-03 or 2026-03-04");
        check("03/03/2026", "2026-03-03");
    }

    #[test]
    fn times_and_offsets_are_read_and_never_made_up() {
        check("2026-03-04T23:40:05", "2026-03-04T23:40:05");
        check("2026-03-04 23:40:05 UTC", "2026-03-04T23:40:05Z");
        check("2026-03-04T23:40:05.123Z", "2026-03-04T23:40:05Z");
        check("2026-03-04T23:40:05+05:30", "2026-03-04T23:40:05+05:30");
        check("2026-03-04 23:40 -0500", "2026-03-04T23:40:00-05:00");
        check("2026/03/04 2:05:33 PM GMT+1", "2026-03-04T14:05:33+01:00");
        check("4/13/2026 12:05 am", "2026-04-13T00:05:00 m");
        check("March 4, 2026 at 2:05 p.m.", "2026-03-04T14:05:00");
        check("2026-03-04 14:05:33 EST", "2026-03-04T14:05:33-05:00");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "46085",
            "12:30",
            "30/30/2026",
            "2026-02-30",
            "4.13.2026",
            "206.555.0106",
            "1/2/3",
            "13:99 4/5/2026",
            "2026-03-04 10:00 Nowhere",
            "2065550106",
        ] {
            check(text, "no");
        }
    }
}
