//! Who may append: by kit certificate, admission and the organizer's word (`docs/protocol.md` §8.3). No storage here: what
//! the answer depends on is handed in.

use proof::{CampaignId, Origin, VerifierKey};
use wire::{Admission, Enrolment, KitCertificate, ProblemCode, Signed};

use crate::problem::Refusal;

/// A table's papers, verified under the campaign's root key.
#[derive(Clone, Debug)]
pub(crate) struct Papers {
    pub(crate) certificate: Signed<KitCertificate>,
    pub(crate) admission: Signed<Admission>,
}

impl Papers {
    pub(crate) fn verify(
        enrolment: &Enrolment,
        campaign: CampaignId,
        root: &VerifierKey,
    ) -> Result<Self, Refusal> {
        let refused =
            |what: &str| Refusal::new(ProblemCode::BadDocument, format!("the {what} does not verify"));
        let certificate = Signed::<KitCertificate>::verify_root(&enrolment.certificate, campaign, root)
            .map_err(|_| refused("certificate"))?;
        let admission = Signed::<Admission>::verify(&enrolment.admission, &certificate.body.key)
            .map_err(|_| refused("admission"))?;
        if admission.campaign != campaign || admission.body.kit != certificate.body.kit {
            return Err(refused("admission"));
        }
        let papers = Self { certificate, admission };
        if !papers.admission.body.is_well_formed(campaign) {
            return Err(refused("admission"));
        }
        Ok(papers)
    }

    pub(crate) fn origin(&self) -> Origin {
        Origin {
            campaign: self.admission.campaign,
            table: self.admission.body.table,
            generation: self.admission.body.generation,
        }
    }
}

/// A log that is not admitted yet, and all that its admission depends on.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// Those that it was made with.
    pub(crate) papers: Papers,
    /// The organizer has confirmed its device.
    pub(crate) is_confirmed: bool,
    /// So many other tables of the campaign have an admitted log made with its kit.
    pub(crate) other_tables: u32,
    /// Another device has a log of its table and generation.
    pub(crate) has_rival: bool,
    /// The devices that have an admitted log of its table's generation before.
    pub(crate) devices_before: Vec<VerifierKey>,
}

impl Candidate {
    /// Whether it is admitted at a time, in Unix seconds.
    pub(crate) fn is_admitted(&self, now: i64) -> bool {
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

/// The whole minute of a time, both in Unix seconds.
pub(crate) fn minute(now: i64) -> i64 {
    now - now.rem_euclid(60)
}
