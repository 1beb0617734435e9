//! What a random exchange asks, with what depends on the state left open.

use proptest::prelude::*;

use crate::{
    by_hand::{LogKey, Papers},
    model::{Model, Request},
};

/// How many there are of each.
const TABLES: u8 = 4;
const GENERATIONS: u32 = 3;
const DEVICES: u8 = 2;
const BRANCHES: u8 = 3;
/// A request, with what depends on the state left open.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    Campaign,
    Enrol {
        log: LogKey,
        papers: Papers,
    },
    Batch {
        log: LogKey,
        papers: Papers,
        branch: u8,
        from: i8,
        length: usize,
        changed: bool,
    },
    Confirm(LogKey),
    RevokeKit(u8),
    RevokeTable(u8),
    Tally {
        seq: u64,
        variant: u8,
    },
    Pull {
        log: LogKey,
        from: usize,
    },
    Deposit {
        number: u8,
        kit: u8,
    },
    Claim {
        number: u8,
        claim: u8,
    },
    /// The clock goes on by so many seconds.
    Later(i64),
    /// The endpoint ends and starts again.
    Restart,
}

pub(super) fn any_log() -> impl Strategy<Value = LogKey> {
    // Most logs are the first of their table and device.
    (
        0..TABLES,
        prop_oneof![4 => Just(1), 2 => Just(2), 1 => 2..=GENERATIONS],
        prop_oneof![4 => Just(0), 1 => 0..DEVICES],
    )
        .prop_map(|(table, generation, device)| LogKey { table, generation, device })
}

pub(super) fn any_papers() -> impl Strategy<Value = Papers> {
    (
        prop_oneof![5 => Just(0), 1 => Just(1), 1 => Just(2)],
        prop_oneof![3 => Just(Some(0)), 1 => Just(Some(1)), 1 => Just(None)],
    )
        .prop_map(|(kit, spoken_for_by)| Papers { kit, spoken_for_by })
}

pub(super) fn any_wish() -> impl Strategy<Value = Wish> {
    let log_and_papers = || {
        (any_log(), any_papers()).prop_map(|(log, papers)| {
            let spoken_for_by = papers.spoken_for_by.filter(|_| log.generation > 1);
            (log, Papers { spoken_for_by, ..papers })
        })
    };
    let batch = (
        log_and_papers(),
        prop_oneof![6 => Just(0), 1 => 0..BRANCHES],
        prop_oneof![5 => Just(0_i8), 4 => -7_i8..=0, 1 => 1_i8..3],
        0_usize..6,
        prop::bool::weighted(0.02),
    );
    prop_oneof![
        40 => batch.prop_map(|((log, papers), branch, from, length, changed)|
            Wish::Batch { log, papers, branch, from, length, changed }),
        8 => log_and_papers().prop_map(|(log, papers)| Wish::Enrol { log, papers }),
        12 => (any_log(), 0_usize..30).prop_map(|(log, from)| Wish::Pull { log, from }),
        4 => any_log().prop_map(Wish::Confirm),
        3 => (0_u64..6, 0_u8..2).prop_map(|(seq, variant)| Wish::Tally { seq, variant }),
        3 => (0_u8..5, 0_u8..3).prop_map(|(number, kit)| Wish::Deposit { number, kit }),
        5 => (0_u8..5, 0_u8..2).prop_map(|(number, claim)| Wish::Claim { number, claim }),
        1 => (0_u8..3).prop_map(Wish::RevokeKit),
        1 => (0..TABLES).prop_map(Wish::RevokeTable),
        1 => (1_i64..700).prop_map(Wish::Later),
        1 => Just(Wish::Restart),
        1 => Just(Wish::Campaign),
    ]
}

pub(super) fn request(wish: &Wish, model: &Model) -> Option<Request> {
    Some(match *wish {
        Wish::Campaign => Request::Campaign,
        Wish::Enrol { log, papers } => Request::Enrol { log, papers },
        Wish::Batch { log, papers, branch, from, length, changed } => {
            let from = model.stored(log).saturating_add_signed(from.into());
            Request::Batch { log, papers, branch, from, to: from + length, changed }
        }
        Wish::Confirm(log) => Request::Confirm(log),
        Wish::RevokeKit(kit) => Request::RevokeKit(kit),
        Wish::RevokeTable(table) => Request::RevokeTable(table),
        Wish::Tally { seq, variant } => Request::Tally { seq, variant },
        Wish::Pull { log, from } => Request::Pull { log, from },
        Wish::Deposit { number, kit } => Request::Deposit { number, kit },
        Wish::Claim { number, claim } => Request::Claim { number, claim },
        Wish::Later(_) | Wish::Restart => return None,
    })
}
