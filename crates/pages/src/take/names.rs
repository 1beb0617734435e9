//! Who started a petition, and to whom it is addressed.

use crate::byline::{Asks, Byline, find_byline, name};
use crate::part::{Doubt, Found, LeftKind, Part, PartName, Why};
use crate::take::roles::{Page, Role, is_entry};

/// Bylines are looked for in so many lines.
const LINES_MAX: usize = 1000;

/// Which bylines are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that can be nothing else.
    Plain,
    /// Those that may as well be a title.
    MayBeTitle,
}

/// Takes the names out of a page.
pub(crate) fn take_names(page: &mut Page<'_>, found: &mut Found, which: Which) {
    for at in 0..page.end.min(LINES_MAX) {
        let Some(line) = page.lines.get(at).filter(|line| page.is_free(at) && !is_entry(line)) else {
            continue;
        };
        let Some(byline) = find_byline(&line.text) else { continue };
        if byline.may_be_title == (which == Which::MayBeTitle) {
            take(page, found, at, byline);
        }
    }
}

fn take(page: &mut Page<'_>, found: &mut Found, at: usize, byline: Byline) {
    let why = if byline.is_sentence { Why::Sentence } else { Why::Label };
    if byline.has_day {
        page.set(at, Role::Left(LeftKind::Day));
    }
    if let Some(by) = byline.by {
        put(page, found, PartName::StartedBy, by, &[at], why);
    }
    if let Some(to) = byline.to {
        put(page, found, PartName::AddressedTo, to, &[at], why);
    }
    for asks in byline.asks {
        let (part, beside) = match asks {
            Asks::ByBefore => (PartName::StartedBy, at.checked_sub(1)),
            Asks::ByAfter => (PartName::StartedBy, Some(at + 1)),
            Asks::ToAfter => (PartName::AddressedTo, Some(at + 1)),
            Asks::DayAfter => {
                take_day(page, at);
                continue;
            }
        };
        let Some(beside) = beside.filter(|beside| page.is_free(*beside)) else { continue };
        let line = page.lines.get(beside).filter(|line| line.text.chars().count() <= 120);
        if let Some(value) = line.and_then(|line| name(&line.text)) {
            put(page, found, part, value, &[at, beside], Why::BesideLabel);
        }
    }
    if page.is_free(at) {
        page.set(at, Role::Left(LeftKind::Unknown));
    }
}

/// A label of a day, and the day on the next line.
fn take_day(page: &mut Page<'_>, at: usize) {
    page.set(at, Role::Left(LeftKind::Day));
    let is_day = page.lines.get(at + 1).is_some_and(|line| {
        line.text.len() < 60 && line.text.chars().any(|c| crate::tokens::digit(c).is_some())
    });
    if is_day && page.is_free(at + 1) {
        page.set(at + 1, Role::Left(LeftKind::Day));
    }
}

/// Puts a name into its part.
fn put(page: &mut Page<'_>, found: &mut Found, which: PartName, value: String, at: &[usize], why: Why) {
    let mut lines: Vec<u32> =
        at.iter().filter_map(|at| page.lines.get(*at)).map(|line| line.number).collect();
    lines.sort_unstable();
    at.iter().for_each(|at| page.set(*at, Role::Part));
    let part = if which == PartName::StartedBy { &mut found.started_by } else { &mut found.addressed_to };
    match part {
        Some(known) => {
            if known.value != value {
                found.doubts.push(Doubt::Differs { part: which, lines: lines.clone() });
            }
            known.also_at(lines);
        }
        None => *part = Some(Part::new(value, lines, why)),
    }
}
