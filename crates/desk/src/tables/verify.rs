//! Verifying every stored log again, from the envelopes themselves.

use proof::{CampaignId, Checkpoint, Frontier, Hash, Origin, VerifierKey};
use wire::{Admission, KitCertificate, Signed};

use super::logs::{KnownLog, NamedBranch};
use crate::{
    desk::Desk,
    error::DeskError,
    storage::{entry, envelope, log::Branch},
};

/// What a log, or a branch of one, is found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogVerification {
    /// Which log.
    pub origin: Origin,
    /// Which branch of it, by what is in it; none where the device has signed one log alone.
    pub branch: Option<String>,
    /// What the volunteer calls the table.
    pub label: String,
    /// Entries that are here, those that it shares with another branch among them.
    pub size: u64,
    /// Of those, the first ones, that it shares with another branch.
    pub shared: u64,
    /// Merkle tree hash, computed from the stored envelopes.
    pub root: Hash,
    /// Certificate, admission and checkpoint verify, and the checkpoint is of this size and root.
    pub checkpoint_ok: bool,
    /// Every entry up to the size has its envelope, and each is the one whose leaf was kept.
    pub entries_ok: bool,
    /// Entries that are in the ledger.
    pub opened: u64,
    /// Entries that hold no signature for the ledger.
    pub set_aside: u64,
    /// Runs of entries that are missing before batches that wait: first missing, first here again.
    pub gaps: Vec<(u64, u64)>,
    /// Another log was seen under this name.
    pub forked: bool,
}

impl LogVerification {
    /// Whether everything up to the newest checkpoint seen is here, proven, and of one log.
    pub fn is_whole(&self) -> bool {
        self.is_proven() && self.gaps.is_empty() && !self.forked
    }

    /// Whether every entry that is here is proven by its checkpoint.
    pub fn is_proven(&self) -> bool {
        self.checkpoint_ok && self.entries_ok
    }
}

impl Desk {
    /// Verifies every stored log again, by table, generation, device and branch: leaves and roots are computed from the
    /// envelopes, and every note is verified under the campaign's root key.
    pub fn verify(&self) -> Result<Vec<LogVerification>, DeskError> {
        let mut found = Vec::new();
        for log in self.view().logs()? {
            let forked = self.view().is_forked(&log)?;
            let gaps = log.gaps();
            for branch in log.branches_in_order(&self.db)? {
                found.push(self.verify_branch(&log, &branch, gaps.clone(), forked)?);
            }
        }
        Ok(found)
    }

    fn verify_branch(
        &self,
        log: &KnownLog,
        named: &NamedBranch<'_>,
        gaps: Vec<(u64, u64)>,
        forked: bool,
    ) -> Result<LogVerification, DeskError> {
        let branch = named.branch;
        let (mut found, mut same, mut set_aside) = (Frontier::default(), true, 0);
        for (part, to) in log.parts(branch) {
            let from = found.size();
            let kept = entry::list_leaves(&self.db, part.log, from, to)?;
            same &= kept.len() as u64 == to - from;
            let mut kept = kept.into_iter();
            envelope::for_each_leaf(&self.db, part.log, to, |index, leaf| {
                same &= index == found.size() && kept.next() == Some(leaf);
                found.push(leaf);
            })?;
            set_aside += entry::count_set_aside_between(&self.db, part.log, from, to)?;
        }
        let origin =
            Origin { campaign: self.about.id, table: branch.name.table, generation: branch.name.generation };
        Ok(LogVerification {
            origin,
            branch: named.code.clone(),
            size: branch.size,
            shared: named.since.unwrap_or_default(),
            root: found.root(),
            checkpoint_ok: verify_checkpoint(branch, self.about.id, self.root.verifier())
                .is_some_and(|newest| newest == Checkpoint::at(origin, &found)),
            entries_ok: same && found.size() == branch.size,
            opened: branch.size.saturating_sub(set_aside),
            set_aside,
            gaps,
            forked,
            label: branch.label.clone(),
        })
    }
}

/// The stored checkpoint of a branch, if certificate, admission and checkpoint verify.
pub(crate) fn verify_checkpoint(
    branch: &Branch,
    campaign: CampaignId,
    root: &VerifierKey,
) -> Option<Checkpoint> {
    let kit = kit_key(branch, campaign, root).ok()?;
    let admission = Signed::<Admission>::verify(&branch.admission, &kit).ok()?;
    Checkpoint::verify(&branch.checkpoint.parse().ok()?, &admission.body.device).ok()
}

/// The key of the kit by which a log's table was admitted, out of the stored certificate, verified again.
fn kit_key(branch: &Branch, campaign: CampaignId, root: &VerifierKey) -> Result<VerifierKey, DeskError> {
    let certificate = Signed::<KitCertificate>::verify_root(&branch.certificate, campaign, root)?;
    Ok(certificate.body.key)
}
