//! Strange patterns: what a person should look at, because chance or a queue seldom makes it. Nothing is decided by them.

mod hand;
mod shift;

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use petition::Signature;
use serde::Serialize;
use statrs::distribution::{Binomial, DiscreteCDF};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    error::DeskError,
    storage::signature::{self, InOrder},
    view::View,
};
use shift::Taken;

/// A pattern that chance makes in one of a hundred campaigns, or in fewer.
const CHANCE: f64 = 0.01;

/// Of fewer than so many nothing is said.
const FEWEST: usize = 5;

/// What is strange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PatternKind {
    /// Signatures at the kiosk come faster than people can sign: so many in ten minutes.
    Fast,
    /// Names in a row are in alphabetical order.
    Alphabetical,
    /// Many live at one address.
    OneAddress,
    /// Handwritten signatures of several names are drawn alike.
    OneHand,
    /// More are duplicates than elsewhere.
    Duplicates,
    /// More are not on the roll than elsewhere.
    NotFound,
}

/// Something strange in a shift: shown, for a person to look at.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Pattern {
    /// What.
    pub kind: PatternKind,
    /// The table.
    pub table: Uuid,
    /// What the volunteers call it.
    pub table_label: String,
    /// The shift; none where signatures say none.
    pub shift: Option<Uuid>,
    /// Where it was; empty where it is not said.
    pub place: String,
    /// Its first day, RFC 3339, at this computer.
    pub day: String,
    /// How many signatures are so.
    pub strange: u64,
    /// Of how many.
    pub of: u64,
    /// How many would be usual, by the rest of the petition; none where that is not what tells.
    pub usual: Option<f64>,
}

/// The signatures of one shift at one table, in the order of its log.
struct Shift {
    label: String,
    place: String,
    first: i64,
    taken: Vec<Taken>,
}

impl View<'_> {
    /// What is strange in the signatures of a petition, shift by shift. Reads all of them.
    pub(crate) fn patterns(self, petition: Uuid, zone: &TimeZone) -> Result<Vec<Pattern>, DeskError> {
        let mut shifts: BTreeMap<(Uuid, Option<Uuid>), Shift> = BTreeMap::new();
        signature::for_each_in_order(self.db, petition, |row: &InOrder<'_>| {
            // One that cannot be read is found when it is shown.
            let Ok(signature) = Signature::from_cbor(row.cbor) else { return };
            let of = signature.shift.as_ref();
            let shift = shifts.entry((row.table, of.map(|shift| shift.id))).or_insert_with(|| Shift {
                label: row.label.to_owned(),
                place: of.map(|shift| shift.place.clone()).unwrap_or_default(),
                first: row.signed_at,
                taken: Vec::new(),
            });
            shift.first = shift.first.min(row.signed_at);
            shift.taken.push(Taken::of(row, &signature));
        })?;
        let all = || shifts.values().flat_map(|shift| &shift.taken);
        let whole = Whole {
            signatures: all().count(),
            shifts: shifts.len(),
            duplicates: share(all().map(|taken| taken.is_duplicate)),
            missing: share(all().filter_map(|taken| taken.is_missing)),
        };
        let mut patterns = Vec::new();
        for ((table, id), shift) in &shifts {
            for (kind, strange, of, usual) in shift.strange(&whole) {
                patterns.push(Pattern {
                    kind,
                    table: *table,
                    table_label: shift.label.clone(),
                    shift: *id,
                    place: shift.place.clone(),
                    day: day_of(shift.first, zone),
                    strange: strange as u64,
                    of: of as u64,
                    usual,
                });
            }
        }
        // What is about most comes first.
        patterns.sort_by(|one, other| {
            other.strange.cmp(&one.strange).then(one.kind.cmp(&other.kind)).then(one.table.cmp(&other.table))
        });
        Ok(patterns)
    }
}

/// What all shifts of a petition have together.
struct Whole {
    signatures: usize,
    shifts: usize,
    duplicates: f64,
    missing: f64,
}

/// A pattern of a shift: what, how many, of how many, and how many would be usual.
type Found = (PatternKind, usize, usize, Option<f64>);

impl Shift {
    fn strange(&self, whole: &Whole) -> Vec<Found> {
        let all = self.taken.len();
        let at_kiosk: Vec<i64> =
            self.taken.iter().filter(|taken| taken.is_kiosk).map(|taken| taken.at).collect();
        let missing: Vec<bool> = self.taken.iter().filter_map(|taken| taken.is_missing).collect();
        let duplicates = self.taken.iter().map(|taken| taken.is_duplicate);
        let found = [
            shift::fastest(&at_kiosk).map(|most| (PatternKind::Fast, most, at_kiosk.len(), None)),
            shift::alphabetical(&self.taken, whole.signatures)
                .map(|run| (PatternKind::Alphabetical, run, all, None)),
            shift::one_address(&self.taken).map(|most| (PatternKind::OneAddress, most, all, None)),
            hand::one_hand(&self.taken).map(|alike| (PatternKind::OneHand, alike, all, None)),
            far_off(duplicates, whole.duplicates, whole.shifts)
                .map(|(many, usual)| (PatternKind::Duplicates, many, all, Some(usual))),
            far_off(missing.iter().copied(), whole.missing, whole.shifts)
                .map(|(many, usual)| (PatternKind::NotFound, many, missing.len(), Some(usual))),
        ];
        found.into_iter().flatten().collect()
    }
}

/// Where so many of a shift are so that, with the share that all have, chance would seldom make it in any of the shifts (a binomial test
/// with Bonferroni's correction): how many they are, and how many would be usual.
fn far_off(of_shift: impl Iterator<Item = bool>, share: f64, shifts: usize) -> Option<(usize, f64)> {
    let (mut all, mut many) = (0_u64, 0_u64);
    for is_so in of_shift {
        all += 1;
        many += u64::from(is_so);
    }
    let count = usize::try_from(many).ok().filter(|many| *many >= FEWEST)?;
    // More than so many, or as many.
    let chance = Binomial::new(share, all).ok()?.sf(many - 1);
    (chance * (shifts as f64) < CHANCE).then_some((count, share * all as f64))
}

/// The part of those that are so.
fn share(all: impl Iterator<Item = bool>) -> f64 {
    let (mut of, mut so) = (0_u32, 0_u32);
    for is_so in all {
        of += 1;
        so += u32::from(is_so);
    }
    if of == 0 { 0.0 } else { f64::from(so) / f64::from(of) }
}

fn day_of(at: i64, zone: &TimeZone) -> String {
    Timestamp::from_second(at).map(|at| zone.to_datetime(at).date().to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn so(many: usize, all: usize) -> impl Iterator<Item = bool> {
        (0..all).map(move |number| number < many)
    }

    #[test]
    fn a_shift_is_far_off_where_chance_seldom_makes_it() {
        // 20 of 100 where 5 are usual, in one of 50 shifts.
        let (many, usual) = far_off(so(20, 100), 0.05, 50).unwrap();
        assert_eq!((many, usual.round()), (20, 5.0));
        assert_eq!(far_off(so(9, 100), 0.05, 50), None);
        assert_eq!(far_off(so(4, 4), 0.05, 1), None, "too few to say anything");
        assert_eq!(far_off(so(0, 0), 0.0, 0), None);
        assert_eq!(far_off(so(100, 100), 1.0, 1), None, "all are so, everywhere");
    }
}
