//! Footnotes of a text: references like those of its list.

use std::collections::{BTreeMap, BTreeSet};

use crate::block::{Inline, Reference};

/// Marks of footnotes in a text that is still read are above every number of a list in Markdown, which has nine digits.
const MARKS: u32 = 1_000_000_000;

/// The footnotes of a text, as far as it is read.
#[derive(Default)]
pub(crate) struct Footnotes {
    /// In the order in which the text first has them.
    labels: Vec<String>,
    /// What each says, by its mark.
    pub(crate) defined: Vec<(u32, Vec<Inline>)>,
}

impl Footnotes {
    /// What stands for a footnote in the text until all of them are known.
    pub(crate) fn mark(&mut self, label: &str) -> u32 {
        let place = self.labels.iter().position(|known| known == label).unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        });
        u32::try_from(place).map_or(u32::MAX, |place| MARKS.saturating_add(place))
    }

    /// The number of each mark, and the footnotes as references. One that is labelled by a number has it, unless it is
    /// `taken`; the others are counted on from the highest.
    pub(crate) fn numbered(self, taken: BTreeSet<u32>) -> (BTreeMap<u32, u32>, Vec<Reference>) {
        let mut taken = taken;
        let mut numbers = BTreeMap::new();
        let marked = || (MARKS..).zip(&self.labels);
        for (mark, label) in marked() {
            let own = label.parse().ok().filter(|own| (1..MARKS).contains(own));
            if let Some(own) = own.filter(|own| taken.insert(*own)) {
                numbers.insert(mark, own);
            }
        }
        let mut highest = taken.last().copied().unwrap_or_default();
        for (mark, _) in marked() {
            numbers.entry(mark).or_insert_with(|| {
                highest = highest.saturating_add(1);
                highest
            });
        }
        let references = self.defined.into_iter().filter_map(|(mark, inlines)| {
            numbers.get(&mark).map(|number| Reference { number: *number, inlines })
        });
        let references = references.collect();
        (numbers, references)
    }
}
