//! Which signatures of the ledger are asked for.

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use petition::Method;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use wire::{Chosen, ChosenMethod};

/// Which signatures of the ledger are asked for: those that agree with everything that is given.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct LedgerFilter {
    /// Looked for in name, e-mail, phone, postal code, city, street, comment and place, without regard to case, width or spacing; empty
    /// means all.
    pub search: String,
    /// The petition signed.
    pub petition: Option<Uuid>,
    /// What they stand for.
    pub standing: Option<StandingName>,
    /// How they were taken.
    pub method: Option<Method>,
    /// The language of the screen, BCP 47.
    pub language: Option<String>,
    /// Where they were signed, by the shift; an empty one is of none.
    pub place: Option<String>,
    /// The table of their first place.
    pub table: Option<Uuid>,
    /// The generation of that table's log.
    pub generation: Option<u32>,
    /// The shift.
    pub shift: Option<Uuid>,
    /// The postal code, or the city where there is none; an empty one is of those with neither.
    pub area: Option<String>,
    /// The domain of the e-mail address; an empty one is of those without.
    pub domain: Option<String>,
    /// Hex: the hash of the text that was signed.
    pub text: Option<String>,
    /// The day of signing, RFC 3339: of paper the one on the sheet, else the one at this computer.
    pub day: Option<String>,
    /// What came of looking them up in a roll.
    pub roll: Option<RollStanding>,
    /// Signed at this time or later, Unix seconds.
    pub from: Option<i64>,
    /// Signed before this time, Unix seconds.
    pub until: Option<i64>,
}

impl LedgerFilter {
    /// What a decision about many chooses for it: all of a petition, whatever they stand for. None where it asks for no petition, for
    /// what changes or is known here alone (a text, a standing, a roll), or for nothing else. A day is that of this computer.
    pub fn chosen(&self) -> Option<(Uuid, Chosen)> {
        let petition = self.petition?;
        let of_day = match &self.day {
            Some(day) => Some(bounds(day)?),
            None => None,
        };
        let (from, until) = of_day.map_or((None, None), |(from, until)| (Some(from), Some(until)));
        let chosen = Chosen {
            table: self.table,
            generation: self.generation,
            shift: self.shift,
            place: self.place.clone(),
            from: self.from.max(from),
            until: [self.until, until].into_iter().flatten().min(),
            domain: self.domain.clone(),
            area: self.area.clone(),
            language: self.language.clone(),
            method: self.method.map(|method| match method {
                Method::Kiosk => ChosenMethod::Kiosk,
                Method::Paper => ChosenMethod::Paper,
            }),
            text: self.text.clone(),
        };
        (!self.is_of_now() && chosen != Chosen::default()).then_some((petition, chosen))
    }

    /// Whether it asks for what changes, or is known at this desk alone: a decision about those is about each that there is now.
    pub fn is_of_now(&self) -> bool {
        !self.search.is_empty() || self.standing.is_some() || self.roll.is_some()
    }
}

/// When a day begins and ends at this computer, Unix seconds.
fn bounds(day: &str) -> Option<(i64, i64)> {
    let day: Date = day.parse().ok()?;
    let start = |day: Date| Some(TimeZone::system().to_timestamp(day.at(0, 0, 0, 0)).ok()?.as_second());
    Some((start(day)?, start(day.checked_add(1.day()).ok()?)?))
}

impl From<&str> for LedgerFilter {
    fn from(search: &str) -> Self {
        Self { search: search.to_owned(), ..Self::default() }
    }
}

/// What a signature stands for, without its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StandingName {
    /// It counts.
    Counted,
    /// The same person has signed before.
    Duplicate,
    /// It does not count, by the organizer's word.
    Void,
    /// The person took it back, or what it said is erased.
    Withdrawn,
    /// To be looked at before it counts.
    InReview,
}

/// What came of looking a signature up in a roll.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum RollStanding {
    /// An entry is the signer's.
    #[serde(rename = "found")]
    Found,
    /// A person has to look.
    #[serde(rename = "unsure")]
    Unsure,
    /// None is.
    #[serde(rename = "not_found")]
    NotFound,
    /// It was not looked up.
    #[serde(rename = "")]
    NotLookedUp,
}

impl RollStanding {
    /// As it is kept.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Unsure => "unsure",
            Self::NotFound => "not_found",
            Self::NotLookedUp => "",
        }
    }
}
