//! Marks without a reference, references without a mark, and numbers that are there twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::line::Line;
use crate::marks::{Look, marks};
use crate::part::Doubt;
use crate::take::references::Entry;

/// What the organizer should look at in the text's marks and its references.
pub(crate) fn mark_doubts<'a>(body: impl Iterator<Item = &'a Line>, entries: &[Entry]) -> Vec<Doubt> {
    let known: BTreeSet<u32> = entries.iter().map(|entry| entry.number).collect();
    let mut unknown: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut round: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut used: BTreeSet<u32> = BTreeSet::new();
    let mut looks: BTreeSet<Look> = BTreeSet::new();
    for line in body {
        for mark in marks(&line.text) {
            for number in mark.numbers {
                if !known.contains(&number) {
                    unknown.entry(number).or_default().push(line.number);
                    continue;
                }
                used.insert(number);
                looks.insert(mark.look);
                if mark.look == Look::Round {
                    round.entry(number).or_default().push(line.number);
                }
            }
        }
    }
    let once = |mut lines: Vec<u32>| {
        lines.dedup();
        lines
    };
    let mut doubts: Vec<Doubt> = unknown
        .into_iter()
        .map(|(number, lines)| Doubt::MarkWithoutReference { number, lines: once(lines) })
        .collect();
    let mut twice: BTreeMap<u32, Vec<&Entry>> = BTreeMap::new();
    entries.iter().for_each(|entry| twice.entry(entry.number).or_default().push(entry));
    for (number, same) in twice {
        let mut lines: Vec<u32> = same.iter().flat_map(|entry| entry.lines.iter().copied()).collect();
        lines.sort_unstable();
        if !used.contains(&number) {
            doubts.push(Doubt::ReferenceWithoutMark { number, lines: lines.clone() });
        }
        if same.len() > 1 {
            doubts.push(Doubt::ReferenceTwice { number, lines });
        }
    }
    if looks.len() > 1 {
        let round = round.into_iter();
        doubts.extend(round.map(|(number, lines)| Doubt::RoundNumber { number, lines: once(lines) }));
    }
    doubts
}
