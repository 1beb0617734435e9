//! The whole story of a signature: where it came from, its proof, what was decided of it and why.

use data_encoding::HEXLOWER;
use proof::{CampaignId, Checkpoint, Frontier, Origin, VerifierKey};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use wire::{Decision, Signed};

use super::page::LedgerRow;
use crate::{
    error::DeskError,
    review::{DecisionRow, LEAST, RuleRow},
    storage::{self, decided, decision, entry, log::Branch, pair},
    tables::verify_checkpoint,
    view::View,
};

/// The whole story of a signature. Personal data: it has no `Debug`.
#[derive(Serialize, TS)]
pub struct Story {
    /// The signature.
    pub row: LedgerRow,
    /// Country, ISO 3166-1, if any.
    pub country: Option<String>,
    /// State, province or region, if any.
    pub region: Option<String>,
    /// The shift it was taken in, if any.
    pub shift: Option<Uuid>,
    /// The volunteer of that shift.
    pub volunteer: Option<String>,
    /// Sheet and line that it was copied from, if any.
    pub paper: Option<(u32, u32)>,
    /// Whether the statement of age was made, where it was asked.
    pub of_age: Option<bool>,
    /// Every entry that holds it, the one that says what it is first.
    pub entries: Vec<StoryEntry>,
    /// What proves that first entry; none where its log is not here whole.
    pub proof: Option<StoryProof>,
    /// What came of looking it up in a roll; none where it was not.
    pub roll: Option<StoryRoll>,
    /// Why it was to be looked at when it was opened: a stable code.
    pub opening: Option<String>,
    /// The rule of its petition.
    pub rule: RuleRow,
    /// Signatures that may be the same person's, the likeliest first.
    pub pairs: Vec<StoryPair>,
    /// What was decided of it, the first one first.
    pub decisions: Vec<DecisionRow>,
}

/// An entry of a log that holds a signature.
#[derive(Serialize, TS)]
pub struct StoryEntry {
    /// What the volunteer calls the table.
    pub table_label: String,
    /// The table.
    pub table: Uuid,
    /// The generation of its log.
    pub generation: u32,
    /// The index in it.
    pub index: u64,
    /// Hex: the hash of its leaf (RFC 9162, 2.1.1).
    pub leaf: String,
    /// What came of it: `canonical`, `resent` or `set_aside`.
    pub outcome: String,
}

/// What came of looking a signature up in a roll.
#[derive(Serialize, TS)]
pub struct StoryRoll {
    /// `found`, `unsure` or `not_found`.
    pub found: String,
    /// What differs from the entry, each a stable code.
    pub differences: Vec<String>,
}

/// What proves an entry: the log that it is in, as its table signed it.
#[derive(Serialize, TS)]
pub struct StoryProof {
    /// Entries of that log.
    pub size: u64,
    /// Hex: its Merkle tree hash, computed of the leaves that are here.
    pub root: String,
    /// The table signed this size and this root, and was admitted by a kit of this campaign.
    pub is_signed: bool,
    /// The leaf at the entry's index is the hash of the envelope that is here.
    pub is_contained: bool,
}

/// A signature that may be the same person's.
#[derive(Serialize, TS)]
pub struct StoryPair {
    /// The other.
    pub other: LedgerRow,
    /// How likely they are of one person, from 0 to 1.
    pub probability: f32,
}

impl View<'_> {
    /// The whole story of a signature; none where it is not in the ledger.
    pub(crate) fn story(
        self,
        id: Uuid,
        campaign: CampaignId,
        root: &VerifierKey,
    ) -> Result<Option<Story>, DeskError> {
        if storage::signature::find_petition(self.db, id)?.is_none() {
            return Ok(None);
        }
        let (stored, signature) = self.get_signature(id)?;
        let branches = storage::log::list(self.db)?;
        let mut found = entry::list_of(self.db, id)?;
        found.sort_by_key(|entry| entry.log != stored.log || entry.index != stored.index);
        let of = |entry: &entry::EntryOf| branches.iter().find(|branch| branch.log == entry.log);
        let first = found.first().and_then(|entry| Some((of(entry)?, entry)));
        let proof = first.map(|(branch, entry)| self.prove(branch, entry, campaign, root)).transpose()?;
        let entries = found.iter().filter_map(|entry| {
            let branch = of(entry)?;
            Some(StoryEntry {
                table_label: branch.label.clone(),
                table: branch.name.table,
                generation: branch.name.generation,
                index: entry.index,
                leaf: HEXLOWER.encode(&entry.leaf.0),
                outcome: entry.outcome.clone(),
            })
        });
        let mut pairs = pair::list_of(self.db, id, LEAST)?;
        pairs.sort_by(|one, other| other.probability.total_cmp(&one.probability));
        let pairs = pairs.into_iter().map(|pair| {
            let other = if pair.one == id { pair.other } else { pair.one };
            Ok(StoryPair { other: self.ledger_row(other)?, probability: pair.probability })
        });
        let decisions = decided::list_about(self.db, id)?.into_iter().map(|shown| {
            let signed = Signed::<Decision>::verify_root(&shown.note, campaign, root)?;
            self.decision_row(shown, &signed.body.what)
        });
        let shift = signature.shift.as_ref();
        let roll = storage::roll::find_looked_up(self.db, id)?;
        Ok(Some(Story {
            row: self.ledger_row(id)?,
            country: signature.address.country.clone(),
            region: signature.address.region.clone(),
            shift: shift.map(|shift| shift.id),
            volunteer: shift.map(|shift| shift.volunteer.clone()),
            paper: signature.paper.map(|paper| (paper.sheet, paper.line)),
            of_age: signature.of_age,
            entries: entries.collect(),
            proof: proof.flatten(),
            roll: roll.map(|(found, differences)| StoryRoll {
                found,
                differences: differences.split_whitespace().map(str::to_owned).collect(),
            }),
            opening: decision::find(self.db, id)?.and_then(|opening| opening.reason),
            rule: self.rule(signature.petition)?,
            pairs: pairs.collect::<Result<_, DeskError>>()?,
            decisions: decisions.collect::<Result<_, DeskError>>()?,
        }))
    }

    fn prove(
        self,
        branch: &Branch,
        entry: &entry::EntryOf,
        campaign: CampaignId,
        root: &VerifierKey,
    ) -> Result<Option<StoryProof>, DeskError> {
        let logs = self.logs()?;
        let Some(log) = logs.iter().find(|log| log.name == branch.name) else { return Ok(None) };
        let (mut frontier, mut is_contained) = (Frontier::default(), false);
        for (part, to) in log.parts(branch) {
            for leaf in entry::list_leaves(self.db, part.log, frontier.size(), to)? {
                is_contained |= frontier.size() == entry.index && leaf == entry.leaf;
                frontier.push(leaf);
            }
        }
        let kept = storage::envelope::find_leaf(self.db, entry.log, entry.index)?;
        let origin = Origin { campaign, table: branch.name.table, generation: branch.name.generation };
        let signed = verify_checkpoint(branch, campaign, root);
        Ok(Some(StoryProof {
            size: frontier.size(),
            root: HEXLOWER.encode(&frontier.root().0),
            is_signed: signed.is_some_and(|signed| signed == Checkpoint::at(origin, &frontier)),
            is_contained: is_contained && kept == Some(entry.leaf),
        }))
    }
}
