//! What is compared of two signers, and how far it can agree.

/// How many things are compared.
pub(crate) const FIELDS: usize = 12;

/// How many ways of agreeing one thing has at most, with 0 for what one of the two did not say.
pub(crate) const LEVELS: usize = 11;

/// What is compared; each has ways of agreeing of its own, from 1.
pub(crate) mod field {
    pub(crate) const GIVEN: usize = 0;
    pub(crate) const FAMILY: usize = 1;
    pub(crate) const EMAIL: usize = 2;
    pub(crate) const PHONE: usize = 3;
    pub(crate) const PLACE: usize = 4;
    pub(crate) const STREET: usize = 5;
    pub(crate) const BIRTH: usize = 6;
    pub(crate) const DOCUMENT: usize = 7;
    pub(crate) const MOMENT: usize = 8;
    pub(crate) const GENERATION: usize = 9;
    pub(crate) const ADDRESS: usize = 10;
    pub(crate) const SAID: usize = 11;
}

/// One of the two did not say.
pub(crate) const UNSAID: u8 = 0;

pub(crate) mod given {
    pub(crate) const EXACT: u8 = 1;
    pub(crate) const SOUND: u8 = 2;
    pub(crate) const NICKNAME: u8 = 3;
    pub(crate) const INITIAL: u8 = 4;
    /// One letter is wrong, and one of the two is no name that others have.
    pub(crate) const SLIP: u8 = 5;
    /// Nearly alike, and both may well be names.
    pub(crate) const NEAR: u8 = 6;
    /// One has a name more.
    pub(crate) const MORE: u8 = 7;
    /// The first name is the same and the second another, or one is called by the other's second.
    pub(crate) const SECOND: u8 = 8;
    /// Given and family name have changed places.
    pub(crate) const SWAPPED: u8 = 9;
    pub(crate) const OTHER: u8 = 10;
}

pub(crate) mod family {
    pub(crate) const EXACT: u8 = 1;
    pub(crate) const SOUND: u8 = 2;
    pub(crate) const SLIP: u8 = 3;
    pub(crate) const NEAR: u8 = 4;
    /// One has one of two names.
    pub(crate) const PART: u8 = 5;
    pub(crate) const INITIAL: u8 = 6;
    pub(crate) const OTHER: u8 = 7;
}

pub(crate) mod email {
    pub(crate) const EXACT: u8 = 1;
    /// The same before the @, another domain.
    pub(crate) const DOMAIN: u8 = 2;
    pub(crate) const SLIP: u8 = 3;
    pub(crate) const OTHER: u8 = 4;
}

pub(crate) mod number {
    pub(crate) const EXACT: u8 = 1;
    pub(crate) const SLIP: u8 = 2;
    pub(crate) const OTHER: u8 = 3;
}

/// With both postal codes, then without.
pub(crate) mod place {
    pub(crate) const POST: u8 = 1;
    pub(crate) const POST_SLIP: u8 = 2;
    pub(crate) const CITY_ONLY: u8 = 3;
    pub(crate) const OTHER: u8 = 4;
    pub(crate) const CITY: u8 = 5;
    pub(crate) const CITY_SLIP: u8 = 6;
    pub(crate) const OTHER_CITY: u8 = 7;
    /// One postal code, and two cities that are not alike.
    pub(crate) const POST_ONLY: u8 = 8;
}

pub(crate) mod street {
    pub(crate) const EXACT: u8 = 1;
    /// One does not say which flat.
    pub(crate) const NO_UNIT: u8 = 2;
    pub(crate) const OTHER_UNIT: u8 = 3;
    pub(crate) const SLIP: u8 = 4;
    pub(crate) const OTHER: u8 = 5;
}

/// With both dates, then where one is a year.
pub(crate) mod birth {
    pub(crate) const EXACT: u8 = 1;
    pub(crate) const SLIP: u8 = 2;
    pub(crate) const NEAR: u8 = 3;
    /// At least fifteen years apart.
    pub(crate) const FAR: u8 = 4;
    pub(crate) const OTHER: u8 = 5;
    pub(crate) const YEAR: u8 = 6;
    pub(crate) const YEAR_NEAR: u8 = 7;
    pub(crate) const YEAR_FAR: u8 = 8;
    pub(crate) const YEAR_OTHER: u8 = 9;
}

pub(crate) mod moment {
    /// At one table within ten minutes.
    pub(crate) const TOGETHER: u8 = 1;
    /// At one table within the hour.
    pub(crate) const HOUR: u8 = 2;
    pub(crate) const TABLE: u8 = 3;
    pub(crate) const APART: u8 = 4;
}

pub(crate) mod generation {
    pub(crate) const SAME: u8 = 1;
    /// One says it, the other does not.
    pub(crate) const ONE: u8 = 2;
    pub(crate) const OTHER: u8 = 3;
    /// Neither says it, as nearly everybody.
    pub(crate) const NONE: u8 = 4;
}

pub(crate) mod address {
    pub(crate) const SAME: u8 = 1;
    pub(crate) const OTHER: u8 = 2;
}

/// How many things one of the two said and the other did not.
pub(crate) mod said {
    pub(crate) const ALIKE: u8 = 1;
    pub(crate) const ONE: u8 = 2;
    pub(crate) const TWO: u8 = 3;
    pub(crate) const MORE: u8 = 4;
}

/// Levels of one field that exclude each other, given what both said: each of these sums to one.
pub(crate) const GROUPS: [&[&[u8]]; FIELDS] = [
    &[&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    &[&[1, 2, 3, 4, 5, 6, 7]],
    &[&[1, 2, 3, 4]],
    &[&[1, 2, 3]],
    &[&[1, 2, 3, 4, 8], &[5, 6, 7]],
    &[&[1, 2, 3, 4, 5]],
    &[&[1, 2, 3, 4, 5], &[6, 7, 8, 9]],
    &[&[1, 2, 3]],
    &[&[1, 2, 3, 4]],
    &[&[1, 2, 3, 4]],
    &[&[1, 2]],
    &[&[1, 2, 3, 4]],
];

/// Two signers compared: how far each thing agrees, and how likely that is by chance, where it depends on what they said.
#[derive(Clone, Copy)]
pub(crate) struct Compared {
    /// By field.
    pub(crate) levels: [u8; FIELDS],
    /// By field; 0 where the level alone says it.
    pub(crate) chances: [f32; FIELDS],
}

impl Compared {
    /// Whether they share a mailbox, a telephone, a document, an address or a date of birth; two of these where a part of the name is a letter
    /// or is not there.
    pub(crate) fn is_tied(&self) -> bool {
        let ties = [
            (field::EMAIL, email::EXACT),
            (field::PHONE, number::EXACT),
            (field::DOCUMENT, number::EXACT),
            (field::STREET, street::EXACT),
            (field::STREET, street::NO_UNIT),
            (field::STREET, street::SLIP),
            (field::BIRTH, birth::EXACT),
        ];
        let is_initial = self.levels[field::GIVEN] == given::INITIAL
            || self.levels[field::FAMILY] == family::INITIAL
            || self.levels[field::GIVEN] == UNSAID
            || (self.levels[field::FAMILY] == UNSAID && self.levels[field::GIVEN] != given::EXACT);
        let tied = ties.into_iter().filter(|(field, level)| self.levels[*field] == *level).count();
        tied > usize::from(is_initial)
    }

    /// Whether they share the whole name and the mailbox, and nothing else that they say tells them apart.
    pub(crate) fn is_whole(&self) -> bool {
        let shared = [
            (field::GIVEN, [given::EXACT, given::EXACT]),
            (field::FAMILY, [family::EXACT, UNSAID]),
            (field::EMAIL, [email::EXACT, email::EXACT]),
            (field::PHONE, [number::EXACT, UNSAID]),
            (field::DOCUMENT, [number::EXACT, UNSAID]),
            (field::BIRTH, [birth::EXACT, UNSAID]),
            (field::GENERATION, [generation::SAME, generation::NONE]),
            (field::ADDRESS, [address::SAME, UNSAID]),
        ];
        shared.into_iter().all(|(field, levels)| levels.contains(&self.levels[field]))
            && ![street::OTHER_UNIT, street::OTHER].contains(&self.levels[field::STREET])
    }
}
