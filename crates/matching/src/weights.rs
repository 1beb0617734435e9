//! How much each agreement says: how often it is found among signatures of one person, of a household, and of strangers.

use crate::compare::levels::{
    Compared, FIELDS, LEVELS, UNSAID, email, family, field, generation, given, street,
};

/// What two signatures can be to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kinship {
    /// Of one person.
    Same,
    /// Of two people who share a mailbox, a telephone, an address or a family: couples, parents, twins.
    Household,
    /// Of parent and child of one name.
    Namesake,
    /// Of twins, whose names are often nearly alike.
    Twins,
    /// Of two people who have nothing to do with each other.
    Strangers,
}

pub(crate) const KINDS: [Kinship; 5] =
    [Kinship::Same, Kinship::Household, Kinship::Namesake, Kinship::Twins, Kinship::Strangers];

/// The place of strangers among them.
pub(crate) const STRANGERS: usize = 4;

/// By field and level.
pub(crate) type Table = [[f64; LEVELS]; FIELDS];

/// How often things agree, by what two signatures are to each other; and how many pairs of each kind there are.
///
/// Estimated from the signatures themselves, see [`People::estimate`](crate::People::estimate). Kept, they give the same
/// probabilities again.
#[derive(Clone, Debug)]
pub struct Weights {
    /// How often, in the order of [`KINDS`].
    pub(crate) tables: [Table; 5],
    /// How many pairs, likewise.
    pub(crate) pairs: [f64; 5],
}

/// What kept weights begin with: their form, and which comparisons they are of. Other comparisons are another form.
const FORM: &[u8; 8] = b"weights3";

impl Weights {
    /// As bytes, to be kept. Nothing personal is in them: shares and counts of pairs. After eight bytes that name the form, IEEE 754 numbers
    /// of eight bytes, the least significant first.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = self.tables.iter().flatten().flatten().chain(&self.pairs);
        FORM.iter().copied().chain(numbers.flat_map(|number| number.to_le_bytes())).collect()
    }

    /// What [`Weights::to_bytes`] gave. None where it is of another form, or no share or count: then they are estimated again.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let numbers = bytes.strip_prefix(FORM)?;
        let mut weights = Weights { tables: [[[0.0; LEVELS]; FIELDS]; 5], pairs: [0.0; 5] };
        let places = weights.tables.iter_mut().flatten().flatten().chain(&mut weights.pairs);
        let mut read = numbers.chunks_exact(8);
        for place in places {
            *place = f64::from_le_bytes(read.next()?.try_into().ok()?);
            if !(place.is_finite() && *place >= 0.0) {
                return None;
            }
        }
        (read.next().is_none() && read.remainder().is_empty()).then_some(weights)
    }

    /// What is known before any signature is seen, for so many of them.
    pub(crate) fn prior(signers: f64) -> Self {
        let [same, household, strangers] = [same(), household(), strangers()];
        let mut namesake = household;
        namesake[field::GIVEN] = same[field::GIVEN];
        namesake[field::FAMILY] = same[field::FAMILY];
        namesake[field::BIRTH] = levels(&[1e-5, 1e-3, 1e-3, 0.97, 0.028, 1e-3, 1e-3, 0.97, 0.028]);
        namesake[field::GENERATION] = levels(&[0.002, 0.4, 0.248, 0.35]);
        namesake[field::ADDRESS] = same[field::ADDRESS];
        let mut twins = household;
        twins[field::GIVEN] = levels(&[1e-3, 0.02, 0.01, 0.05, 0.004, 0.2, 0.01, 0.1, 1e-3, 0.604]);
        twins[field::BIRTH] = levels(&[0.96, 0.03, 4e-3, 3e-3, 3e-3, 0.97, 0.01, 0.01, 0.01]);
        let households = 0.3 * signers;
        Weights {
            tables: [same, household, namesake, twins, strangers],
            pairs: [
                0.03 * signers,
                households,
                0.002 * households,
                0.01 * households,
                signers * (signers - 1.0) / 2.0,
            ],
        }
    }

    /// How likely each kind of pair is, in the order of [`KINDS`].
    pub(crate) fn kinships(&self, compared: &Compared) -> [f64; 5] {
        let mut kinds = self.pairs;
        for (kind, (likely, table)) in kinds.iter_mut().zip(&self.tables).enumerate() {
            for field in 0..FIELDS {
                let level = compared.levels[field];
                if level != UNSAID {
                    *likely *= by(table, kind, field, level, compared.chances[field]);
                }
            }
        }
        let all: f64 = kinds.iter().sum();
        kinds.map(|likely| if all > 0.0 { likely / all } else { 0.0 })
    }

    /// How likely two signatures are one person's: never so likely that a rule decides by itself where nothing ties them that is one
    /// person's or one home's, however rare the name.
    pub(crate) fn probability(&self, compared: &Compared) -> f64 {
        let [same, ..] = self.kinships(compared);
        if compared.is_whole() {
            same.max(WHOLE)
        } else if compared.is_tied() {
            same
        } else {
            same.min(UNTIED)
        }
    }

    /// How much one field says for one person, as the logarithm to base 2: above 0 for, below against.
    pub(crate) fn bits(&self, compared: &Compared, field: usize) -> f64 {
        let level = compared.levels[field];
        if level == UNSAID {
            return 0.0;
        }
        let chance = compared.chances[field];
        let same = by(&self.tables[0], 0, field, level, chance);
        let strangers = by(&self.tables[STRANGERS], STRANGERS, field, level, chance);
        (same / strangers).log2()
    }
}

/// How often this level is found among pairs of a kind, in proportion to the other kinds.
fn by(table: &Table, kind: usize, field: usize, level: u8, chance: f32) -> f64 {
    let usual = table[field][usize::from(level)];
    if chance <= 0.0 {
        return usual;
    }
    match KINDS[kind] {
        // Nobody calls two children the same: who lives together is called the same less often than strangers are.
        Kinship::Household if field == field::GIVEN && level != given::SECOND => 0.15 * f64::from(chance),
        // But second names go down in families, and are what one of twins is told by.
        Kinship::Household if field == field::GIVEN => 1.5 * f64::from(chance),
        Kinship::Twins if field == field::GIVEN && level != given::SECOND => f64::from(chance).min(usual),
        Kinship::Strangers => f64::from(chance),
        _ => usual,
    }
}

fn levels(of: &[f64]) -> [f64; LEVELS] {
    let mut levels = [0.0; LEVELS];
    levels.iter_mut().skip(1).zip(of).for_each(|(level, often)| *level = *often);
    levels
}

/// Before any data: what people do who sign twice.
fn same() -> Table {
    let mut table = [[0.0; LEVELS]; FIELDS];
    table[field::GIVEN] = levels(&[0.76, 0.01, 0.05, 0.03, 0.05, 0.015, 0.05, 0.003, 0.02, 0.012]);
    table[field::FAMILY] = levels(&[0.86, 0.015, 0.06, 0.015, 0.025, 0.01, 0.015]);
    table[field::EMAIL] = levels(&[0.80, 0.03, 0.05, 0.12]);
    table[field::PHONE] = levels(&[0.86, 0.05, 0.09]);
    table[field::PLACE] = levels(&[0.91, 0.03, 0.03, 0.02, 0.94, 0.03, 0.03, 0.01]);
    table[field::STREET] = levels(&[0.80, 0.04, 0.005, 0.08, 0.075]);
    table[field::BIRTH] = levels(&[0.93, 0.05, 0.002, 0.008, 0.01, 0.96, 0.01, 0.01, 0.02]);
    table[field::DOCUMENT] = levels(&[0.92, 0.06, 0.02]);
    table[field::MOMENT] = levels(&[0.05, 0.02, 0.05, 0.88]);
    table[field::GENERATION] = levels(&[0.014, 0.005, 3e-4, 0.9807]);
    table[field::ADDRESS] = levels(&[0.985, 0.015]);
    table[field::SAID] = levels(&[0.60, 0.28, 0.09, 0.03]);
    table
}

/// Before any data: what those share who live together.
fn household() -> Table {
    let mut table = strangers();
    table[field::FAMILY] = levels(&[0.70, 0.01, 0.03, 0.01, 0.05, 0.01, 0.19]);
    table[field::EMAIL] = levels(&[0.25, 0.005, 0.005, 0.74]);
    table[field::PHONE] = levels(&[0.25, 0.005, 0.745]);
    table[field::PLACE] = levels(&[0.92, 0.02, 0.02, 0.03, 0.95, 0.02, 0.03, 0.01]);
    table[field::STREET] = levels(&[0.82, 0.05, 0.01, 0.05, 0.07]);
    table[field::BIRTH] = levels(&[0.012, 0.004, 0.15, 0.44, 0.394, 0.04, 0.13, 0.44, 0.39]);
    table[field::MOMENT] = levels(&[0.30, 0.05, 0.08, 0.57]);
    table[field::SAID] = levels(&[0.45, 0.35, 0.15, 0.05]);
    table
}

/// Before any data: what strangers have in common. Where it depends on what they said it is not this that counts.
fn strangers() -> Table {
    let mut table = [[0.0; LEVELS]; FIELDS];
    table[field::GIVEN] = levels(&[0.004, 0.001, 0.003, 0.004, 0.001, 0.004, 0.002, 0.001, 0.0001, 0.98]);
    table[field::FAMILY] = levels(&[0.004, 0.001, 0.001, 0.003, 0.002, 0.004, 0.985]);
    table[field::EMAIL] = levels(&[1e-5, 1e-4, 2e-5, 0.999_87]);
    table[field::PHONE] = levels(&[1e-5, 1e-5, 0.999_98]);
    table[field::PLACE] = levels(&[0.01, 0.01, 0.03, 0.949, 0.05, 0.001, 0.949, 0.001]);
    table[field::STREET] = levels(&[1e-4, 1e-5, 1e-5, 0.003, 0.996_88]);
    table[field::BIRTH] = levels(&[5e-5, 0.002, 0.06, 0.54, 0.397_95, 0.015, 0.06, 0.52, 0.405]);
    table[field::DOCUMENT] = levels(&[1e-6, 1e-5, 0.999_989]);
    table[field::MOMENT] = levels(&[0.002, 0.008, 0.04, 0.95]);
    table[field::GENERATION] = levels(&[4e-4, 0.03, 1e-3, 0.9686]);
    table[field::ADDRESS] = levels(&[0.5, 0.5]);
    table[field::SAID] = levels(&[0.30, 0.38, 0.22, 0.10]);
    table
}

/// The most that one person's signatures may disagree so: above it the estimate has taken a household for a person.
pub(crate) const MOST_OF_SAME: [(usize, u8, f64); 6] = [
    (field::GENERATION, generation::ONE, 0.003),
    (field::GIVEN, given::OTHER, 0.03),
    (field::GIVEN, given::NEAR, 0.02),
    (field::FAMILY, family::OTHER, 0.05),
    (field::EMAIL, email::OTHER, 0.5),
    (field::STREET, street::OTHER_UNIT, 0.02),
];

/// As likely as a pair is at the least that shares the whole name and the mailbox: among a few signers a rare name cannot be told from
/// a common one.
const WHOLE: f64 = 0.97;

/// As likely as a pair can be that nothing ties but a name and a place.
const UNTIED: f64 = 0.94;

/// The least that strangers have a thing in common by chance, however few of them were looked at.
pub(crate) const LEAST: f64 = 1e-6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_weights_are_the_same_to_the_last_bit_and_others_are_none() {
        let weights = Weights::prior(12_345.0);
        let bytes = weights.to_bytes();
        assert_eq!(Weights::from_bytes(&bytes).map(|again| again.to_bytes()), Some(bytes.clone()));
        assert!(Weights::from_bytes(&bytes[..bytes.len() - 1]).is_none());
        assert!(Weights::from_bytes(&[&bytes[..], &[0; 8]].concat()).is_none());
        let mut other = bytes.clone();
        other[7] = b'1';
        assert!(Weights::from_bytes(&other).is_none());
        let mut unsound = bytes;
        unsound[8..16].copy_from_slice(&f64::NAN.to_le_bytes());
        assert!(Weights::from_bytes(&unsound).is_none());
    }
}
