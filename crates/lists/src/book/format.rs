//! What a cell shows of a number.

use super::mask::{Mask, Section};
use crate::row::CellKind;
use jiff::{
    Span,
    civil::{Date, DateTime, date},
};

/// How a number is shown.
pub(super) enum Style {
    /// As it is.
    General,
    /// As a date, or a time of day.
    Date,
    /// By a format that keeps its digits.
    Digits(Vec<Section>),
}

impl Style {
    /// By the code of a format, as `00000` or `yyyy-mm-dd`.
    pub(super) fn of_code(code: &str) -> Self {
        match Mask::of(code) {
            Mask::Other => Self::General,
            Mask::Date => Self::Date,
            Mask::Digits(sections) => Self::Digits(sections),
        }
    }

    /// By the number of a format that every workbook has (ISO/IEC 29500-1 §18.8.30): dates and times in every language, and
    /// numbers, none of which has noughts before it.
    pub(super) fn of_number(number: u32) -> Self {
        match number {
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            _ => Self::General,
        }
    }

    /// What a cell with that number shows, and what it then is.
    pub(super) fn show(&self, value: f64, is_1904: bool) -> (String, CellKind) {
        let plain = plain(value);
        match self {
            Self::General => (plain, CellKind::Number),
            Self::Date => match moment(value, is_1904) {
                Some(shown) => (shown, CellKind::Date),
                None => (plain, CellKind::Number),
            },
            Self::Digits(sections) => match Mask::show(sections, value, &plain) {
                Some(shown) => shown_or_plain(&shown, plain),
                None => (plain, CellKind::Number),
            },
        }
    }
}

/// What a format makes of a number, where it only adds signs and noughts to its digits. Where it takes digits away
/// (`1.21E+10`), or groups them by thousands, the number is taken as it is: a telephone number was meant whole.
pub(super) fn shown_or_plain(shown: &str, plain: String) -> (String, CellKind) {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let (shown, own) = (shown.trim(), digits(shown));
    let is_same = plain.bytes().all(|byte| byte.is_ascii_digit())
        && own.trim_start_matches('0') == plain.trim_start_matches('0')
        && !shown.contains([',', '\u{a0}', '\u{202f}', '%', '$', '€'])
        && !shown.chars().any(char::is_alphabetic);
    if !is_same {
        return (plain, CellKind::Number);
    }
    let kind = if shown == plain { CellKind::Number } else { CellKind::Shown };
    (shown.to_owned(), kind)
}

/// All digits of a number, without an exponent.
pub(super) fn plain(value: f64) -> String {
    // Beyond it a number is not exact any more, and its digits would be made up.
    const EXACT: f64 = 1e15;
    if value.abs() < EXACT { format!("{value}") } else { format!("{value:e}") }
}

/// The day, or the day and the time to the second, that a number of days stands for.
pub(crate) fn moment(days: f64, is_1904: bool) -> Option<String> {
    const DAY: f64 = 86_400.0;
    const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;
    if !days.is_finite() || !(0.0..3_000_000.0).contains(&days) {
        return None;
    }
    let seconds = (days * DAY).round();
    let (whole, rest) = ((seconds / DAY).floor(), seconds % DAY);
    // In the calendar of 1900 there is a 29 February 1900, which never was: days before it count from one later.
    let start: Date = match (is_1904, whole < 60.0) {
        (true, _) => date(1904, 1, 1),
        (false, true) => date(1899, 12, 31),
        (false, false) => date(1899, 12, 30),
    };
    let day = start.checked_add(Span::new().try_days(whole as i64).ok()?).ok()?;
    let at: DateTime = day.at(0, 0, 0, 0).checked_add(Span::new().try_seconds(rest as i64).ok()?).ok()?;
    if whole == 0.0 && !is_1904 {
        return Some(at.time().to_string());
    }
    YEARS.contains(&day.year()).then(|| if rest == 0.0 { day.to_string() } else { at.to_string() })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(code: &str, value: f64, shown: &str, kind: CellKind) {
        assert_eq!(Style::of_code(code).show(value, false), (shown.to_owned(), kind), "{code}");
    }

    #[test]
    fn noughts_and_dashes_of_a_format_are_shown() {
        check("00000", 2139.0, "02139", CellKind::Shown);
        check("00000", 73301.0, "73301", CellKind::Number);
        check("00000-0000", 21_391_234.0, "02139-1234", CellKind::Shown);
        check("[<=99999]00000;00000-0000", 21_391_234.0, "02139-1234", CellKind::Shown);
        check("[<=99999]00000;00000-0000", 2139.0, "02139", CellKind::Shown);
        check("[<=9999999]###-####;(###) ###-####", 2_065_550_100.0, "(206) 555-0100", CellKind::Shown);
        check("0000\\-000", 1_000_001.0, "1000-001", CellKind::Shown);
        check("0#\" \"##\" \"##\" \"##\" \"##", 612_345_678.0, "06 12 34 56 78", CellKind::Shown);
    }

    #[test]
    fn digits_are_never_taken_away() {
        for code in
            ["General", "", "@", "0.00E+00", "##0.0E+0", "#,##0", "#,##0.00", "0", "0%", "\"CHF\" 0.00"]
        {
            check(code, 12_065_550_102.0, "12065550102", CellKind::Number);
        }
        check("0.0", 0.25, "0.25", CellKind::Number);
    }

    #[test]
    fn days_are_dates_in_both_calendars() {
        check("yyyy-mm-dd", 46_085.0, "2026-03-04", CellKind::Date);
        check("[$-407]d. mmmm yyyy;@", 46_085.0, "2026-03-04", CellKind::Date);
        check("m/d/yy h:mm", 46_085.986_168_981_48, "2026-03-04T23:40:05", CellKind::Date);
        assert_eq!(Style::of_number(14).show(44_623.0, true).0, "2026-03-04");
        assert_eq!(moment(1.0, false).unwrap(), "1900-01-01");
        assert_eq!(moment(59.0, false).unwrap(), "1900-02-28");
        assert_eq!(moment(61.0, false).unwrap(), "1900-03-01");
        assert_eq!(moment(0.5, false).unwrap(), "12:00:00");
        assert_eq!(moment(46_085.999_999_999, false).unwrap(), "2026-03-05");
        check("yyyy", 12_065_550_102.0, "12065550102", CellKind::Number);
        check("[h]:mm", 30.5, "30.5", CellKind::Number);
    }

    proptest! {
        #[test]
        fn any_format_shows_any_number(code in "([0#?.,;@/%_* -]|\\[|\\]|[<>=]|[ymdhsE+]|General|\"a\"|\\\\-|\\PC){0,24}", value in any::<f64>()) {
            Style::of_code(&code).show(value, false);
            Style::of_code(&code).show((value % 1e12).trunc(), true);
        }
    }
}
