//! Two signers compared, thing by thing.

mod contacts;
pub(crate) mod levels;
mod names;
mod slip;
mod words;

use crate::{
    compare::{
        contacts::{
            compare_births, compare_documents, compare_mailboxes, compare_moments, compare_phones,
            compare_places, compare_streets,
        },
        levels::{Compared, FIELDS, UNSAID, address, field, generation, said},
        names::compare_names,
    },
    forms::words::Address,
    rows::{Row, Rows},
    texts::NONE,
};

/// Two signers, by their numbers, compared.
pub(crate) fn compare(rows: &Rows, one: u32, other: u32) -> Compared {
    let (one, other) = (rows.get(one), rows.get(other));
    let (one, other) = if one.order <= other.order { (one, other) } else { (other, one) };
    let names = compare_names(rows, one, other);
    let place = compare_places(rows, one, other);
    let mut compared = Compared { levels: [UNSAID; FIELDS], chances: [0.0; FIELDS] };
    let mut set = |field: usize, (level, chance): (u8, f64)| {
        compared.levels[field] = level;
        #[expect(clippy::cast_possible_truncation, reason = "a chance needs no more than seven digits")]
        let chance = chance as f32;
        compared.chances[field] = chance;
    };
    set(field::GIVEN, (names.given, names.given_chance));
    set(field::FAMILY, (names.family, names.family_chance));
    set(field::EMAIL, compare_mailboxes(rows, one, other));
    set(field::PHONE, compare_phones(rows, one.phone, other.phone));
    set(field::PLACE, place);
    set(field::STREET, compare_streets(rows, one, other, place));
    set(field::BIRTH, compare_births(rows, one.birth, other.birth));
    set(field::DOCUMENT, compare_documents(rows, one.document, other.document));
    set(field::MOMENT, compare_moments(one, other));
    set(field::GENERATION, (generation_level(one.generation, other.generation), 0.0));
    set(field::ADDRESS, (address_level(one.address, other.address), 0.0));
    set(field::SAID, (said_level(one, other), 0.0));
    compared
}

/// Who said a thing once says it again, more often than not.
fn said_level(one: &Row, other: &Row) -> u8 {
    let things =
        |row: &Row| [row.mailbox, row.phone, row.post, row.city, row.street, row.birth, row.document];
    let differ = |(one, other): &(u32, u32)| (*one == NONE) != (*other == NONE);
    match things(one).into_iter().zip(things(other)).filter(differ).count() {
        0 => said::ALIKE,
        1 => said::ONE,
        2 => said::TWO,
        _ => said::MORE,
    }
}

fn generation_level(one: u8, other: u8) -> u8 {
    match (one, other) {
        (0, 0) => generation::NONE,
        (left, right) if left == right => generation::SAME,
        (0, _) | (_, 0) => generation::ONE,
        _ => generation::OTHER,
    }
}

fn address_level(one: Address, other: Address) -> u8 {
    match (one, other) {
        (Address::Unsaid, _) | (_, Address::Unsaid) => UNSAID,
        (left, right) if left == right => address::SAME,
        _ => address::OTHER,
    }
}
