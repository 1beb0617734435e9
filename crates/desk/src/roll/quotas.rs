//! Quotas by area: how many valid signatures each area requires, and whether enough areas have them.

use matching::{AreaChecked, Checked, estimate_areas, fold_name};
use serde::Serialize;
use ts_rs::TS;

use super::estimate::{CONFIDENCE, ValidEstimate};
use crate::error::DeskError;

/// More areas than there are counties in a country.
const MOST: usize = 10_000;

/// How many valid signatures areas require.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Each area, as the roll writes it, with its number.
    areas: Vec<(String, u64)>,
    /// So many of them have to have enough.
    least: u64,
}

impl Quotas {
    /// Reads quotas, a line an area: what the roll calls it, a semicolon or a tab, and its number in digits. So many of the areas have to have
    /// enough; all of them where that is not said.
    ///
    /// Errors: [`DeskError::Quotas`] with the first line that is none, or that has the area of one before; [`DeskError::QuotasCount`] where
    /// there is none, or where more areas have to have enough than there are.
    pub fn parse(text: &str, least: Option<u64>) -> Result<Self, DeskError> {
        let mut areas: Vec<(String, u64)> = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            if line.trim().is_empty() {
                continue;
            }
            let quota = line.rsplit_once([';', '\t']).and_then(|(area, required)| {
                let (area, required) = (area.trim(), required.trim());
                let is_digits = required.bytes().all(|digit| digit.is_ascii_digit());
                let is_new = areas.iter().all(|(known, _)| fold_name(known) != fold_name(area));
                (!area.is_empty() && is_digits && is_new && areas.len() < MOST)
                    .then(|| Some((area.to_owned(), required.parse().ok()?)))?
            });
            areas.push(quota.ok_or(DeskError::Quotas { line: number })?);
        }
        let all = areas.len() as u64;
        let least = least.unwrap_or(all);
        if areas.is_empty() || !(1..=all).contains(&least) {
            return Err(DeskError::QuotasCount);
        }
        Ok(Self { areas, least })
    }

    /// Whether areas have enough: `people` are the areas of those who were found, each of them counted once.
    pub(super) fn qualify<'a>(
        &self,
        checked: &Checked,
        people: impl Iterator<Item = &'a str>,
    ) -> Option<QualifiedAreas> {
        let folded: Vec<String> = self.areas.iter().map(|(area, _)| fold_name(area)).collect();
        let mut counts: Vec<AreaChecked> =
            self.areas.iter().map(|(_, required)| AreaChecked { required: *required, people: 0 }).collect();
        let mut elsewhere = 0;
        for area in people {
            let area = fold_name(area);
            let place = folded.iter().position(|known| *known == area);
            match place.and_then(|place| counts.get_mut(place)) {
                Some(count) => count.people += 1,
                None => elsewhere += 1,
            }
        }
        let estimate = estimate_areas(checked, &counts, self.least, CONFIDENCE)?;
        let areas = self.areas.iter().zip(counts).zip(estimate.areas);
        Some(QualifiedAreas {
            areas: areas
                .map(|(((area, required), count), estimate)| QualifiedArea {
                    area: area.clone(),
                    required: *required,
                    found: count.people,
                    valid: estimate.into(),
                })
                .collect(),
            least: self.least,
            reached: estimate.reached,
            enough: estimate.enough,
            elsewhere,
        })
    }
}

/// Whether areas have enough, unsure ones not valid.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct QualifiedAreas {
    /// Each, in the order of its quotas.
    pub areas: Vec<QualifiedArea>,
    /// So many of them have to have enough.
    pub least: u64,
    /// So many have, by their likeliest number.
    pub reached: u64,
    /// How likely enough of them have enough, from 0 to 1.
    pub enough: f64,
    /// People among those that were found who are of none of these areas.
    pub elsewhere: u64,
}

/// An area with a quota.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct QualifiedArea {
    /// As its quota calls it.
    pub area: String,
    /// How many valid signatures it requires.
    pub required: u64,
    /// People of it among those that were found, each counted once.
    pub found: u64,
    /// How many are valid.
    pub valid: ValidEstimate,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[track_caller]
    fn refuse(text: &str, expected: u64) {
        let refused = Quotas::parse(text, None);
        assert!(matches!(refused, Err(DeskError::Quotas { line }) if line == expected));
    }

    #[test]
    fn a_line_is_an_area_and_its_number() {
        let quotas = Quotas::parse("King; 5000\r\n\n Grays Harbor \t 80\nSan; Juan;7", Some(2)).unwrap();
        let areas = quotas.areas.iter().map(|(area, required)| (area.as_str(), *required));
        assert_eq!(areas.collect::<Vec<_>>(), [("King", 5000), ("Grays Harbor", 80), ("San; Juan", 7)]);
        assert_eq!((quotas.least, Quotas::parse("a;1\nb;2", None).unwrap().least), (2, 2));
    }

    #[test]
    fn what_is_none_is_told_by_its_line() {
        refuse("King; 5000\nPierce 700", 2);
        refuse("King; 5,000", 1);
        refuse("; 50", 1);
        refuse("King;", 1);
        refuse("King; 5\n\nKING ;6", 3);
        for (text, least) in [("", None), ("King; 5", Some(2)), ("King; 5", Some(0))] {
            assert!(matches!(Quotas::parse(text, least), Err(DeskError::QuotasCount)));
        }
    }

    #[test]
    fn areas_are_counted_however_they_are_written_and_others_are_told() {
        let quotas = Quotas::parse("King;2\nPierce;1", Some(1)).unwrap();
        let checked = Checked { filed: 5, sampled: 5, valid: 4, people: 4, pairs: 0 };
        let found = quotas.qualify(&checked, ["KING", "king ", "", "Skagit"].into_iter()).unwrap();
        assert_eq!(found.areas.iter().map(|area| area.found).collect::<Vec<_>>(), [2, 0]);
        assert_eq!((found.elsewhere, found.reached, found.enough), (2, 1, 1.0));
    }
}
