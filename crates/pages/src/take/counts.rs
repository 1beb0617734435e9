//! How many signed, the goal and the milestones.

use crate::counter::{Counter, CounterPiece, counter_piece, find_counter};
use crate::line::{Line, LineKind};
use crate::part::{Doubt, Found, LeftKind, Milestone, Part, PartName, Why};
use crate::take::roles::{Page, Role, is_entry};

/// Takes the counters out of a page. After its end only those are taken that say what was said before.
pub(crate) fn take_counts(page: &mut Page<'_>, found: &mut Found) {
    let lines = page.lines;
    let pieces: Vec<Option<CounterPiece>> = lines.iter().map(piece).collect();
    for (at, line) in lines.iter().enumerate() {
        if !page.is_free(at)
            || is_entry(line)
            || !matches!(line.kind, LineKind::Text | LineKind::Heading(_) | LineKind::Bullet)
        {
            continue;
        }
        if let Some(counter) = find_counter(&line.text) {
            take(page, found, at, counter);
        }
    }
    let mut at = 0;
    while at < pieces.len() {
        let length = pieces.get(at..).unwrap_or_default().iter().take_while(|piece| piece.is_some()).count();
        take_run(page, found, at, pieces.get(at..at + length).unwrap_or_default());
        at += length.max(1);
    }
}

fn piece(line: &Line) -> Option<CounterPiece> {
    if !is_entry(line) && matches!(line.kind, LineKind::Text | LineKind::Heading(_)) {
        counter_piece(&line.text)
    } else {
        None
    }
}

/// Lines that are numbers and labels in turn. The labels are all above their numbers, or all below.
fn take_run(page: &mut Page<'_>, found: &mut Found, from: usize, run: &[Option<CounterPiece>]) {
    let are_above = !matches!(run.first(), Some(Some(CounterPiece::Number(_) | CounterPiece::Percent)));
    for (at, piece) in run.iter().enumerate() {
        if !page.is_free(from + at) {
            continue;
        }
        match piece {
            Some(CounterPiece::Number(number)) => {
                let beside = if are_above { at.checked_sub(1) } else { Some(at + 1) };
                let label = beside.and_then(|beside| Some((beside, (*run.get(beside)?)?)));
                let (signed, goal) = match label {
                    Some((_, CounterPiece::SignedLabel)) => (Some(*number), None),
                    Some((_, CounterPiece::GoalLabel)) if *number > 0 => (None, Some(*number)),
                    _ => (None, None),
                };
                if let (Some((beside, _)), true) = (label, signed.is_some() || goal.is_some()) {
                    let lines = [from + at, from + beside];
                    take_number(page, found, Number { signed, goal, why: Why::NumberAndLabel }, &lines);
                } else {
                    page.set(from + at, Role::Left(LeftKind::Number));
                }
            }
            Some(CounterPiece::Percent) => page.set(from + at, Role::Left(LeftKind::Number)),
            _ => {}
        }
    }
}

fn take(page: &mut Page<'_>, found: &mut Found, at: usize, counter: Counter) {
    let why = counter.why();
    let mut is_new = false;
    if counter.signed.is_some() || counter.goal.is_some() {
        is_new |= take_number(page, found, Number { signed: counter.signed, goal: counter.goal, why }, &[at]);
    }
    for milestone in counter.milestones {
        is_new |= take_milestone(page, found, at, milestone);
    }
    let role = match (is_new, at >= page.end) {
        (true, _) => Role::Part,
        (false, false) => Role::Repeat,
        // Another petition's.
        (false, true) if !is_in(found, page, at) => Role::Left(LeftKind::After),
        (false, true) => Role::Repeat,
    };
    page.set(at, role);
}

/// Whether a line is among those of a count.
fn is_in(found: &Found, page: &Page<'_>, at: usize) -> bool {
    let number = page.lines.get(at).map_or(0, |line| line.number);
    let has = |lines: &[u32]| lines.binary_search(&number).is_ok();
    found.signed.as_ref().is_some_and(|part| has(&part.lines))
        || found.goal.as_ref().is_some_and(|part| has(&part.lines))
        || found.milestones.iter().any(|part| has(&part.lines))
}

struct Number {
    signed: Option<u64>,
    goal: Option<u64>,
    why: Why,
}

/// Takes numbers of some lines. Whether one of them was not known.
fn take_number(page: &mut Page<'_>, found: &mut Found, number: Number, at: &[usize]) -> bool {
    let lines: Vec<u32> = at.iter().filter_map(|at| page.lines.get(*at)).map(|line| line.number).collect();
    let is_after = at.iter().any(|at| *at >= page.end);
    let signed = number.signed.map(|signed| {
        take_one(&mut found.signed, &mut found.doubts, PartName::Signed, signed, number.why, &lines, is_after)
    });
    let goal = number.goal.map(|goal| {
        take_one(&mut found.goal, &mut found.doubts, PartName::Goal, goal, number.why, &lines, is_after)
    });
    let taken = [signed, goal].into_iter().flatten();
    let role = match taken.max() {
        Some(Taken::New | Taken::Other) if !is_after => Role::Part,
        Some(Taken::Same) => Role::Repeat,
        _ => Role::Left(LeftKind::After),
    };
    at.iter().for_each(|at| page.set(*at, role));
    role == Role::Part
}

/// What became of a number, the least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Taken {
    Not,
    Same,
    Other,
    New,
}

fn take_one(
    part: &mut Option<Part<u64>>,
    doubts: &mut Vec<Doubt>,
    name: PartName,
    value: u64,
    why: Why,
    lines: &[u32],
    is_after: bool,
) -> Taken {
    match part {
        Some(known) if known.value == value => {
            known.also_at(lines.iter().copied());
            Taken::Same
        }
        _ if is_after => Taken::Not,
        Some(known) => {
            known.also_at(lines.iter().copied());
            doubts.push(Doubt::Differs { part: name, lines: lines.to_vec() });
            Taken::Other
        }
        None => {
            let mut lines = lines.to_vec();
            lines.sort_unstable();
            *part = Some(Part::new(value, lines, why));
            Taken::New
        }
    }
}

/// Takes a milestone. Whether it was not known.
fn take_milestone(page: &Page<'_>, found: &mut Found, at: usize, milestone: Milestone) -> bool {
    let line = page.lines.get(at).map_or(0, |line| line.number);
    let known = found.milestones.iter_mut().find(|known| known.value.at == milestone.at);
    match known {
        Some(known) if known.value.note == milestone.note => {
            known.also_at([line]);
            false
        }
        _ if at >= page.end => false,
        Some(known) => {
            known.also_at([line]);
            found.doubts.push(Doubt::Differs { part: PartName::Milestone, lines: vec![line] });
            true
        }
        None => {
            found.milestones.push(Part::new(milestone, vec![line], Why::AtCount));
            true
        }
    }
}
