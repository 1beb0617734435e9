//! A row read as a person, by the mapping and the answers.

use jiff::{Timestamp, civil::Date, tz::Offset};
use petition::Draft;

use super::answers::{Answers, DateOrder, NoteCode, RowNote};
use super::countries::{Named, find_country};
use super::dates::{Written, read_date};
use super::guard::{unguarded, without_guard};
use super::postal::with_noughts;
use super::signed_at::SignedAt;
use crate::book::moment;
use crate::columns::{Holds, Mapping};
use crate::row::{Cell, CellKind, Row};

/// Reads rows as people.
pub(super) struct PersonReader {
    mapping: Mapping,
    answers: Answers,
    is_1904: bool,
    /// The last day that there is now anywhere.
    last_day: Date,
}

/// What a row says of a person.
#[derive(Default)]
pub(super) struct Read {
    pub(super) draft: Draft,
    pub(super) own_id: Option<String>,
    pub(super) signed_at: Option<SignedAt>,
    /// The order that a date proves.
    pub(super) order: Option<DateOrder>,
    pub(super) notes: Vec<RowNote>,
}

/// A name in parts.
#[derive(Default)]
struct Parts<'a>([&'a str; 5]);

impl PersonReader {
    /// `now` in Unix seconds.
    pub(super) fn new(mapping: Mapping, answers: Answers, is_1904: bool, now: u64) -> Self {
        const DAY: i64 = 86_400;
        let tomorrow = i64::try_from(now).unwrap_or(i64::MAX).saturating_add(DAY);
        let last_day =
            Timestamp::from_second(tomorrow).map_or(Date::MAX, |at| Offset::UTC.to_datetime(at).date());
        Self { mapping, answers, is_1904, last_day }
    }

    /// What a row says.
    pub(super) fn read(&self, row: &Row) -> Read {
        let mut read = Read::default();
        let mut parts = Parts::default();
        let (mut postal, mut country) = (None, None);
        for (column, holds) in (0..).zip(&self.mapping.columns) {
            let cell = row.cell(column as usize);
            let text = cell.text.trim();
            if *holds == Holds::Ignored || text.is_empty() {
                continue;
            }
            let mut note = |code| read.notes.push(RowNote { column, code });
            let is_consent = matches!(holds, Holds::ShowPublicly | Holds::SendUpdates | Holds::Share);
            if cell.kind == CellKind::Error || (cell.kind == CellKind::Truth && !is_consent) {
                note(NoteCode::NoValue);
                continue;
            }
            let draft = &mut read.draft;
            match holds {
                Holds::Ignored => {}
                Holds::OwnId => put(read.own_id.get_or_insert_default(), self.plain(text)),
                Holds::Title => parts.put(0, without_guard(text)),
                Holds::Given => parts.put(1, without_guard(text)),
                Holds::Middle => parts.put(2, without_guard(text)),
                Holds::Family => parts.put(3, without_guard(text)),
                Holds::Suffix => parts.put(4, without_guard(text)),
                Holds::FullName => put(&mut draft.full_name, self.plain(text)),
                Holds::Email => put(&mut draft.email, self.plain(text)),
                Holds::City => put(&mut draft.city, self.plain(text)),
                Holds::Region => put(&mut draft.region, self.plain(text)),
                Holds::Comment => put(&mut draft.comment, self.plain(cell.text)),
                Holds::Language => put(&mut draft.language, self.plain(text)),
                Holds::Street | Holds::Street2 => {
                    if !draft.street.is_empty() {
                        draft.street.push_str(", ");
                    }
                    draft.street.push_str(&self.plain(text));
                }
                Holds::Phone => match self.number(text, &mut note) {
                    Some(phone) => put(&mut draft.phone, phone),
                    None => note(NoteCode::DigitsLost),
                },
                Holds::PostalCode => postal = postal.or(Some((column, cell))),
                Holds::Country => country = country.or(Some((column, text))),
                Holds::SignedAt => {
                    if read.signed_at.is_none() {
                        let found = self.date(cell, &mut read.order);
                        read.signed_at = found.map_err(&mut note).ok();
                    }
                }
                Holds::ShowPublicly => draft.show_publicly |= yes_or_no(text, &mut note),
                Holds::SendUpdates => draft.send_updates |= yes_or_no(text, &mut note),
                Holds::Share => draft.share |= yes_or_no(text, &mut note),
            }
        }
        if read.draft.full_name.is_empty() {
            read.draft.full_name = parts.joined();
        }
        read.draft.country = match country {
            Some((column, text)) => self.country(text).unwrap_or_else(|code| {
                read.notes.push(RowNote { column, code });
                String::new()
            }),
            None => self.answers.default_country.clone().unwrap_or_default(),
        };
        if let Some((column, cell)) = postal {
            let mut note = |code| read.notes.push(RowNote { column, code });
            read.draft.postal_code = self.postal_code(cell, &read.draft.country, &mut note);
        }
        read
    }

    /// A text as it was typed, without the guard of an export.
    fn plain(&self, text: &str) -> String {
        if self.mapping.is_own { unguarded(text) } else { without_guard(text).to_owned() }
    }

    /// A number that is no quantity; none where its digits are gone.
    fn number(&self, text: &str, note: &mut impl FnMut(NoteCode)) -> Option<String> {
        let text = self.plain(text);
        if is_cut(&text) {
            return None;
        }
        let whole = text
            .strip_suffix(".0")
            .filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
        match whole {
            Some(whole) if self.answers.repairs.point_noughts => Some(whole.to_owned()),
            Some(_) => {
                note(NoteCode::PointNought);
                Some(text)
            }
            None => Some(text),
        }
    }

    fn postal_code(&self, cell: Cell<'_>, country: &str, note: &mut impl FnMut(NoteCode)) -> String {
        let Some(text) = self.number(cell.text.trim(), note) else {
            note(NoteCode::DigitsLost);
            return String::new();
        };
        let may_have_lost = matches!(cell.kind, CellKind::Written | CellKind::Number);
        match with_noughts(&text, country).filter(|_| may_have_lost) {
            Some(whole) if self.answers.repairs.noughts => whole,
            Some(_) => {
                note(NoteCode::NoughtsLost);
                text
            }
            None => text,
        }
    }

    /// The code of the country that is meant; empty where the organizer said that none is.
    fn country(&self, text: &str) -> Result<String, NoteCode> {
        if let Some(answer) = self.answers.countries.get(text) {
            return Ok(answer.clone());
        }
        match find_country(text) {
            Named::One(code) => Ok(code.to_owned()),
            Named::Several(_) => Err(NoteCode::CountrySeveral),
            Named::None => Err(NoteCode::CountryUnknown),
        }
    }

    fn date(&self, cell: Cell<'_>, order: &mut Option<DateOrder>) -> Result<SignedAt, NoteCode> {
        let text = cell.text.trim();
        let days = if cell.kind == CellKind::Text { None } else { day_number(text) };
        let written = match days.map(|days| moment(days, self.is_1904)) {
            Some(_) if !self.answers.repairs.day_numbers => return Err(NoteCode::DayNumber),
            Some(shown) => shown.as_deref().and_then(read_date),
            None => read_date(text),
        };
        let at = match written.ok_or(NoteCode::DateUnknown)? {
            Written::One(at) => at,
            Written::Ordered { at, day_first } => {
                *order = Some(if day_first { DateOrder::DayFirst } else { DateOrder::MonthFirst });
                at
            }
            Written::Either { day_first, month_first } => match self.answers.date_order {
                Some(DateOrder::DayFirst) => day_first,
                Some(DateOrder::MonthFirst) => month_first,
                None => return Err(NoteCode::DateOrder),
            },
        };
        if at.day > self.last_day { Err(NoteCode::DateInFuture) } else { Ok(at) }
    }
}

impl<'a> Parts<'a> {
    fn put(&mut self, place: usize, text: &'a str) {
        if self.0[place].is_empty() {
            self.0[place] = text;
        }
    }

    fn joined(&self) -> String {
        self.0.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    }
}

/// Of two columns that hold the same, the first in which anything is written counts.
fn put(place: &mut String, text: String) {
    if place.is_empty() {
        *place = text;
    }
}

/// Whether a spreadsheet cut a number's digits: `1.20656E+10`, `1,2E+10`, `2E10`.
fn is_cut(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let is_signed = exponent.starts_with('+');
    digits(whole.trim_start_matches('-'))
        && digits(part)
        && whole.len() <= 3
        && digits(exponent.trim_start_matches('+'))
        && (is_signed || exponent.len() == 2)
}

/// A number of days that a list of signatures can mean: 1954 to 2119.
fn day_number(text: &str) -> Option<f64> {
    let is_number = text.len() >= 5 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let days: f64 = text.parse().ok().filter(|_| is_number)?;
    (20_000.0..80_000.0).contains(&days).then_some(days)
}

fn yes_or_no(text: &str, note: &mut impl FnMut(NoteCode)) -> bool {
    const YES: &str = "yes y true t 1 x on oui si sí ja j sim sì tak ano da да так 是 はい 네 نعم có oo haa አዎ evet subscribed checked opted-in";
    const NO: &str = "no n false f 0 - off non nein não nie ne нет ні 否 いいえ 아니요 لا không hindi maya አይ hayır unsubscribed unchecked opted-out none";
    let lower = text.to_lowercase();
    let is_of = |words: &str| words.split(' ').any(|word| word == lower);
    if is_of(YES) {
        return true;
    }
    if !is_of(NO) {
        note(NoteCode::NotYesOrNo);
    }
    false
}
