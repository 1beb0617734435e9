//! All signers of a petition, and who of them is likely the same person.

use crate::{
    blocking::{Blocks, KEYS, Keys, keys},
    compare::{compare, levels::Compared},
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

/// Pairs of signatures that share something by which they may be one person's: what is worth a look.
pub struct Candidates(Vec<(u32, u32)>);

impl Candidates {
    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them in at most so many parts, of one size but for the last.
    pub fn parts(&self, most: usize) -> impl Iterator<Item = Part<'_>> {
        self.0.chunks(self.0.len().div_ceil(most.max(1)).max(1)).map(Part)
    }
}

/// Some of the [`Candidates`].
#[derive(Clone, Copy)]
pub struct Part<'a>(&'a [(u32, u32)]);

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

impl<Id: Copy + Ord> People<Id> {
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

    /// Everybody who may be one person, of all that are here: what [`People::estimate`] and [`People::judge`] look at.
    pub fn candidates(&mut self) -> Candidates {
        self.take_in();
        if self.is_empty() {
            return Candidates(Vec::new());
        }
        let (rows, blocks) = (&self.rows, &self.blocks);
        let all: Vec<Keys> = (0..blocks.len()).map(|row| keys(rows, rows.get(row))).collect();
        let mut pairs = Vec::new();
        (0..KEYS).for_each(|kind| blocks.pairs(kind, &all, &mut pairs));
        Candidates(pairs)
    }

    /// Those with a signature that was added after the first `known`: what a new batch changes, at the cost of the batch.
    pub fn candidates_since(&mut self, known: usize) -> Candidates {
        let known = u32::try_from(known).unwrap_or(u32::MAX);
        self.take_in();
        let mut pairs = Vec::new();
        for row in known..self.blocks.len() {
            self.blocks.pairs_of(row, &keys(&self.rows, self.rows.get(row)), &mut pairs);
        }
        pairs.sort_unstable();
        pairs.dedup();
        Candidates(pairs)
    }

    /// Weights from all that are here; `candidates` are [`People::candidates`] of now.
    pub fn estimate(&self, candidates: &Candidates) -> Weights {
        let step = candidates.0.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<(u32, u32)> = candidates.0.iter().copied().step_by(step).collect();
        #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
        let each = step as f64;
        estimate(&self.rows, &sample, each)
    }

    /// The pairs of a part that are at least so likely to be one person. Parts may be judged at once, by as many threads as there are.
    pub fn judge(&self, weights: &Weights, part: Part<'_>, least: f32) -> Vec<Pair<Id>> {
        let judged = part.0.iter().map(|(one, other)| {
            let same = weights.probability(&compare(&self.rows, *one, *other));
            let (left, right) = (self.ids[*one as usize], self.ids[*other as usize]);
            #[expect(clippy::cast_possible_truncation, reason = "a probability needs no more")]
            let probability = same as f32;
            Pair { one: left.min(right), other: left.max(right), probability }
        });
        judged.filter(|pair| pair.probability >= least).collect()
    }

    /// Every pair that is at least so likely to be one person, in order.
    pub fn pairs(&mut self, weights: &Weights, least: f32) -> Vec<Pair<Id>> {
        let candidates = self.candidates();
        in_order(self.judge(weights, Part(&candidates.0), least))
    }

    /// The pairs with a signature that was added after the first `known`, likewise.
    pub fn pairs_since(&mut self, known: usize, weights: &Weights, least: f32) -> Vec<Pair<Id>> {
        let candidates = self.candidates_since(known);
        in_order(self.judge(weights, Part(&candidates.0), least))
    }

    /// Two signatures looked at, whether or not a key puts them together: how likely they are one person's, and why. None where
    /// one of them is not here.
    pub fn look_at(&self, weights: &Weights, one: Id, other: Id) -> Option<Judged> {
        let at =
            |id: Id| self.ids.iter().position(|known| *known == id).and_then(|at| u32::try_from(at).ok());
        let compared = compare(&self.rows, at(one)?, at(other)?);
        Some(Judged { probability: weights.probability(&compared), reasons: reasons(weights, &compared) })
    }

    /// How far two that were added first and later agree, by their places among all.
    pub(crate) fn compared(&self, one: u32, other: u32) -> Compared {
        compare(&self.rows, one, other)
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
        self.rows.relate();
    }
}

fn in_order<Id: Copy + Ord>(mut pairs: Vec<Pair<Id>>) -> Vec<Pair<Id>> {
    pairs.sort_unstable_by_key(|pair| (pair.one, pair.other));
    pairs
}
