//! Who may append: by kit certificate, admission and the organizer's word (`docs/protocol.md` §8).

use proof::{CampaignId, Frontier, Origin, VerifierKey};
use rusqlite::Connection;
use wire::{Admission, Enrolment, KitCertificate, LogState, ProblemCode, Signed};

use crate::{
    problem::{Refusal, WorkError},
    storage::{document, log},
};

/// A table's papers, verified under the campaign's root key.
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

    fn is_revoked(&self, connection: &Connection) -> Result<bool, WorkError> {
        let campaign = self.admission.campaign;
        let kit = document::is_revoked(connection, campaign, self.certificate.body.kit)?;
        Ok(kit || document::is_revoked(connection, campaign, self.admission.body.table)?)
    }

    /// The log of these papers, which is made when it is new; and its state. `now` in Unix seconds.
    pub(crate) fn enrol(&self, connection: &Connection, now: i64) -> Result<(log::Row, LogState), WorkError> {
        let origin = self.origin();
        if self.is_revoked(connection)? {
            return Err(
                Refusal::new(ProblemCode::Revoked, "the organizer has ended this table or its kit").into()
            );
        }
        let device = self.admission.body.device.to_string();
        let row = match log::find(connection, &origin)? {
            Some(row) if row.device != device => return Err(Refusal::forked(0, None).into()),
            Some(row) => row,
            None => self.add(connection, &origin, device, now)?,
        };
        let state = row.state(false);
        Ok((row, state))
    }

    fn add(
        &self,
        connection: &Connection,
        origin: &Origin,
        device: String,
        now: i64,
    ) -> Result<log::Row, WorkError> {
        let mut row = log::Row {
            id: 0,
            table: origin.table,
            generation: origin.generation,
            kit: self.certificate.body.kit,
            certificate: self.certificate.note(),
            admission: self.admission.note(),
            device,
            label: self.admission.body.label.clone(),
            held: !self.speak_for_themselves(connection, origin, now)?,
            head: Frontier::default(),
            last_seen: minute(now),
        };
        row.id = log::insert(connection, origin, &row)?;
        Ok(row)
    }

    /// Whether the papers admit the table without the organizer's word.
    fn speak_for_themselves(
        &self,
        connection: &Connection,
        origin: &Origin,
        now: i64,
    ) -> Result<bool, WorkError> {
        if document::is_confirmed(connection, origin)? {
            return Ok(true);
        }
        let kit = &self.certificate.body;
        let in_date = kit.until > now;
        let room = log::count_other_tables(connection, kit.kit, origin.table)? < kit.max_tables;
        let succeeds = match origin.generation {
            1 => true,
            generation => {
                let before = Origin { generation: generation - 1, ..*origin };
                let known = log::find(connection, &before)?.filter(|row| !row.held);
                let key = known.and_then(|row| row.device.parse().ok());
                key.is_some_and(|key| self.admission.also_signed_by(&key))
            }
        };
        Ok(in_date && room && succeeds)
    }
}

pub(crate) fn minute(now: i64) -> i64 {
    now - now.rem_euclid(60)
}
