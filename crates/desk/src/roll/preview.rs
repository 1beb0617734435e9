//! What a roll's file says, before it is loaded: its headings, how it seems to be laid out, and its first entries as they would be kept.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Seek},
    path::Path,
};

use serde::Serialize;
use ts_rs::TS;

use super::{
    layout::{ROLL_LAYOUTS, RollLayout},
    reading::{self, Entry, LINE_MAX},
};
use crate::error::DeskError;

/// So many entries are shown.
const SHOWN: usize = 5;

/// A roll's file as it would be read. Personal data: it has no `Debug`.
#[derive(Serialize, TS)]
pub struct RollPreview {
    /// The layout that was recognised by its headings, if any.
    pub recognised: Option<&'static str>,
    /// What stands between its values.
    pub delimiter: char,
    /// The values of its first line.
    pub headings: Vec<String>,
    /// Its first entries; none where no column is a name.
    pub entries: Vec<RollEntry>,
}

/// An entry as it would be kept. Personal data: it has no `Debug`.
#[derive(Serialize, TS)]
pub struct RollEntry {
    /// The number that is one person's.
    pub number: String,
    /// "Family, First Middle" where the roll has them apart.
    pub name: String,
    /// `YYYY`, or `YYYY-MM-DD`.
    pub birth: String,
    /// House number, street and flat.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// The area for which quotas are.
    pub area: String,
}

impl From<Entry> for RollEntry {
    fn from(entry: Entry) -> Self {
        let Entry { number, name, birth, street, postal_code, city, area } = entry;
        Self { number, name, birth, street, postal_code, city, area }
    }
}

/// Looks into the file of a roll. Without a layout, by the one that is recognised.
///
/// Errors: [`DeskError::RollUnreadable`].
pub fn preview_roll(file: &Path, layout: Option<&RollLayout>) -> Result<RollPreview, DeskError> {
    let unreadable = |_| DeskError::RollUnreadable;
    let mut file = File::open(file).map_err(unreadable)?;
    let mut first = Vec::new();
    BufReader::new(file.by_ref()).take(LINE_MAX).read_until(b'\n', &mut first).map_err(unreadable)?;
    let first = reading::decoded(&first);
    let (delimiter, headings) = split(&first);
    let recognised = recognise(delimiter, &headings);
    let named = recognised.and_then(RollLayout::named);
    let mut entries = Vec::new();
    if let Some(layout) = layout.or(named.as_ref()) {
        file.rewind().map_err(unreadable)?;
        let read = reading::read(&mut file, layout, |entry| {
            entries.push(RollEntry::from(entry));
            if entries.len() == SHOWN { Err(DeskError::Cancelled) } else { Ok(()) }
        });
        match read {
            Ok(_) | Err(DeskError::Cancelled | DeskError::RollColumns) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(RollPreview { recognised, delimiter: char::from(delimiter), headings, entries })
}

/// The values of a first line, by what stands between most of them.
fn split(line: &str) -> (u8, Vec<String>) {
    let parts = [b',', b'\t', b'|', b';'].map(|delimiter| (delimiter, values(line, delimiter)));
    // The first of those with most: a comma where there is nothing between.
    let most = parts.iter().map(|(_, values)| values.len()).max().unwrap_or_default();
    parts.into_iter().find(|(_, values)| values.len() == most).unwrap_or((b',', Vec::new()))
}

fn values(line: &str, delimiter: u8) -> Vec<String> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.iter().flat_map(|record| record.iter().map(|value| value.trim().to_owned())).collect()
}

/// The layout that has most of its columns among these headings, and those of the name.
fn recognise(delimiter: u8, headings: &[String]) -> Option<&'static str> {
    let fits = ROLL_LAYOUTS.iter().filter_map(|name| {
        let layout = RollLayout::named(name).filter(|layout| layout.delimiter == Some(delimiter))?;
        if !layout.has_headings {
            return None;
        }
        let columns = &layout.columns;
        let has = |named: &[String]| {
            named.iter().any(|name| headings.iter().any(|heading| heading.eq_ignore_ascii_case(name)))
        };
        let is_named = has(&columns.name) || (has(&columns.given) && has(&columns.family));
        let others = [&columns.number, &columns.birth, &columns.street, &columns.postal_code, &columns.city];
        let found = others.into_iter().filter(|named| has(named)).count();
        (is_named && found >= 2).then_some((found, *name))
    });
    // Of several the first that is named.
    fits.rev().max_by_key(|(found, _)| *found).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::fs;

    use super::*;

    fn preview(text: &str, layout: Option<&RollLayout>) -> RollPreview {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("roll");
        fs::write(&file, text).unwrap();
        preview_roll(&file, layout).unwrap()
    }

    #[test]
    fn a_file_says_whose_it_is_by_its_headings() {
        let of = |text: &str| preview(text, None).recognised;
        assert_eq!(of("number,name,postal_code\n1,Ada Byron,98101\n"), Some("members"));
        assert_eq!(of("StateVoterID|FName|MName|LName|RegCity|RegZipCode\n"), Some("washington"));
        assert_eq!(of("VOTER_ID\tFIRST_NAME\tLAST_NAME\tCITY\n"), Some("oregon"));
        assert_eq!(of("SOS_VOTERID,LAST_NAME,FIRST_NAME,DATE_OF_BIRTH\n"), Some("ohio"));
        assert_eq!(of("Mitgliedsnummer;Nachname;Vorname\n"), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn the_first_entries_are_shown_as_they_would_be_kept() {
        let many: String = (0..20).map(|number| format!("{number},Ada Byron,12 Oak St\n")).collect();
        let shown = preview(&format!("number,name,street\n{many}"), None);
        assert_eq!((shown.delimiter, shown.entries.len()), (',', SHOWN));
        assert_eq!(shown.entries[4].number, "4");
        let own = "\u{feff}Mitgliedsnummer;\"Name; ganz\"\n7;Zo\u{eb} Byron\n";
        let unknown = preview(own, None);
        assert_eq!((unknown.delimiter, unknown.entries.len()), (';', 0));
        assert_eq!(unknown.headings, ["Mitgliedsnummer", "Name; ganz"]);
        let mut layout = RollLayout::named("members").unwrap();
        layout.delimiter = Some(b';');
        layout.columns.name = vec!["Name; ganz".to_owned()];
        assert_eq!(preview(own, Some(&layout)).entries[0].name, "Zo\u{eb} Byron");
    }

    #[test]
    fn what_cannot_be_read_is_told_as_that() {
        let gone = preview_roll(Path::new("nowhere/roll.csv"), None);
        assert!(matches!(gone, Err(DeskError::RollUnreadable)));
    }
}
