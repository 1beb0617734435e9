//! What the organizer answered about a list, and what is noted of each of its rows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the organizer answered about a list. Nothing of it is guessed: without an answer a value stays empty, and is noted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// Of dates like 03/04/2026: which comes first, in the whole column.
    pub date_order: Option<DateOrder>,
    /// The country of rows that name none, ISO 3166-1 alpha-2.
    pub default_country: Option<String>,
    /// Of names of countries that are not understood, or have several meanings, as the list writes them: which country is meant; an
    /// empty code for none.
    pub countries: BTreeMap<String, String>,
    /// What is put back that was lost.
    pub repairs: Repairs,
}

/// Which comes first in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 13/04/2026.
    DayFirst,
    /// 04/13/2026.
    MonthFirst,
}

/// What is put back that was lost: each only where the organizer saw how many rows it touches, and said so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Repairs {
    /// The noughts before postal codes that are numbers ([`NoteCode::NoughtsLost`]).
    pub noughts: bool,
    /// Days counted from 1900 or 1904 in the place of dates ([`NoteCode::DayNumber`]).
    pub day_numbers: bool,
    /// `.0` behind postal codes and telephone numbers ([`NoteCode::PointNought`]).
    pub point_noughts: bool,
}

/// Something about a cell that is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RowNote {
    /// Which column, counted from 0.
    pub column: u32,
    /// What.
    pub code: NoteCode,
}

/// What can be noted of a cell. A screen has words for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteCode {
    /// An error of a formula, or TRUE where a text belongs: no value.
    NoValue,
    /// `1.23E+10`: the digits are gone. No value.
    DigitsLost,
    /// A postal code that is a number, too short for its country by what can be noughts. Offered as a repair.
    NoughtsLost,
    /// A number with `.0` behind it. Offered as a repair.
    PointNought,
    /// A date that is a number of days. Offered as a repair; no date without it.
    DayNumber,
    /// The day or the month may stand first. No date without an answer.
    DateOrder,
    /// Not understood as a date. No date.
    DateUnknown,
    /// A date after today. No date.
    DateInFuture,
    /// Several countries have that name. No country without an answer.
    CountrySeveral,
    /// Not understood as a country. No country without an answer.
    CountryUnknown,
    /// Neither yes nor no: taken as no.
    NotYesOrNo,
}
