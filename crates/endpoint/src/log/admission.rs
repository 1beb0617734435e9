//! Who may append: by kit certificate, admission and the organizer's word (`docs/protocol.md` §8.3). No storage here: what
//! the answer depends on is handed in.

use proof::{CampaignId, Origin, VerifierKey};
use wire::{Admission, Enrolment, KitCertificate, LogState, Signed};

/// A table's papers, verified under the campaign's root key.
#[derive(Clone, Debug)]
pub struct Papers {
    /// What its kit may do.
    pub certificate: Signed<KitCertificate>,
    /// Its device's key.
    pub admission: Signed<Admission>,
}

/// Which of a table's papers does not verify.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PapersError {
    /// Not signed by the root key, or malformed.
    #[error("the certificate does not verify")]
    Certificate,
    /// Not signed by the certificate's key, for another kit or campaign, or malformed.
    #[error("the admission does not verify")]
    Admission,
}

impl Papers {
    /// Reads a table's papers, and verifies them under the campaign's root key.
    pub fn verify(
        enrolment: &Enrolment,
        campaign: CampaignId,
        root: &VerifierKey,
    ) -> Result<Self, PapersError> {
        let certificate = Signed::<KitCertificate>::verify_root(&enrolment.certificate, campaign, root)
            .map_err(|_| PapersError::Certificate)?;
        let admission = Signed::<Admission>::verify(&enrolment.admission, &certificate.body.key)
            .map_err(|_| PapersError::Admission)?;
        let belongs = admission.campaign == campaign && admission.body.kit == certificate.body.kit;
        if !belongs || !admission.body.is_well_formed(campaign) {
            return Err(PapersError::Admission);
        }
        Ok(Self { certificate, admission })
    }

    /// The log that they are for.
    pub fn origin(&self) -> Origin {
        Origin {
            campaign: self.admission.campaign,
            table: self.admission.body.table,
            generation: self.admission.body.generation,
        }
    }

    /// The device that they are for.
    pub fn device(&self) -> &VerifierKey {
        &self.admission.body.device
    }
}

/// A log that is not admitted yet, and all that its admission depends on.
#[derive(Debug)]
pub struct Candidate {
    /// Those that it was made with.
    pub papers: Papers,
    /// The organizer has confirmed its device.
    pub is_confirmed: bool,
    /// So many other tables of the campaign have an admitted log made with its kit.
    pub other_tables: u32,
    /// Another device has a log of its table and generation.
    pub has_rival: bool,
    /// The devices that have an admitted log of its table's generation before.
    pub devices_before: Vec<VerifierKey>,
}

impl Candidate {
    /// Whether it is admitted at a time, in Unix seconds.
    pub fn is_admitted(&self, now: i64) -> bool {
        self.is_confirmed || self.speaks_for_itself(now)
    }

    fn speaks_for_itself(&self, now: i64) -> bool {
        let Papers { certificate, admission } = &self.papers;
        let kit = &certificate.body;
        let succeeds = match admission.body.generation {
            1 => !self.has_rival,
            _ => self.devices_before.iter().any(|device| admission.also_signed_by(device)),
        };
        kit.until > now && self.other_tables < kit.max_tables && succeeds
    }
}

/// Where a log stands at a time, in Unix seconds. `is_revoked`: its table is, or the kit that it was made with. `candidate` is
/// none once it is admitted: then it stays so.
pub fn state(is_revoked: bool, candidate: Option<&Candidate>, now: i64) -> LogState {
    match is_held(candidate, now) {
        _ if is_revoked => LogState::Revoked,
        true => LogState::Held,
        false => LogState::Admitted,
    }
}

/// Whether a log waits for the organizer's word at a time, in Unix seconds.
pub(super) fn is_held(candidate: Option<&Candidate>, now: i64) -> bool {
    candidate.is_some_and(|candidate| !candidate.is_admitted(now))
}

/// The whole minute of a time, both in Unix seconds.
pub fn minute(now: i64) -> i64 {
    now - now.rem_euclid(60)
}
