//! Weights from the signatures themselves: strangers from pairs drawn by chance, the rest by expectation maximisation.

use crate::{
    compare::{
        compare,
        levels::{Compared, FIELDS, GROUPS, LEVELS, UNSAID, email, field, given, number, place, street},
    },
    rows::Rows,
    weights::{LEAST, MOST_OF_SAME, STRANGERS, Table, Weights},
};

/// Pairs drawn by chance, to see what strangers have in common.
const DRAWN: u64 = 60_000;

/// Pairs that keys put together, to see what the others have.
pub(crate) const SAMPLE: usize = 250_000;

/// What is known before counts as much as so many pairs.
const PRIOR: f64 = 100.0;

/// How many signed twice, and how many live together, is known before as if so many signers had been seen.
const SIGNERS: f64 = 1_000.0;

/// What a slip is in, and what was meant.
const SLIPS: [(usize, u8, u8); 7] = [
    (field::EMAIL, email::SLIP, email::EXACT),
    (field::EMAIL, email::DOMAIN, email::EXACT),
    (field::PHONE, number::SLIP, number::EXACT),
    (field::PLACE, place::POST_SLIP, place::POST),
    (field::PLACE, place::CITY_ONLY, place::POST),
    (field::STREET, street::SLIP, street::EXACT),
    (field::STREET, street::NO_UNIT, street::EXACT),
];

/// Weights for these signers. `pairs` are a sample of those that could be one person, each standing for `each` of them.
pub(crate) fn estimate(rows: &Rows, pairs: &[(u32, u32)], each: f64) -> Weights {
    #[expect(clippy::cast_precision_loss, reason = "no set of signers is that large")]
    let signers = rows.len() as f64;
    let mut weights = Weights::prior(signers);
    if rows.len() < 2 {
        return weights;
    }
    let prior = weights.clone();
    weights.tables[STRANGERS] = strangers(rows, &prior);
    for at in [field::GIVEN, field::DOCUMENT] {
        // What a household has in common there is what strangers have.
        weights.tables[1][at] = weights.tables[STRANGERS][at];
    }
    for (level, least) in [(given::INITIAL, 0.003), (given::NEAR, 0.003)] {
        let often = &mut weights.tables[1][field::GIVEN][usize::from(level)];
        *often = often.max(least);
    }
    let compared: Vec<Compared> = pairs.iter().map(|(one, other)| compare(rows, *one, *other)).collect();
    for _ in 0..25 {
        let next = maximise(&weights, &prior, &compared, each, signers);
        let moved =
            (0..3).map(|kind| (next.pairs[kind] / weights.pairs[kind]).ln().abs()).fold(0.0, f64::max);
        weights = next;
        if moved < 1e-3 {
            break;
        }
    }
    weights
}

/// What strangers have in common, from pairs drawn by a fixed rule. Of few signers many pairs are no strangers, and count less.
fn strangers(rows: &Rows, prior: &Weights) -> Table {
    let all = rows.len() as u64;
    let mut counts = [[0.0; LEVELS]; FIELDS];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((u128::from(state) * u128::from(all)) >> 64).unwrap_or(0)
    };
    for _ in 0..DRAWN.min(all * all) {
        let (one, other) = (draw(), draw());
        if one != other {
            let compared = compare(rows, one, other);
            count(&mut counts, &compared, prior.kinships(&compared)[STRANGERS]);
        }
    }
    let mut table = normal(&counts, &prior.tables[STRANGERS], PRIOR);
    for (often, usual) in table.iter_mut().flatten().zip(prior.tables[STRANGERS].iter().flatten()) {
        *often = often.max(0.02 * usual).max(LEAST);
    }
    table
}

fn maximise(weights: &Weights, prior: &Weights, compared: &[Compared], each: f64, signers: f64) -> Weights {
    let mut counts = [[[0.0; LEVELS]; FIELDS]; 4];
    let mut pairs = [0.0; 4];
    for compared in compared {
        let kinds = weights.kinships(compared);
        for (kind, likely) in kinds.into_iter().enumerate().take(STRANGERS) {
            if likely > 1e-6 {
                pairs[kind] += likely * each;
                count(&mut counts[kind], compared, likely);
            }
        }
    }
    let mut next = weights.clone();
    next.tables[0] = normal(&counts[0], &prior.tables[0], PRIOR);
    for (field, level, most) in MOST_OF_SAME {
        let often = &mut next.tables[0][field][usize::from(level)];
        *often = often.min(most);
    }
    let household = normal(&counts[1], &prior.tables[1], PRIOR);
    for field in
        [field::FAMILY, field::EMAIL, field::PHONE, field::PLACE, field::STREET, field::MOMENT, field::SAID]
    {
        next.tables[1][field] = household[field];
        // A parent of the same name shares what a parent shares.
        if field != field::FAMILY {
            next.tables[2][field] = household[field];
        }
        next.tables[3][field] = household[field];
    }
    for field in [field::GIVEN, field::FAMILY] {
        next.tables[2][field] = next.tables[0][field];
    }
    // Who shares a mailbox or an address makes as many slips in it as one person does.
    for (field, level, meant) in SLIPS {
        let [same, household] = [0, 1].map(|kind| next.tables[kind][field]);
        let slips =
            household[usize::from(meant)] * same[usize::from(level)] / same[usize::from(meant)].max(0.1);
        for kind in 1..STRANGERS {
            let often = &mut next.tables[kind][field][usize::from(level)];
            *often = often.max(slips);
        }
    }
    // Before any is found there are a few of each, so that none becomes impossible.
    let usual =
        |kind: usize| (pairs[kind] + SIGNERS * prior.pairs[kind] / signers) * signers / (signers + SIGNERS);
    next.pairs[0] = usual(0).max(1e-3 * signers);
    next.pairs[1] = usual(1).max(1e-2 * signers);
    next.pairs[2] = pairs[2].clamp(5e-3 * next.pairs[1], 2e-2 * next.pairs[1]);
    next.pairs[3] = pairs[3].clamp(1.5e-2 * next.pairs[1], 3e-2 * next.pairs[1]);
    next
}

fn count(counts: &mut Table, compared: &Compared, weight: f64) {
    for (field, level) in compared.levels.into_iter().enumerate() {
        if level != UNSAID {
            counts[field][usize::from(level)] += weight;
        }
    }
}

/// Counts as shares of their group, with what was known before counted as `strength` pairs.
fn normal(counts: &Table, prior: &Table, strength: f64) -> Table {
    let mut table = [[0.0; LEVELS]; FIELDS];
    for (field, groups) in GROUPS.iter().enumerate() {
        for group in *groups {
            let sum: f64 = group.iter().map(|level| counts[field][usize::from(*level)]).sum();
            for level in *group {
                let at = usize::from(*level);
                table[field][at] = (counts[field][at] + strength * prior[field][at]) / (sum + strength);
            }
        }
    }
    table
}
