//! A list read once before anything is taken in: what the organizer is asked, and how many rows each repair would touch.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use serde::Serialize;
use ts_rs::TS;

use super::answers::{Answers, DateOrder, NoteCode};
use super::countries::{Named, find_country};
use super::reader::PersonReader;
use crate::columns::{Holds, Mapping};
use crate::error::ListError;
use crate::row::Row;
use crate::table::Table;

/// How many different names of countries are asked about; of more, the list is told to be something else.
const COUNTRIES_MAX: usize = 200;

/// What a list needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Survey {
    /// How many rows it has in which anything is written.
    #[ts(type = "number")]
    pub rows: u64,
    /// How many of them hang over, lack cells, or are otherwise odd.
    #[ts(type = "number")]
    pub faulty: u64,
    /// The order of day and month that the column proves: at least one date is possible in this order alone, and none in the other alone.
    pub date_order: Option<DateOrder>,
    /// Dates of both orders are in the column: no answer is right for all.
    pub has_both_orders: bool,
    /// How many rows have each note, by column. Offered repairs are among them.
    pub notes: Vec<NoteCount>,
    /// Names of countries that are not understood, or have several meanings.
    pub countries: Vec<CountryQuestion>,
}

/// How many rows have a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NoteCount {
    /// Which column, counted from 0.
    pub column: u32,
    /// Which note.
    pub code: NoteCode,
    /// How many rows.
    #[ts(type = "number")]
    pub rows: u64,
}

/// A name that may be a country's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CountryQuestion {
    /// As the list writes it.
    pub text: String,
    /// Which it can be, ISO 3166-1 alpha-2; none where it is not understood.
    pub choices: Vec<String>,
    /// How many rows.
    #[ts(type = "number")]
    pub rows: u64,
}

/// Reads a table to its end, as it would be taken in with these answers. `now` in Unix seconds.
///
/// # Errors
/// Where the file cannot be read on.
pub fn survey<R: Read + Seek>(
    mut table: Table<R>,
    mapping: &Mapping,
    answers: &Answers,
    now: u64,
) -> Result<Survey, ListError> {
    let reader = PersonReader::new(mapping.clone(), answers.clone(), table.is_1904(), now);
    let country = mapping.columns.iter().position(|holds| *holds == Holds::Country);
    let (mut row, mut found) = (Row::default(), Survey::default());
    let mut notes = BTreeMap::<(u32, NoteCode), u64>::new();
    let mut countries = BTreeMap::<String, u64>::new();
    let (mut day_first, mut month_first) = (false, false);
    while table.next(&mut row)? {
        if row.cells().all(|cell| cell.text.trim().is_empty()) {
            continue;
        }
        found.rows += 1;
        found.faulty += u64::from(!row.faults().is_empty());
        let read = reader.read(&row);
        for note in &read.notes {
            *notes.entry((note.column, note.code)).or_default() += 1;
            if matches!(note.code, NoteCode::CountrySeveral | NoteCode::CountryUnknown) {
                let text = row.cell(country.unwrap_or_default()).text.trim();
                if countries.contains_key(text) || countries.len() < COUNTRIES_MAX {
                    *countries.entry(text.to_owned()).or_default() += 1;
                }
            }
        }
        day_first |= read.order == Some(DateOrder::DayFirst);
        month_first |= read.order == Some(DateOrder::MonthFirst);
    }
    found.has_both_orders = day_first && month_first;
    found.date_order = match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    };
    found.notes = notes.into_iter().map(|((column, code), rows)| NoteCount { column, code, rows }).collect();
    found.countries = countries.into_iter().map(|(text, rows)| question(text, rows)).collect();
    Ok(found)
}

fn question(text: String, rows: u64) -> CountryQuestion {
    let choices = match find_country(&text) {
        Named::Several(codes) => codes.iter().map(|code| (*code).to_owned()).collect(),
        _ => Vec::new(),
    };
    CountryQuestion { text, choices, rows }
}
