//! A signer beside the entries of a roll that may be theirs.

use crate::{
    compare::levels::{Compared, address, birth, family, field, generation, given, number, place, street},
    people::People,
    signer::Signer,
};

/// What may differ between a line and an entry that is found, by the target's rule. What differs is told with every verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tolerance {
    /// Who lives elsewhere by now is found, where nobody else of the name is among those that may be meant.
    pub address: bool,
    /// Who bears another family name by now is found, at the same address and by the same first name.
    pub family: bool,
}

/// Whether a signer is on a roll.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LookUp {
    /// One entry is theirs.
    Found,
    /// A person has to look: an entry may be theirs, or several may.
    Unsure,
    /// No entry may be theirs.
    NotFound,
}

/// What differs between a line and an entry, each a stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The first name is a nickname of the other, or sounds like it.
    Nickname,
    /// The first name is an initial.
    Initial,
    /// A first name more or less, or called by the second.
    MiddleName,
    /// First and family name have changed places.
    Reversed,
    /// A letter of a name is another.
    Slip,
    /// One of two family names.
    FamilyPart,
    /// Another family name.
    Family,
    /// Another address.
    Address,
    /// One of the two has no address, or no more of it than a town.
    NoAddress,
    /// Which of several of one name in a family, or how the title addresses them.
    Generation,
    /// The date of birth.
    Birth,
    /// Another entry may be theirs as well.
    Several,
}

impl Difference {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nickname => "nickname",
            Self::Initial => "initial",
            Self::MiddleName => "middle-name",
            Self::Reversed => "reversed",
            Self::Slip => "slip",
            Self::FamilyPart => "family-part",
            Self::Family => "family",
            Self::Address => "address",
            Self::NoAddress => "no-address",
            Self::Generation => "generation",
            Self::Birth => "birth",
            Self::Several => "several",
        }
    }
}

/// What came of looking a signer up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedUp<Id> {
    /// Whether they are on the roll.
    pub found: LookUp,
    /// The entry that is theirs, or likeliest to be.
    pub entry: Option<Id>,
    /// What differs between the two.
    pub differences: Vec<Difference>,
    /// Other entries that may be theirs.
    pub others: Vec<Id>,
}

/// How far an entry agrees with a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Agrees {
    /// It is theirs, if no other is.
    Surely,
    /// It may be.
    Maybe,
}

/// Looks a signer up among the entries of a roll that may be theirs. Entries' names are "Family, First Middle" where their roll has them
/// apart.
pub fn look_up<Id: Copy + Ord>(
    signer: &Signer<'_>,
    entries: &[(Id, Signer<'_>)],
    tolerance: Tolerance,
) -> LookedUp<Id> {
    let mut people = People::default();
    people.add(0, signer);
    // The same with the family's name first, where the line does not say which is which.
    let turned = signer.name.trim().split_once(' ').filter(|_| !signer.name.contains(','));
    let turned = turned.map(|(first, rest)| format!("{first}, {rest}"));
    people.add(1, &Signer { name: turned.as_deref().unwrap_or(signer.name), ..*signer });
    for (number, (_, entry)) in (2..).zip(entries) {
        people.add(number, entry);
    }
    let mut agreeing: Vec<(Agrees, Vec<Difference>, Id)> = Vec::new();
    for (number, (id, _)) in (2_u32..).zip(entries) {
        let as_written = judge(&people.compared(0, number), tolerance);
        let turned = judge(&people.compared(1, number), tolerance).map(|(agrees, mut differences)| {
            if !differences.contains(&Difference::Reversed) {
                differences.push(Difference::Reversed);
            }
            (agrees, differences)
        });
        let best = [as_written, turned]
            .into_iter()
            .flatten()
            .min_by_key(|(agrees, differences)| (*agrees, differences.len()));
        if let Some((agrees, differences)) = best {
            agreeing.push((agrees, differences, *id));
        }
    }
    agreeing.sort_by(|one, other| {
        one.0.cmp(&other.0).then(one.1.len().cmp(&other.1.len())).then(one.2.cmp(&other.2))
    });
    let Some((agrees, mut differences, id)) = agreeing.first().cloned() else {
        return LookedUp {
            found: LookUp::NotFound,
            entry: None,
            differences: Vec::new(),
            others: Vec::new(),
        };
    };
    let others: Vec<Id> = agreeing.iter().skip(1).map(|(_, _, id)| *id).collect();
    // Father and son of one name in one house: nobody can tell by the line.
    let lives_elsewhere = |differences: &[Difference]| differences.contains(&Difference::Address);
    let is_rivalled = agreeing.iter().skip(1).any(|(rival, beside, _)| {
        let is_as_near = lives_elsewhere(&differences) || !lives_elsewhere(beside);
        let is_as_like =
            *rival == Agrees::Surely || (beside.len() <= differences.len() && !differences.is_empty());
        is_as_near && is_as_like
    });
    // Who moved is found only where no other of the name may have.
    let is_alone = others.is_empty() || !lives_elsewhere(&differences);
    let found =
        if agrees == Agrees::Surely && !is_rivalled && is_alone { LookUp::Found } else { LookUp::Unsure };
    if found == LookUp::Unsure && !others.is_empty() {
        differences.push(Difference::Several);
    }
    LookedUp { found, entry: Some(id), differences, others }
}

/// Whether an entry may be a signer's, and what differs.
fn judge(compared: &Compared, tolerance: Tolerance) -> Option<(Agrees, Vec<Difference>)> {
    let level = |field: usize| compared.levels[field];
    let mut differences = Vec::new();
    let is_numbered = level(field::DOCUMENT) == number::EXACT;
    let given_is_sure = match level(field::GIVEN) {
        given::EXACT => true,
        given::NICKNAME | given::SOUND => {
            differences.push(Difference::Nickname);
            true
        }
        given::MORE => {
            differences.push(Difference::MiddleName);
            true
        }
        given::SWAPPED => {
            differences.push(Difference::Reversed);
            true
        }
        given::INITIAL => {
            differences.push(Difference::Initial);
            false
        }
        given::SECOND => {
            differences.push(Difference::MiddleName);
            false
        }
        given::SLIP | given::NEAR => {
            differences.push(Difference::Slip);
            false
        }
        _ => return None,
    };
    let (family_is_sure, is_family) = match level(field::FAMILY) {
        family::EXACT => (true, true),
        family::SOUND => {
            differences.push(Difference::Slip);
            (true, true)
        }
        family::PART => {
            differences.push(Difference::FamilyPart);
            (false, true)
        }
        family::SLIP | family::NEAR => {
            differences.push(Difference::Slip);
            (false, true)
        }
        family::INITIAL => {
            differences.push(Difference::Initial);
            (false, true)
        }
        family::OTHER => {
            differences.push(Difference::Family);
            (false, false)
        }
        _ => {
            differences.push(Difference::Family);
            (false, true)
        }
    };
    if level(field::GENERATION) == generation::OTHER || level(field::ADDRESS) == address::OTHER {
        differences.push(Difference::Generation);
    }
    let is_born = match level(field::BIRTH) {
        birth::EXACT | birth::YEAR => Some(true),
        0 => None,
        birth::SLIP | birth::NEAR | birth::YEAR_NEAR => {
            differences.push(Difference::Birth);
            Some(false)
        }
        // Another person of the name.
        _ => return None,
    };
    let is_elsewhere = [place::OTHER, place::OTHER_CITY].contains(&level(field::PLACE));
    let lives_there = match level(field::STREET) {
        street::EXACT | street::NO_UNIT | street::OTHER_UNIT if !is_elsewhere => true,
        street::SLIP if !is_elsewhere => {
            differences.push(Difference::Address);
            false
        }
        0 if !is_elsewhere => {
            differences.push(Difference::NoAddress);
            false
        }
        _ => {
            differences.push(Difference::Address);
            false
        }
    };
    let is_odd = differences.contains(&Difference::Generation) || is_born == Some(false);
    let is_sure_name = given_is_sure && family_is_sure;
    let moved = tolerance.address && is_sure_name && level(field::GIVEN) == given::EXACT && !is_elsewhere;
    let renamed = tolerance.family && level(field::GIVEN) == given::EXACT && !is_family && lives_there;
    let is_placed = lives_there || is_born == Some(true) || is_numbered || moved;
    if !is_odd && (is_sure_name && is_placed || renamed || (is_numbered && is_family)) {
        return Some((Agrees::Surely, differences));
    }
    // A name alone, of somebody who lives in another town, is a name alone.
    let is_near = lives_there || is_numbered || is_born.is_some() || !is_elsewhere;
    ((is_family && is_near) || (lives_there && given_is_sure)).then_some((Agrees::Maybe, differences))
}
