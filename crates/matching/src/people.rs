//! All signers of a petition, and who of them is likely the same person.

use std::thread;

use crate::{
    blocking::{Blocks, KEYS, Keys, keys},
    compare::compare,
    estimate::{SAMPLE, estimate},
    pair::Pair,
    reasons::{Reason, reasons},
    rows::Rows,
    signer::Signer,
    weights::Weights,
};

/// Two signatures, and why they are or are not thought to be one person's.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// How likely they are of one person, from 0 to 1.
    pub probability: f64,
    /// What they have in common and where they differ, what says most first.
    pub reasons: Vec<Reason>,
}

/// Signers, taken in as they come.
///
/// With the same weights the same signers give the same pairs, in whichever order they were added. What it holds is what
/// was typed, in another form, so it has no `Debug`.
pub struct People<Id> {
    ids: Vec<Id>,
    rows: Rows,
    blocks: Blocks,
}

impl<Id> Default for People<Id> {
    fn default() -> Self {
        People { ids: Vec::new(), rows: Rows::default(), blocks: Blocks::default() }
    }
}

impl<Id: Copy + Ord + Send + Sync> People<Id> {
    /// How many signatures there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Takes in a signature. The same one twice would be found to be the same person.
    pub fn add(&mut self, id: Id, signer: &Signer<'_>) {
        self.ids.push(id);
        self.rows.add(signer);
    }

    /// Weights from all that is there.
    pub fn estimate(&mut self) -> Weights {
        let pairs = self.candidates();
        self.weights(&pairs)
    }

    /// Weights from all that is there, and by them every pair that is at least so likely.
    pub fn estimate_and_match(&mut self, least: f32) -> (Weights, Vec<Pair<Id>>) {
        let pairs = self.candidates();
        let weights = self.weights(&pairs);
        let found = self.judge(&weights, &pairs, least);
        (weights, found)
    }

    /// Every pair that is at least so likely to be one person.
    pub fn pairs(&mut self, weights: &Weights, least: f32) -> Vec<Pair<Id>> {
        let pairs = self.candidates();
        self.judge(weights, &pairs, least)
    }

    /// The pairs with a signature that was added after the first `known`: what a new batch changes, at the cost of the batch.
    pub fn pairs_since(&mut self, known: usize, weights: &Weights, least: f32) -> Vec<Pair<Id>> {
        let known = u32::try_from(known).unwrap_or(u32::MAX);
        self.take_in();
        let mut pairs = Vec::new();
        for row in known..self.blocks.len() {
            self.blocks.pairs_of(row, &keys(&self.rows, self.rows.get(row)), &mut pairs);
        }
        pairs.sort_unstable();
        pairs.dedup();
        self.judge(weights, &pairs, least)
    }

    /// Two signatures looked at, whether or not a key puts them together: how likely they are one person's, and why. None where
    /// one of them is not here.
    pub fn look_at(&self, weights: &Weights, one: Id, other: Id) -> Option<Judged> {
        let at =
            |id: Id| self.ids.iter().position(|known| *known == id).and_then(|at| u32::try_from(at).ok());
        let compared = compare(&self.rows, at(one)?, at(other)?);
        let [probability, ..] = weights.kinships(&compared);
        Some(Judged { probability, reasons: reasons(weights, &compared) })
    }

    fn weights(&self, pairs: &[(u32, u32)]) -> Weights {
        let step = pairs.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<(u32, u32)> = pairs.iter().copied().step_by(step).collect();
        #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
        let each = step as f64;
        estimate(&self.rows, &sample, each)
    }

    fn judge(&self, weights: &Weights, pairs: &[(u32, u32)], least: f32) -> Vec<Pair<Id>> {
        let judge = |part: &[(u32, u32)]| -> Vec<Pair<Id>> {
            let judged = part.iter().map(|(one, other)| {
                let [same, ..] = weights.kinships(&compare(&self.rows, *one, *other));
                let (left, right) = (self.ids[*one as usize], self.ids[*other as usize]);
                #[expect(clippy::cast_possible_truncation, reason = "a probability needs no more")]
                let probability = same as f32;
                Pair { one: left.min(right), other: left.max(right), probability }
            });
            judged.filter(|pair| pair.probability >= least).collect()
        };
        let halves = pairs.split_at(pairs.len() / 2);
        let mut found: Vec<Pair<Id>> = thread::scope(|scope| {
            let first = scope.spawn(|| judge(halves.0));
            let second = judge(halves.1);
            let mut found = first.join().unwrap_or_default();
            found.extend(second);
            found
        });
        found.sort_unstable_by(|left, right| (left.one, left.other).cmp(&(right.one, right.other)));
        found
    }

    /// Takes those into the blocks that were added since, and gives the keys of all.
    fn take_in(&mut self) {
        let rows = &self.rows;
        let from = self.blocks.len() as usize;
        if from == rows.len() {
            return;
        }
        let fresh: Vec<Keys> = (from..rows.len())
            .filter_map(|row| u32::try_from(row).ok())
            .map(|row| keys(rows, rows.get(row)))
            .collect();
        self.blocks.extend(&fresh);
    }

    fn candidates(&mut self) -> Vec<(u32, u32)> {
        self.take_in();
        let (rows, blocks) = (&self.rows, &self.blocks);
        let all: Vec<Keys> = (0..blocks.len()).map(|row| keys(rows, rows.get(row))).collect();
        if all.is_empty() {
            return Vec::new();
        }
        let pairs_of = |kinds: [usize; 2]| {
            let mut pairs = Vec::new();
            (kinds[0]..kinds[1]).for_each(|kind| blocks.pairs(kind, &all, &mut pairs));
            pairs
        };
        thread::scope(|scope| {
            let first = scope.spawn(|| pairs_of([0, 7]));
            let rest = pairs_of([7, KEYS]);
            let mut pairs = first.join().unwrap_or_default();
            pairs.extend(rest);
            pairs
        })
    }
}
