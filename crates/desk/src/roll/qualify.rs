//! "Will it qualify?": what the roll says of all that can be handed over, or of a sample that anybody can draw again
//! (`docs/protocol.md` §9.2).

use std::collections::{BTreeMap, BTreeSet};

use matching::{Checked, Decided, Finding, california, colorado, draw_sample, estimate_valid, washington};
use serde::Serialize;
use sha2::{Digest, Sha256};
use ts_rs::TS;
use uuid::Uuid;

use super::{
    estimate::{CONFIDENCE, ValidEstimate},
    looking::name_of,
    quotas::{QualifiedAreas, Quotas},
};
use crate::{
    desk::Desk,
    error::DeskError,
    standing::USUAL_RULE,
    storage::{decided, log, pair, roll, signature},
};

/// Two that are at least so likely one person are counted as one.
const LIKELY: f32 = 0.5;

/// A sample of what can be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Hex: the merged root of which it is drawn.
    pub root: String,
    /// How many can be handed over.
    pub filed: u64,
    /// Those that are drawn, in order.
    pub drawn: Vec<Uuid>,
}

/// What a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RuleFinding {
    /// It has enough.
    Qualifies,
    /// The sample does not say: every signature is checked.
    CheckAll,
    /// It has not enough.
    Fails,
}

/// Whether it will qualify.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Qualification {
    /// Hex: the merged root.
    pub root: String,
    /// How many can be handed over.
    pub filed: u64,
    /// How many of them were checked.
    pub checked: u64,
    /// Of those, such that were found, or that somebody said count.
    pub found: u64,
    /// Of those, such that a person has to look at.
    pub unsure: u64,
    /// Of those, such that were not found.
    pub not_found: u64,
    /// Pairs among those that are likely one person.
    pub pairs: u64,
    /// How many are valid, where those that are unsure are not.
    pub low: ValidEstimate,
    /// How many are valid, where those that are unsure are.
    pub high: ValidEstimate,
    /// Whether areas have enough, where they have quotas.
    pub areas: Option<QualifiedAreas>,
    /// What Washington's rule says, unsure ones not valid (WAC 434-379-010).
    pub washington: Option<RuleFinding>,
    /// What California's says (2 CCR 20530–20540).
    pub california: Option<RuleFinding>,
    /// What Colorado's says (C.R.S. 1-40-116).
    pub colorado: Option<RuleFinding>,
}

impl From<Finding> for RuleFinding {
    fn from(finding: Finding) -> Self {
        match finding {
            Finding::Qualifies => Self::Qualifies,
            Finding::CheckAll => Self::CheckAll,
            Finding::Fails => Self::Fails,
        }
    }
}

impl Desk {
    /// Draws so many of the signatures of a petition that can be handed over. `public_value` is what nobody could choose, and that was not known before all was
    /// merged. The same root, value and signatures give the same sample to anybody.
    pub fn draw_sample(
        &mut self,
        petition: Uuid,
        public_value: &str,
        sampled: u64,
    ) -> Result<Sample, DeskError> {
        self.compare_whole()?;
        let filed = signature::list_counted(&self.db, petition)?;
        let root = self.merged_root()?;
        let drawn = draw_sample(&root, public_value.as_bytes(), filed.len() as u64, sampled);
        let of = |line: &u64| usize::try_from(*line).ok().and_then(|line| filed.get(line).copied());
        Ok(Sample {
            root: data_encoding::HEXLOWER.encode(&root),
            filed: filed.len() as u64,
            drawn: drawn.iter().filter_map(of).collect(),
        })
    }

    /// Whether so many that are required will be found valid, by those of a sample that were looked up, and so many in each area that has a
    /// quota: areas are as the roll writes them. None where none was.
    ///
    /// Errors: [`DeskError::NoRoll`] where one of the sample was not looked up yet.
    pub fn qualify(
        &self,
        petition: Uuid,
        required: u64,
        sample: &Sample,
        quotas: Option<&Quotas>,
    ) -> Result<Option<Qualification>, DeskError> {
        // Those who were found, each with their area.
        let mut found: BTreeMap<Uuid, String> = BTreeMap::new();
        let (mut unsure, mut not_found) = (BTreeSet::new(), 0);
        for id in &sample.drawn {
            let looked_up = roll::find_area(&self.db, *id)?;
            if self.is_said_to_count(*id)? {
                found.insert(*id, looked_up.map(|(_, area)| area).unwrap_or_default());
                continue;
            }
            match looked_up {
                Some((name, area)) if name == name_of(matching::LookUp::Found) => _ = found.insert(*id, area),
                Some((name, _)) if name == name_of(matching::LookUp::Unsure) => _ = unsure.insert(*id),
                Some(_) => not_found += 1,
                None => return Err(DeskError::NoRoll),
            }
        }
        let rule = decided::find_rule(&self.db, petition)?.unwrap_or(USUAL_RULE);
        let likely = pair::list_likely(&self.db, petition, LIKELY.min(rule.threshold))?;
        // Those of whom another is valid already, one for each pair.
        let again = |valid: &BTreeSet<Uuid>| -> Vec<Uuid> {
            let pairs = likely.iter().filter(|pair| valid.contains(&pair.one) && valid.contains(&pair.other));
            pairs.map(|pair| pair.other).collect()
        };
        let checked = |valid: &BTreeSet<Uuid>| {
            let again = again(valid);
            let pairs = again.len() as u64;
            let again: BTreeSet<Uuid> = again.into_iter().collect();
            Checked {
                filed: sample.filed,
                sampled: sample.drawn.len() as u64,
                valid: valid.len() as u64,
                people: (valid.len() - again.len()) as u64,
                pairs,
            }
        };
        let sure: BTreeSet<Uuid> = found.keys().copied().collect();
        let (low, high) = (checked(&sure), checked(&sure.union(&unsure).copied().collect()));
        let estimate =
            |checked: &Checked| estimate_valid(checked, required, CONFIDENCE).map(ValidEstimate::from);
        let (Some(low_estimate), Some(high_estimate)) = (estimate(&low), estimate(&high)) else {
            return Ok(None);
        };
        let again: BTreeSet<Uuid> = again(&sure).into_iter().collect();
        let people = found.iter().filter(|(id, _)| !again.contains(id)).map(|(_, area)| area.as_str());
        let areas = quotas.and_then(|quotas| quotas.qualify(&low, people));
        Ok(Some(Qualification {
            root: sample.root.clone(),
            filed: sample.filed,
            checked: low.sampled,
            found: low.valid,
            unsure: unsure.len() as u64,
            not_found,
            pairs: high.pairs,
            low: low_estimate,
            high: high_estimate,
            areas,
            washington: washington(&low, required).map(|rule| rule.finding.into()),
            california: california(&low).map(|rule| rule.finding(required).into()),
            colorado: colorado(&low, required).map(|rule| rule.finding.into()),
        }))
    }

    /// Whether the last word that holds of a signature is that it counts.
    fn is_said_to_count(&self, id: Uuid) -> Result<bool, DeskError> {
        let held = decided::list_of(&self.db, id)?.into_iter().map(|held| held.decision);
        let words = held.filter(|decision| matches!(decision.what, Decided::Verdict(..)));
        Ok(words.max().is_some_and(|last| matches!(last.what, Decided::Verdict(_, None))))
    }

    /// One hash of all that is merged: of the bodies of every branch's checkpoint, sorted, one after the other.
    fn merged_root(&self) -> Result<[u8; 32], DeskError> {
        let branches = log::list(&self.db)?;
        let mut bodies: Vec<&str> =
            branches.iter().filter_map(|branch| Some(branch.checkpoint.split_once("\n\n")?.0)).collect();
        bodies.sort_unstable();
        let mut hash = Sha256::new();
        hash.update(b"undersigned-merged-v1\n");
        bodies.iter().for_each(|body| {
            hash.update(body.as_bytes());
            hash.update(b"\n");
        });
        Ok(hash.finalize().into())
    }
}
