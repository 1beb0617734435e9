//! The closing record of a shift: its sums, which must agree.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::opening::{LogPlace, Opening};

/// The closing record of a shift (docs/protocol.md §5.4).
#[derive(Clone, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cfg_attr(test, derive(Debug))]
#[cbor(map)]
pub struct Closing {
    /// How it began; none where that was in a version that kept no opening.
    #[n(0)]
    pub opening: Option<Opening>,
    /// Where the log was, before this record.
    #[n(1)]
    pub place: LogPlace,
    /// The visits at the kiosk.
    #[n(2)]
    pub visits: VisitSums,
    /// The signatures.
    #[n(3)]
    pub signatures: SignatureSums,
    /// The paper sheets; none where none were counted.
    #[n(4)]
    pub sheets: Option<SheetCounts>,
    /// The lines of the sheets that were closed.
    #[n(5)]
    pub lines: LineSums,
    /// What the volunteer says where a sum differs.
    #[n(6)]
    pub explained: Option<Explained>,
    /// The other person who was there.
    #[n(7)]
    pub witness: Option<String>,
    /// The number on the laptop's seal.
    #[n(8)]
    pub laptop_seal: Option<String>,
    /// The number on the stick's seal.
    #[n(9)]
    pub stick_seal: Option<String>,
    /// How often it was paused.
    #[n(10)]
    pub pauses: u32,
    /// Minutes in pauses.
    #[n(11)]
    pub paused_minutes: u64,
    /// How often the table went into other hands.
    #[n(12)]
    pub hand_overs: u32,
}

/// The visits at the kiosk: each ends in one of three ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cbor(map)]
pub struct VisitSums {
    /// Visits that began.
    #[n(0)]
    pub begun: u64,
    /// Something was signed.
    #[n(1)]
    pub signed: u64,
    /// Nothing was, and the person or the volunteer ended them.
    #[n(2)]
    pub abandoned: u64,
    /// Nothing was, and they were wiped because nobody was there.
    #[n(3)]
    pub wiped: u64,
}

/// The signatures of a shift, as they were counted and as the log has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cbor(map)]
pub struct SignatureSums {
    /// Signed at the kiosk.
    #[n(0)]
    pub kiosk: u64,
    /// Entered from paper.
    #[n(1)]
    pub paper: u64,
    /// By how many signatures the log grew; none where it is not known where it was.
    #[n(2)]
    pub growth: Option<u64>,
    /// Covered by a receipt.
    #[n(3)]
    pub received: u64,
    /// Covered by none yet.
    #[n(4)]
    pub waiting: u64,
    /// By how many notes the log grew.
    #[n(5)]
    pub notes: Option<u64>,
}

/// Paper sheets, as a volunteer counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, Encode, Decode)]
#[cbor(map)]
pub struct SheetCounts {
    /// Handed out at the beginning.
    #[n(0)]
    pub issued: u32,
    /// Come back with lines on them.
    #[n(1)]
    pub returned: u32,
    /// Spoiled.
    #[n(2)]
    pub spoiled: u32,
    /// Come back blank.
    #[n(3)]
    pub blank: u32,
}

/// The lines of the sheets that were closed in a shift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cbor(map)]
pub struct LineSums {
    /// Sheets that were closed.
    #[n(0)]
    pub sheets: u64,
    /// Their lines.
    #[n(1)]
    pub lines: u64,
    /// Lines that are signatures.
    #[n(2)]
    pub entered: u64,
    /// Lines struck out on the paper.
    #[n(3)]
    pub struck: u64,
    /// Lines that nobody can read.
    #[n(4)]
    pub illegible: u64,
    /// Lines with nothing.
    #[n(5)]
    pub blank: u64,
}

/// What a volunteer says where sums differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(default)]
#[cbor(map)]
pub struct Explained {
    /// Of the visits.
    #[n(0)]
    pub visits: Option<String>,
    /// Of the signatures.
    #[n(1)]
    pub signatures: Option<String>,
    /// Of the sheets.
    #[n(2)]
    pub sheets: Option<String>,
    /// Of the lines.
    #[n(3)]
    pub lines: Option<String>,
}

/// A sum that must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sum {
    /// Begun = signed + abandoned + wiped.
    Visits,
    /// Kiosk + paper = growth of the log = received + waiting.
    Signatures,
    /// Issued = returned + spoiled + blank.
    Sheets,
    /// Lines = entered + struck + illegible + blank.
    Lines,
}

impl Closing {
    /// The sums that do not agree, explained or not.
    #[must_use]
    pub fn differing(&self) -> Vec<Sum> {
        let Self { visits, signatures, sheets, lines, .. } = self;
        let signed = added(&[signatures.kiosk, signatures.paper]);
        let in_log = signatures.growth.map_or(signed, Some);
        let sheets = sheets.unwrap_or_default();
        let [returned, spoiled, blank] = [sheets.returned, sheets.spoiled, sheets.blank].map(u64::from);
        let agree = [
            (Sum::Visits, Some(visits.begun) == added(&[visits.signed, visits.abandoned, visits.wiped])),
            (
                Sum::Signatures,
                signed.is_some()
                    && signed == in_log
                    && signed == added(&[signatures.received, signatures.waiting]),
            ),
            (Sum::Sheets, Some(u64::from(sheets.issued)) == added(&[returned, spoiled, blank])),
            (
                Sum::Lines,
                Some(lines.lines) == added(&[lines.entered, lines.struck, lines.illegible, lines.blank]),
            ),
        ];
        agree.into_iter().filter(|(_, agrees)| !agrees).map(|(sum, _)| sum).collect()
    }

    /// The sums that differ without a word on why.
    #[must_use]
    pub fn unexplained(&self) -> Vec<Sum> {
        let said = self.explained.clone().unwrap_or_default();
        let mut differing = self.differing();
        differing.retain(|sum| said.of(*sum).is_none());
        differing
    }
}

impl Explained {
    /// What is said of a sum.
    #[must_use]
    pub fn of(&self, sum: Sum) -> Option<&str> {
        let said = match sum {
            Sum::Visits => &self.visits,
            Sum::Signatures => &self.signatures,
            Sum::Sheets => &self.sheets,
            Sum::Lines => &self.lines,
        };
        said.as_deref()
    }
}

/// The sum; none where it is none that a table could count.
fn added(parts: &[u64]) -> Option<u64> {
    parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(*part))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One whose sums agree.
    fn closing() -> Closing {
        Closing {
            opening: None,
            place: LogPlace { generation: 1, size: 6, root: [0; 32] },
            visits: VisitSums { begun: 4, signed: 2, abandoned: 1, wiped: 1 },
            signatures: SignatureSums {
                kiosk: 3,
                paper: 2,
                growth: Some(5),
                received: 4,
                waiting: 1,
                notes: Some(1),
            },
            sheets: Some(SheetCounts { issued: 10, returned: 1, spoiled: 2, blank: 7 }),
            lines: LineSums { sheets: 1, lines: 6, entered: 2, struck: 1, illegible: 1, blank: 2 },
            explained: None,
            witness: None,
            laptop_seal: None,
            stick_seal: None,
            pauses: 0,
            paused_minutes: 0,
            hand_overs: 0,
        }
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut Closing), expect: &[Sum]) {
        let mut closing = closing();
        change(&mut closing);
        assert_eq!(closing.differing(), expect);
        assert_eq!(closing.unexplained(), expect);
    }

    #[test]
    fn each_sum_is_checked_by_itself_and_one_that_nobody_can_count_differs() {
        check(|_| (), &[]);
        check(|closing| closing.visits.begun = 5, &[Sum::Visits]);
        check(|closing| closing.signatures.kiosk = 2, &[Sum::Signatures]);
        check(|closing| closing.signatures.growth = Some(6), &[Sum::Signatures]);
        check(|closing| closing.signatures.waiting = 0, &[Sum::Signatures]);
        check(|closing| closing.signatures.growth = None, &[]);
        check(|closing| closing.sheets = None, &[]);
        check(
            |closing| closing.sheets = Some(SheetCounts { issued: 1, ..SheetCounts::default() }),
            &[Sum::Sheets],
        );
        check(|closing| closing.lines.blank = 1, &[Sum::Lines]);
        check(
            |closing| (closing.visits.signed, closing.visits.abandoned) = (u64::MAX, u64::MAX),
            &[Sum::Visits],
        );
        check(
            |closing| {
                (closing.signatures.growth, closing.signatures.kiosk, closing.signatures.received) =
                    (None, u64::MAX, u64::MAX);
            },
            &[Sum::Signatures],
        );
    }

    #[test]
    fn what_is_explained_still_differs() {
        let explained = Explained { visits: Some("The battery was empty.".into()), ..Explained::default() };
        let mut closing = closing();
        (closing.visits.begun, closing.lines.lines, closing.explained) = (9, 9, Some(explained));
        assert_eq!(closing.differing(), [Sum::Visits, Sum::Lines]);
        assert_eq!(closing.unexplained(), [Sum::Lines]);
    }
}
