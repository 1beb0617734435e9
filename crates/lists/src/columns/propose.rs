//! What each column is proposed to hold, and why.

use serde::Serialize;
use ts_rs::TS;

use super::content::look_of;
use super::holds::Holds;
use super::mapping::Mapping;

/// What a column is proposed to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Proposal {
    /// Which column, counted from 0.
    pub column: usize,
    /// Its heading.
    pub heading: String,
    /// What it holds, or would hold if it alone did.
    pub holds: Holds,
    /// Why.
    pub why: Why,
}

/// Why a column is proposed to hold that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its heading says so.
    Heading,
    /// What is written in it looks so.
    Content,
    /// Several columns say so: the organizer is asked which, and none is taken until then.
    Several,
    /// Nothing says what it holds.
    Unknown,
    /// Nothing is written in it.
    Empty,
}

/// Of headings and the rows of a sample, as texts by column.
pub(super) fn propose(headings: &[String], sample: &[Vec<String>]) -> (Vec<Proposal>, Mapping) {
    let is_own = is_own(headings);
    let written = |column: usize| -> Vec<&str> {
        let texts = sample.iter().filter_map(|row| row.get(column)).map(|text| text.trim());
        texts.filter(|text| !text.is_empty()).collect()
    };
    let mut proposals: Vec<_> = headings
        .iter()
        .enumerate()
        .map(|(column, heading)| {
            let (holds, why) = match Holds::of_heading(heading) {
                Some(holds) if written(column).is_empty() && !sample.is_empty() => (holds, Why::Empty),
                Some(holds) => (holds, Why::Heading),
                None => (Holds::Ignored, Why::Unknown),
            };
            Proposal { column, heading: heading.clone(), holds, why }
        })
        .collect();
    // `Nom` is the family's name beside `Prénom`, and the whole name alone; so is a given name without a family's.
    alone_is_whole(&mut proposals);
    for at in 0..proposals.len() {
        if proposals[at].why == Why::Unknown
            && let Some(look) = look_of(&written(at))
            && proposals.iter().all(|other| other.holds != look || other.why == Why::Content)
        {
            (proposals[at].holds, proposals[at].why) = (look, Why::Content);
        }
    }
    for at in 0..proposals.len() {
        let holds = proposals[at].holds;
        let is_taken = |proposal: &Proposal| proposal.holds == holds && proposal.why != Why::Empty;
        let count = proposals.iter().filter(|proposal| is_taken(proposal)).count();
        if count > 1 && is_taken(&proposals[at]) && holds != Holds::Ignored {
            proposals[at].why = Why::Several;
        }
    }
    let columns = proposals.iter().map(|proposal| match proposal.why {
        Why::Several => Holds::Ignored,
        // What is empty in the sample may be written further down.
        Why::Empty
            if proposals
                .iter()
                .any(|other| other.holds == proposal.holds && other.column != proposal.column) =>
        {
            Holds::Ignored
        }
        _ => proposal.holds,
    });
    let columns = columns.collect();
    (proposals, Mapping { columns, is_own })
}

fn alone_is_whole(proposals: &mut [Proposal]) {
    let has = |holds: Holds, proposals: &[Proposal]| proposals.iter().any(|proposal| proposal.holds == holds);
    let (given, family) = (has(Holds::Given, proposals), has(Holds::Family, proposals));
    if has(Holds::FullName, proposals) || given == family {
        return;
    }
    for proposal in
        proposals.iter_mut().filter(|proposal| matches!(proposal.holds, Holds::Given | Holds::Family))
    {
        proposal.holds = Holds::FullName;
    }
}

/// Whether it is an export of our own.
fn is_own(headings: &[String]) -> bool {
    ["signature", "petition", "petition_title", "standing"]
        .iter()
        .all(|own| headings.iter().any(|heading| heading == own))
}
