//! A page taken apart: from its lines to the parts of a petition.

mod counts;
mod doubts;
mod language;
mod names;
mod references;
mod roles;
mod text;
mod title;

use std::collections::BTreeSet;

use self::counts::take_counts;
use self::doubts::mark_doubts;
use self::language::find_language;
use self::names::{Which, take_names};
use self::references::{Entry, References, take_references};
use self::roles::{Page, Role, is_entry, is_prose, weight};
use self::text::{body_lines, body_markdown, reference_markdown};
use self::title::take_title;
use crate::line::{Line, Sheet, Span};
use crate::marks::only_mark;
use crate::part::{Found, FoundReference, LeftKind, LeftOver, Part, Why};
use crate::vocabulary::{ends_petition, heads_references, is_furniture};

/// Takes a page apart.
pub(crate) fn take_apart(sheet: Sheet) -> Found {
    let Sheet { seen, lines, page_title } = sheet;
    let mut found = Found { seen, ..Found::default() };
    let roles = lines.iter().map(first_role).collect();
    let mut page = Page { lines: &lines, roles, end: end_of_petition(&lines) };
    take_counts(&mut page, &mut found);
    take_names(&mut page, &mut found, Which::Plain);
    take_title(&mut page, &mut found, page_title.as_deref());
    if found.title.is_some() {
        take_names(&mut page, &mut found, Which::MayBeTitle);
    }
    let mut references = take_references(&mut page);
    let body = body_lines(&page, first_of_text(&page, &found));
    linked_marks(&page, &body, &mut references);
    let known: BTreeSet<u32> = references.entries.iter().map(|entry| entry.number).collect();
    let numbers: Vec<u32> =
        body.iter().filter_map(|at| page.lines.get(*at)).map(|line| line.number).collect();
    if !body.is_empty() {
        let markdown = body_markdown(&page, &body, &known);
        found.language =
            find_language(&markdown).map(|(tag, why)| Part::new(tag.to_owned(), numbers.clone(), why));
        found.body = Some(Part::new(markdown, numbers, Why::Between));
    }
    found.doubts.append(&mut references.doubts);
    let used = body.iter().filter_map(|at| page.lines.get(*at));
    found.doubts.extend(mark_doubts(used, &references.entries));
    found.references_heading = references.heading;
    found.references = references.entries.into_iter().map(reference).collect();
    left_over(&page, &body, &mut found);
    found
}

fn first_role(line: &Line) -> Role {
    let is_notice = is_furniture(&line.text) && !heads_references(&line.text) && !is_entry(line);
    if is_notice || line.is_aside || is_cookie_notice(&line.text) {
        Role::Left(LeftKind::Furniture)
    } else {
        Role::Free
    }
}

/// A sentence that asks to accept cookies.
fn is_cookie_notice(text: &str) -> bool {
    const SITES: [&str; 9] =
        ["site", "website", "webseite", "sitio", "preferences", "consent", "experience", "сайт", "browser"];
    if text.len() > 500 {
        return false;
    }
    let text = text.to_lowercase();
    (text.contains("cookies") || text.contains("куки") || text.contains("файлы cookie"))
        && SITES.iter().any(|site| text.contains(site))
}

/// The least that a petition says before what ends it, in characters.
const PETITION_MIN: usize = 120;

/// The first line after which nothing of the petition comes, where some of it came before.
fn end_of_petition(lines: &[Line]) -> usize {
    let mut said = 0;
    for (at, line) in lines.iter().enumerate() {
        if is_prose(line) && !is_cookie_notice(&line.text) {
            said += weight(&line.text);
        }
        if said >= PETITION_MIN && ends_petition(&line.text) && !is_entry(line) {
            return at;
        }
    }
    lines.len()
}

/// The first line that may be text: after the title, where it stands last above the text.
fn first_of_text(page: &Page<'_>, found: &Found) -> usize {
    let Some(title) = &found.title else { return 0 };
    let prose = page.free().find(|(_, line)| is_prose(line)).map_or(page.end, |(at, _)| at);
    let is_title = |line: &Line| title.lines.contains(&line.number);
    let last = page.lines.iter().take(prose).rposition(is_title);
    last.map_or(0, |at| at + 1)
}

/// Marks whose reference no list has but that lead to an address, and addresses of marks that their reference does not tell.
fn linked_marks(page: &Page<'_>, body: &[usize], references: &mut References) {
    for line in body.iter().filter_map(|at| page.lines.get(*at)) {
        for span in &line.spans {
            let Some((number, address)) = only_mark(&span.text).zip(span.address.clone()) else { continue };
            // A place in the page is no source.
            if address.contains('#') {
                continue;
            }
            let link = Span { text: address.to_string(), address: Some(address), ..Span::default() };
            match references.entries.iter_mut().find(|entry| entry.number == number) {
                Some(entry) if entry.why != Why::LinkOfMark && !tells_address(entry) => {
                    entry.spans.extend([Span::plain(" "), link]);
                    entry.lines.push(line.number);
                }
                Some(_) => {}
                None => references.entries.push(Entry {
                    number,
                    spans: vec![link],
                    lines: vec![line.number],
                    why: Why::LinkOfMark,
                }),
            }
        }
    }
}

fn tells_address(entry: &Entry) -> bool {
    entry
        .spans
        .iter()
        .any(|span| span.address.is_some() || span.text.contains("://") || span.text.contains("www."))
}

fn reference(entry: Entry) -> Part<FoundReference> {
    let mut lines = entry.lines;
    lines.sort_unstable();
    lines.dedup();
    let text = reference_markdown(&entry.spans);
    Part::new(FoundReference { number: entry.number, text }, lines, entry.why)
}

/// Tells the lines that are in no part.
fn left_over(page: &Page<'_>, body: &[usize], found: &mut Found) {
    let in_body: BTreeSet<usize> = body.iter().copied().collect();
    for (at, line) in page.lines.iter().enumerate() {
        let kind = match page.roles.get(at) {
            Some(Role::Left(kind)) => *kind,
            Some(Role::Free) if in_body.contains(&at) => continue,
            Some(Role::Free) if at >= page.end => LeftKind::After,
            Some(Role::Free) if body.first().is_some_and(|first| at < *first) => LeftKind::Before,
            Some(Role::Free) if body.last().is_some_and(|last| at > *last) => LeftKind::After,
            Some(Role::Free) => LeftKind::Unknown,
            Some(Role::Part | Role::Repeat) | None => continue,
        };
        found.left_over.push(LeftOver { line: line.number, text: line.text.clone(), kind });
    }
}
