//! Why two signatures are thought to be one person's, as codes; the words are the pages'.

use crate::{
    compare::levels::{
        Compared, FIELDS, UNSAID, address, birth, email, family, field, generation, given, moment, number,
        place, street,
    },
    weights::Weights,
};

/// One thing that two signatures have in common or differ in, and how much it says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// What it is: stable, for the pages to put into words.
    pub code: &'static str,
    /// How much it says for one person rather than two strangers, in bits: above 0 for, below 0 against.
    pub bits: f32,
}

/// The reasons of a pair, those that say most first.
pub(crate) fn reasons(weights: &Weights, compared: &Compared) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = (0..FIELDS)
        // What nobody said is no reason that anybody could look at.
        .filter(|field| compared.levels[*field] != UNSAID && *field != field::SAID)
        .filter(|field| (*field, compared.levels[*field]) != (field::GENERATION, generation::NONE))
        .map(|field| {
            #[expect(clippy::cast_possible_truncation, reason = "for showing")]
            let bits = weights.bits(compared, field) as f32;
            Reason { code: code(field, compared.levels[field]), bits }
        })
        .collect();
    reasons
        .sort_by(|left, right| right.bits.abs().total_cmp(&left.bits.abs()).then(left.code.cmp(right.code)));
    reasons
}

fn code(field: usize, level: u8) -> &'static str {
    match (field, level) {
        (field::GIVEN, given::EXACT) => "same_given_name",
        (field::GIVEN, given::SOUND) => "given_name_sounds_alike",
        (field::GIVEN, given::NICKNAME) => "nickname",
        (field::GIVEN, given::INITIAL) => "initial",
        (field::GIVEN, given::SLIP) => "given_name_slip",
        (field::GIVEN, given::NEAR) => "given_name_nearly_alike",
        (field::GIVEN, given::MORE) => "one_given_name_more",
        (field::GIVEN, given::SECOND) => "other_second_name",
        (field::GIVEN, given::SWAPPED) => "names_swapped",
        (field::GIVEN, _) => "other_given_name",
        (field::FAMILY, family::EXACT) => "same_family_name",
        (field::FAMILY, family::SOUND) => "family_name_sounds_alike",
        (field::FAMILY, family::SLIP) => "family_name_slip",
        (field::FAMILY, family::NEAR) => "family_name_nearly_alike",
        (field::FAMILY, family::PART) => "part_of_double_name",
        (field::FAMILY, family::INITIAL) => "family_initial",
        (field::FAMILY, _) => "other_family_name",
        (field::EMAIL, email::EXACT) => "same_mailbox",
        (field::EMAIL, email::DOMAIN) => "mailbox_at_other_domain",
        (field::EMAIL, email::SLIP) => "mailbox_slip",
        (field::EMAIL, _) => "other_mailbox",
        (field::PHONE, number::EXACT) => "same_phone",
        (field::PHONE, number::SLIP) => "phone_slip",
        (field::PHONE, _) => "other_phone",
        (field::PLACE, place::POST | place::POST_ONLY) => "same_postal_code",
        (field::PLACE, place::POST_SLIP) => "postal_code_slip",
        (field::PLACE, place::CITY_ONLY) => "same_city_other_postal_code",
        (field::PLACE, place::CITY) => "same_city",
        (field::PLACE, place::CITY_SLIP) => "city_slip",
        (field::PLACE, _) => "other_place",
        (field::STREET, street::EXACT) => "same_street",
        (field::STREET, street::NO_UNIT) => "same_street_flat_missing",
        (field::STREET, street::OTHER_UNIT) => "other_flat",
        (field::STREET, street::SLIP) => "street_slip",
        (field::STREET, _) => "other_street",
        (field::BIRTH, birth::EXACT | birth::YEAR) => "same_birth",
        (field::BIRTH, birth::SLIP) => "birth_slip",
        (field::BIRTH, birth::FAR | birth::YEAR_FAR) => "generation_apart",
        (field::BIRTH, _) => "other_birth",
        (field::DOCUMENT, number::EXACT) => "same_document",
        (field::DOCUMENT, number::SLIP) => "document_slip",
        (field::DOCUMENT, _) => "other_document",
        (field::MOMENT, moment::TOGETHER) => "same_table_same_minutes",
        (field::MOMENT, moment::HOUR) => "same_table_same_hour",
        (field::MOMENT, moment::TABLE) => "same_table",
        (field::MOMENT, _) => "other_table",
        (field::GENERATION, generation::SAME) => "same_generation",
        (field::GENERATION, generation::ONE) => "generation_missing",
        (field::GENERATION, _) => "other_generation",
        (field::ADDRESS, address::SAME) => "same_title",
        _ => "other_title",
    }
}
