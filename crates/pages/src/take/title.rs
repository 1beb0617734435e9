//! The title of a petition.

use std::collections::HashMap;

use crate::line::{Line, LineKind};
use crate::part::{Found, LeftKind, Part, Why};
use crate::take::roles::{Page, Role, is_long, is_prose, may_be_title};

/// Takes the title out of a page: what the page itself calls so, what it has twice, its main heading, what stands above who
/// started it or how many signed, or the first line that may be one.
pub(crate) fn take_title(page: &mut Page<'_>, found: &mut Found, page_title: Option<&str>) {
    let folds: Vec<Option<String>> =
        page.lines.iter().enumerate().map(|(at, line)| fold(page, at, line)).collect();
    // What is repeated far below is a refrain or a link: a title is above the text.
    let head = page.free().find(|(_, line)| is_long(line)).map_or(page.end, |(at, _)| at);
    let Some((at, why)) = choose(page, &folds, head.min(page.end), page_title) else { return };
    let Some(line) = page.lines.get(at) else { return };
    let mut title = Part::new(line.text.clone(), vec![line.number], why);
    let fold = folds.get(at).cloned().flatten();
    for (other, _) in folds.iter().enumerate().filter(|(other, fold_of)| *other != at && **fold_of == fold) {
        title.also_at(page.lines.get(other).map(|line| line.number));
        page.set(other, Role::Part);
    }
    page.set(at, Role::Part);
    found.title = Some(title);
    // What is above the title is the page's, not the petition's.
    for above in 0..at {
        if page.is_free(above) {
            page.set(above, Role::Left(LeftKind::Before));
        }
    }
}

/// A line's words, if it may be a title. After the end of the petition it may still be the title's repeat.
fn fold(page: &Page<'_>, at: usize, line: &Line) -> Option<String> {
    (page.is_free(at) && may_be_title(line)).then(|| spaced(&line.text))
}

/// A text in small letters, with one space between words.
fn spaced(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn choose(
    page: &Page<'_>,
    folds: &[Option<String>],
    head: usize,
    page_title: Option<&str>,
) -> Option<(usize, Why)> {
    let candidates: Vec<(usize, &str)> =
        folds.iter().enumerate().filter_map(|(at, fold)| Some((at, fold.as_deref()?))).collect();
    let above: Vec<(usize, &str)> = candidates.iter().copied().filter(|(at, _)| *at < head).collect();
    let page_title = page_title.map(spaced).unwrap_or_default();
    let named = above
        .iter()
        .filter(|(_, fold)| page_title.contains(fold))
        .max_by_key(|(at, fold)| (fold.len(), std::cmp::Reverse(*at)));
    if let Some((at, _)) = named {
        return Some((*at, Why::PageTitle));
    }
    // A title is above the first sentence, or is one with no name or count above it: what is repeated below is a refrain.
    let sentence = page.free().find(|(_, line)| is_prose(line)).map_or(page.end, |(at, _)| at);
    let is_named = (0..sentence).any(|at| page.roles.get(at) == Some(&Role::Part));
    let is_above = |at: usize| at < sentence || (at == sentence && !is_named);
    let mut times: HashMap<&str, usize> = HashMap::new();
    candidates.iter().for_each(|(_, fold)| *times.entry(fold).or_default() += 1);
    if let Some((at, _)) =
        above.iter().find(|(at, fold)| is_above(*at) && times.get(fold).is_some_and(|times| *times > 1))
    {
        return Some((*at, Why::Twice));
    }
    for level in 1..=2 {
        let heading = |(at, _): &&(usize, &str)| is_heading(page, *at, level);
        if let Some((at, _)) = above.iter().find(heading) {
            return Some((*at, Why::MainHeading));
        }
    }
    let bylines = (0..head).filter(|at| matches!(page.roles.get(*at), Some(Role::Part | Role::Repeat)));
    for byline in bylines {
        if let Some((at, _)) = above.iter().rfind(|(at, _)| *at < byline && *at < sentence) {
            return Some((*at, Why::AboveByline));
        }
    }
    // A line that is all there is, is the text.
    above
        .first()
        .filter(|(at, _)| page.free().any(|(other, _)| other > *at))
        .map(|(at, _)| (*at, Why::FirstLine))
}

fn is_heading(page: &Page<'_>, at: usize, level: u8) -> bool {
    page.lines.get(at).is_some_and(|line| line.kind == LineKind::Heading(level))
}
