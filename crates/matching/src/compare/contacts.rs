//! Mailboxes, telephones, documents, places and moments of two signers compared.

use crate::{
    compare::{
        levels::{UNSAID, birth, email, moment, number, place, street},
        names::share,
        slip::{is_near, is_one_slip},
    },
    fields::Field,
    forms::phone::is_one_phone,
    rows::{Row, Rows, is_date},
    texts::NONE,
};

/// A level, and how likely it is by chance; 0 where the level alone says it.
pub(crate) type Level = (u8, f64);

pub(crate) fn compare_mailboxes(rows: &Rows, left: &Row, right: &Row) -> Level {
    let field = &rows.mailboxes;
    let (one, other) = (left.mailbox, right.mailbox);
    if one == NONE || other == NONE {
        return (UNSAID, 0.0);
    }
    if one == other {
        return (email::EXACT, share(rows, field.times(one), 1e-5));
    }
    // Most are of different letters, which is quicker to see than the texts are to find: a letter of two bytes for another is four apart.
    let is_part = field.part(one) == field.part(other);
    if !is_part && field.letters_apart(one, other) > 4 {
        return (email::OTHER, 0.0);
    }
    let (local, beside) = (field.part_text(one), field.part_text(other));
    // Two people of one name call their mailboxes alike.
    let by_chance =
        || if is_of_name(rows, left, local) || is_of_name(rows, right, beside) { 0.02 } else { 0.0 };
    if is_part {
        return if local.len() > 5 { (email::DOMAIN, by_chance()) } else { (email::OTHER, 0.0) };
    }
    let is_slip = local.len() > 4 && is_one_slip(local, beside);
    let (_, domain) = field.text(one).split_at(local.len());
    if is_slip && field.text(other).ends_with(domain) {
        (email::SLIP, by_chance())
    } else {
        (email::OTHER, 0.0)
    }
}

/// Whether what is before an @ is a name and hardly anything else.
fn is_of_name(rows: &Rows, row: &Row, local: &str) -> bool {
    let (given, family) = rows.name(row);
    let letters = local.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = local.bytes().filter(u8::is_ascii_digit).count();
    let named: usize = given
        .iter()
        .chain(family)
        .map(|word| rows.tokens.form(rows.tokens.get(*word).plain))
        .filter(|word| word.len() > 1 && local.contains(word))
        .map(str::len)
        .sum();
    named > 2 && letters <= named + 1 && digits < 3
}

pub(crate) fn compare_phones(rows: &Rows, one: u32, other: u32) -> Level {
    if one == NONE || other == NONE {
        return (UNSAID, 0.0);
    }
    let (left, right) = (rows.phones.text(one), rows.phones.text(other));
    if one == other || (rows.phones.part(one) == rows.phones.part(other) && is_one_phone(left, right)) {
        return (number::EXACT, share(rows, rows.phones.times(one).max(rows.phones.times(other)), 1e-5));
    }
    (if is_digit_slip(left, right) { number::SLIP } else { number::OTHER }, 0.0)
}

pub(crate) fn compare_documents(rows: &Rows, one: u32, other: u32) -> Level {
    if one == NONE || other == NONE {
        return (UNSAID, 0.0);
    }
    if one == other {
        return (number::EXACT, share(rows, rows.documents.times(one), 1e-6));
    }
    let is_slip = is_digit_slip(rows.documents.text(one), rows.documents.text(other));
    (if is_slip { number::SLIP } else { number::OTHER }, 0.0)
}

/// One digit wrong, missing, or two changed places.
fn is_digit_slip(one: &str, other: &str) -> bool {
    one.len() >= 5 && is_one_slip(one, other)
}

pub(crate) fn compare_places(rows: &Rows, one: &Row, other: &Row) -> Level {
    let has_cities = one.city != NONE && other.city != NONE;
    if one.post != NONE && other.post != NONE {
        let is_near_city =
            || one.city == other.city || has_cities && is_text_slip(&rows.cities, one.city, other.city);
        if one.post == other.post {
            let is_here = !has_cities || is_near_city();
            let level = if is_here { place::POST } else { place::POST_ONLY };
            return (level, share(rows, rows.posts.times(one.post), 1e-3));
        }
        let (left, right) = (rows.posts.text(one.post), rows.posts.text(other.post));
        let is_slip = left.len() == right.len() && is_one_slip(left, right);
        return if is_slip && (!has_cities || is_near_city()) {
            (place::POST_SLIP, 0.0)
        } else if has_cities && one.city == other.city {
            (place::CITY_ONLY, share(rows, rows.cities.times(one.city), 1e-2))
        } else {
            (place::OTHER, 0.0)
        };
    }
    if !has_cities {
        return (UNSAID, 0.0);
    }
    if one.city == other.city {
        return (place::CITY, share(rows, rows.cities.times(one.city), 1e-2));
    }
    (if is_text_slip(&rows.cities, one.city, other.city) { place::CITY_SLIP } else { place::OTHER_CITY }, 0.0)
}

fn is_text_slip(field: &Field, one: u32, other: u32) -> bool {
    let (left, right) = (field.text(one), field.text(other));
    let least = left.len().min(right.len());
    if least <= 4 || left.len().abs_diff(right.len()) > 2 {
        return false;
    }
    is_one_slip(left, right) || least > 7 && is_near(left, right)
}

/// `place` is how their places agree, with its chance.
pub(crate) fn compare_streets(rows: &Rows, one: &Row, other: &Row, place: Level) -> Level {
    if one.street == NONE || other.street == NONE {
        return (UNSAID, 0.0);
    }
    let is_number = one.number == other.number;
    if one.street == other.street && is_number && one.number != NONE {
        let by_chance = if one.house == other.house && one.house != NONE && place.1 > 0.0 {
            of_house(rows, one)
        } else {
            share(rows, rows.streets.times(one.street), 1e-3) / 20.0
        };
        let level = match (one.unit, other.unit) {
            (left, right) if left == right => street::EXACT,
            (NONE, _) | (_, NONE) => street::NO_UNIT,
            _ => street::OTHER_UNIT,
        };
        return (level, by_chance);
    }
    let has_numbers = one.number != NONE && other.number != NONE;
    let is_street = one.street == other.street;
    let is_near_number = || {
        let (left, right) = (rows.number_text(one.number), rows.number_text(other.number));
        left.len().max(right.len()) > 1 && is_one_slip(left, right)
    };
    let is_slip = if is_street {
        !has_numbers || is_near_number()
    } else {
        is_number && is_near_street(rows, one, other)
    };
    (if is_slip { street::SLIP } else { street::OTHER }, 0.0)
}

/// How likely a stranger of a place lives in this house of it: of the others who signed there, the share who did from this house, none of
/// these two counted. As many houses are in it as are hardly in any, of which nobody knows yet.
fn of_house(rows: &Rows, row: &Row) -> f64 {
    const HOUSES: f64 = 20.0;
    let there = if row.post == NONE { rows.cities.times(row.city) } else { rows.posts.times(row.post) };
    let beside = |times: f64| (times - 2.0).max(0.0);
    ((beside(rows.houses.times(row.house)) + 0.5) / (beside(there) + HOUSES)).min(0.5)
}

/// One letter wrong, or the kind of street left out.
fn is_near_street(rows: &Rows, one: &Row, other: &Row) -> bool {
    let (left, right) = (rows.streets.text(one.street), rows.streets.text(other.street));
    let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
    is_text_slip(&rows.streets, one.street, other.street)
        || (short.len() > 3 && long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' ')))
}

pub(crate) fn compare_births(rows: &Rows, one: u32, other: u32) -> Level {
    /// Strangers of seventy years, born on one day.
    const ONE_DAY: f64 = 4e-5;
    if one == NONE || other == NONE {
        return (UNSAID, 0.0);
    }
    let years = (one / 10_000).abs_diff(other / 10_000);
    if !(is_date(one) && is_date(other)) {
        let level = match years {
            0 => birth::YEAR,
            1..=2 => birth::YEAR_NEAR,
            3..=14 => birth::YEAR_OTHER,
            _ => birth::YEAR_FAR,
        };
        return (level, 0.0);
    }
    if one == other {
        // More than these few have it where a form has it filled in. One person may be behind several of them.
        return (birth::EXACT, share(rows, rows.born(one) - 3.0, 0.0).max(ONE_DAY));
    }
    let digits =
        |date: u32| [10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1].map(|unit| date / unit % 10);
    let (left, right) = (digits(one), digits(other));
    let wrong: Vec<usize> = (0..8).filter(|at| left[*at] != right[*at]).collect();
    let is_turned = matches!(*wrong, [at, next] if left[at] == right[next] && left[next] == right[at]);
    let is_month_day = years == 0 && one % 100 == other / 100 % 100 && other % 100 == one / 100 % 100;
    let level = if wrong.len() == 1 || is_turned || is_month_day {
        birth::SLIP
    } else {
        match years {
            0..=2 => birth::NEAR,
            3..=14 => birth::OTHER,
            _ => birth::FAR,
        }
    };
    (level, 0.0)
}

pub(crate) fn compare_moments(one: &Row, other: &Row) -> Level {
    if one.table == NONE || other.table == NONE || one.minute == NONE || other.minute == NONE {
        return (UNSAID, 0.0);
    }
    let level = match (one.table == other.table, one.minute.abs_diff(other.minute)) {
        (true, 0..=10) => moment::TOGETHER,
        (true, 11..=60) => moment::HOUR,
        (true, _) => moment::TABLE,
        _ => moment::APART,
    };
    (level, 0.0)
}
