//! Reading the file of a roll, a line at a time.

use std::io::{BufRead, BufReader, Read};

use csv::ByteRecord;
use matching::Signer;

use super::layout::{RollColumns, RollLayout};
use crate::error::DeskError;

/// No line of a roll is longer.
pub(super) const LINE_MAX: u64 = 1 << 20;

/// An entry of a roll, as far as a look-up needs it. Personal data: it has no `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) number: String,
    /// "Family, First Middle" where the roll has them apart.
    pub(super) name: String,
    /// `YYYY`, or `YYYY-MM-DD`.
    pub(super) birth: String,
    pub(super) street: String,
    pub(super) postal_code: String,
    pub(super) city: String,
    /// The area for which quotas are.
    pub(super) area: String,
}

impl Entry {
    /// The entry as it is compared.
    pub(super) fn signer(&self) -> Signer<'_> {
        fn given(text: &str) -> Option<&str> {
            (!text.is_empty()).then_some(text)
        }
        Signer {
            name: &self.name,
            postal_code: given(&self.postal_code),
            city: given(&self.city),
            street: given(&self.street),
            birth: given(&self.birth),
            document: given(&self.number),
            ..Signer::default()
        }
    }
}

/// Where the values of an entry stand in a line.
struct Places {
    number: Vec<usize>,
    name: Vec<usize>,
    given: Vec<usize>,
    family: Vec<usize>,
    suffix: Vec<usize>,
    birth: Vec<usize>,
    street: Vec<usize>,
    postal_code: Vec<usize>,
    city: Vec<usize>,
    area: Vec<usize>,
    status: Vec<usize>,
}

impl Places {
    /// Of several columns that are named for a value, those that are there; a roll without names is none.
    fn find(columns: &RollColumns, headings: Option<&[String]>) -> Result<Self, DeskError> {
        let find = |named: &[String]| -> Vec<usize> {
            let place = |name: &String| match headings {
                Some(headings) => {
                    headings.iter().position(|heading| heading.trim().eq_ignore_ascii_case(name.trim()))
                }
                None => name.parse::<usize>().ok().and_then(|number| number.checked_sub(1)),
            };
            named.iter().filter_map(place).collect()
        };
        let places = Self {
            number: find(&columns.number),
            name: find(&columns.name),
            given: find(&columns.given),
            family: find(&columns.family),
            suffix: find(&columns.suffix),
            birth: find(&columns.birth),
            street: find(&columns.street),
            postal_code: find(&columns.postal_code),
            city: find(&columns.city),
            area: find(&columns.area),
            status: find(&columns.status),
        };
        if places.name.is_empty() && (places.given.is_empty() || places.family.is_empty()) {
            return Err(DeskError::RollColumns);
        }
        Ok(places)
    }
}

/// The lines of a file, each as its values.
enum Lines<R: Read> {
    Delimited(Box<csv::Reader<R>>, ByteRecord),
    Fixed(BufReader<R>, Vec<usize>),
}

impl<R: Read> Lines<R> {
    fn new(file: R, layout: &RollLayout) -> Self {
        let Some(delimiter) = layout.delimiter else {
            return Self::Fixed(BufReader::with_capacity(1 << 16, file), layout.widths.clone());
        };
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .quoting(layout.is_quoted)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(file);
        Self::Delimited(Box::new(reader), ByteRecord::new())
    }

    /// Puts the values of the next line into `values`; false at the end.
    fn next(&mut self, values: &mut Vec<String>) -> Result<bool, DeskError> {
        values.clear();
        match self {
            Self::Delimited(reader, record) => {
                if !reader.read_byte_record(record).map_err(|_| DeskError::RollUnreadable)? {
                    return Ok(false);
                }
                values.extend(record.iter().map(decoded));
            }
            Self::Fixed(reader, widths) => {
                let mut line = Vec::new();
                let read = reader.by_ref().take(LINE_MAX).read_until(b'\n', &mut line);
                if read.map_err(|_| DeskError::RollUnreadable)? == 0 {
                    return Ok(false);
                }
                let line = decoded(&line);
                let mut letters = line.trim_end_matches(['\r', '\n']).chars();
                values.extend(widths.iter().map(|width| letters.by_ref().take(*width).collect::<String>()));
            }
        }
        Ok(true)
    }
}

/// A text in UTF-8, or as Windows wrote it in the west: those that give such files know no other.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    text.trim_start_matches('\u{feff}').trim().to_owned()
}

/// Calls `each` with every entry that is in force; it stops the reading by an error. Gives how many lines were passed over: of ended
/// entries, or without a name.
pub(super) fn read(
    file: impl Read,
    layout: &RollLayout,
    mut each: impl FnMut(Entry) -> Result<(), DeskError>,
) -> Result<u64, DeskError> {
    let (mut lines, mut values) = (Lines::new(file, layout), Vec::new());
    let places = if layout.has_headings {
        if !lines.next(&mut values)? {
            return Err(DeskError::RollColumns);
        }
        Places::find(&layout.columns, Some(&values))?
    } else {
        Places::find(&layout.columns, None)?
    };
    let mut passed_over = 0;
    while lines.next(&mut values)? {
        match entry_of(&values, &places, layout) {
            Some(entry) => each(entry)?,
            None => passed_over += 1,
        }
    }
    Ok(passed_over)
}

/// The entry in a line; none where it is ended, or has no name.
fn entry_of(values: &[String], places: &Places, layout: &RollLayout) -> Option<Entry> {
    let join = |places: &[usize]| {
        let values = places.iter().filter_map(|place| values.get(*place));
        values.map(|value| value.trim()).filter(|value| !value.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let status = join(&places.status);
    if layout.ended.iter().any(|ended| ended.eq_ignore_ascii_case(&status)) {
        return None;
    }
    let whole = join(&places.name);
    let name = if whole.is_empty() {
        let (family, given, suffix) = (join(&places.family), join(&places.given), join(&places.suffix));
        match (family.as_str(), given.as_str()) {
            ("", _) => given,
            (_, "") => family,
            _ => format!("{family}, {given} {suffix}").trim_end().to_owned(),
        }
    } else {
        whole
    };
    (!name.is_empty()).then(|| Entry {
        number: join(&places.number),
        name,
        birth: date_of(&join(&places.birth)),
        street: join(&places.street),
        postal_code: join(&places.postal_code),
        city: join(&places.city),
        area: join(&places.area),
    })
}

/// A date of birth as `YYYY-MM-DD`, or its year. Dates with strokes are month, day, year, as the states that have them write them.
fn date_of(text: &str) -> String {
    let parts: Vec<&str> = text.split(['/', '-', ' ']).collect();
    match *parts.as_slice() {
        [month, day, year] if text.contains('/') && year.len() == 4 => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        [year, month, day, ..] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        [whole] if whole.len() == 8 && whole.bytes().all(|digit| digit.is_ascii_digit()) => {
            format!("{}-{}-{}", &whole[..4], &whole[4..6], &whole[6..])
        }
        [year] if year.len() == 4 => year.to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn entries(layout: &str, file: &[u8]) -> (Vec<[String; 7]>, u64) {
        let mut found = Vec::new();
        let layout = RollLayout::named(layout).unwrap();
        let passed_over = read(file, &layout, |entry| {
            let Entry { number, name, birth, street, postal_code, city, area } = entry;
            found.push([number, name, birth, street, postal_code, city, area]);
            Ok(())
        });
        (found, passed_over.unwrap())
    }

    #[test]
    fn the_voter_files_of_states_are_read_as_they_come() {
        let washington = b"StateVoterID|FName|MName|LName|NameSuffix|Birthyear|RegStNum|RegStFrac|RegStName|RegStType|RegUnitType|RegStPreDirection|RegStPostDirection|RegUnitNum|RegCity|RegState|RegZipCode|CountyCode|StatusCode\r\n\
            12345|ADA|\"B\"|LOVELACE|JR|1985|1420||PINE|ST|APT|NW||7|SEATTLE|WA|98101|KI|Active\r\n";
        let (found, _) = entries("washington", washington);
        let expected =
            ["12345", "LOVELACE, ADA \"B\" JR", "1985", "1420 NW PINE ST APT 7", "98101", "SEATTLE", "KI"];
        assert_eq!(found, [expected.map(str::to_owned)]);
        let carolina = b"ncid\tlast_name\tfirst_name\tmiddle_name\tname_suffix_lbl\tstatus_cd\tres_street_address\tres_city_desc\tzip_code\tbirth_year\n\
            \"AA1\"\t\"NU\xd1EZ\"\t\"JOS\xc9\"\t\"\"\t\"\"\t\"A\"\t\"9  MAIN ST   \"\t\"CARY\"\t\"27511\"\t\"1990\"\n\
            \"AA2\"\t\"GONE\"\t\"ANN\"\t\"\"\t\"\"\t\"R\"\t\"9 MAIN ST\"\t\"CARY\"\t\"27511\"\t\"1990\"\n";
        let (found, passed_over) = entries("north-carolina", carolina);
        assert_eq!((found.len(), passed_over, found[0][1].as_str()), (1, 1, "NU\u{d1}EZ, JOS\u{c9}"));
        let mut florida = vec![""; 38];
        for (place, value) in [
            (0, "HIL"),
            (1, "9"),
            (2, "Poe"),
            (4, "Ann"),
            (7, "1 Sea Rd"),
            (9, "Tampa"),
            (11, "33601"),
            (21, "03/04/1970"),
        ] {
            florida[place] = value;
        }
        let (found, _) = entries("florida", florida.join("\t").as_bytes());
        let expected = ["9", "Poe, Ann", "1970-03-04", "1 Sea Rd", "33601", "Tampa", "HIL"];
        assert_eq!(found, [expected.map(str::to_owned)]);
    }

    #[test]
    fn places_that_are_fixed_are_cut_by_characters() {
        let layout = RollLayout {
            delimiter: None,
            is_quoted: false,
            has_headings: false,
            widths: vec![3, 8, 6],
            columns: RollColumns {
                number: vec!["1".to_owned()],
                name: vec!["2".to_owned()],
                postal_code: vec!["3".to_owned()],
                ..RollColumns::default()
            },
            ended: Vec::new(),
        };
        let mut found = Vec::new();
        let file = "001Zo\u{eb} Poe 98101\r\n\r\n002Al Ito  98102\n".as_bytes();
        let passed_over = read(file, &layout, |entry| {
            found.push((entry.number, entry.name, entry.postal_code));
            Ok(())
        });
        assert_eq!(passed_over.unwrap(), 1);
        let expected = [("001", "Zo\u{eb} Poe", "98101"), ("002", "Al Ito", "98102")];
        assert_eq!(
            found,
            expected.map(|(one, two, three)| (one.to_owned(), two.to_owned(), three.to_owned()))
        );
    }

    #[test]
    fn a_file_without_names_is_no_roll() {
        let layout = RollLayout::named("ohio").unwrap();
        for file in [&b""[..], b"a,b\n1,2\n"] {
            assert!(matches!(read(file, &layout, |_| Ok(())), Err(DeskError::RollColumns)));
        }
    }
}
