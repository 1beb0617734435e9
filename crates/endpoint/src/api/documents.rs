use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::StatusCode,
};
use proof::{CampaignId, Origin, VerifierKey};
use rusqlite::Connection;
use wire::{Confirmation, Document, Problem, ProblemCode, Revocation, Signed, Tally, kind_of};

use crate::{
    problem::{Refusal, WorkError},
    receiving,
    server::Shared,
    storage::document,
};

/// Numbers in documents are below 2^53.
const NUMBERS: u64 = 1 << 53;

#[utoipa::path(post, path = "/v1/campaigns/{campaign}/documents",
    request_body(content = String, description = "Revocation, confirmation or tally note", content_type = "text/plain"),
    params(("campaign" = String, Path)),
    responses((status = 201, description = "Taken"), (status = 200, description = "Known"), (status = "default", body = Problem)))]
pub(crate) async fn post(
    State(shared): State<Arc<Shared>>,
    Path(campaign): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let campaign = super::campaign(&campaign)?;
    let note = super::note(bytes)?;
    let root = shared.root(campaign).await?;
    let said = Said::verify(&note, campaign, &root)?;
    let new = shared.writer.write(move |connection| said.keep(connection, campaign, &note)).await?;
    Ok(if new { StatusCode::CREATED } else { StatusCode::OK })
}

/// What an organizer can say to an endpoint.
enum Said {
    Revocation(Signed<Revocation>),
    Confirmation(Signed<Confirmation>),
    Tally(Signed<Tally>),
}

impl Said {
    fn verify(note: &str, campaign: CampaignId, root: &VerifierKey) -> Result<Self, Refusal> {
        fn read<D: Document>(
            note: &str,
            campaign: CampaignId,
            root: &VerifierKey,
        ) -> Result<Signed<D>, Refusal> {
            Signed::verify_root(note, campaign, root)
                .map_err(|error| Refusal::new(ProblemCode::BadDocument, error.to_string()))
        }
        let kind =
            kind_of(note).map_err(|error| Refusal::new(ProblemCode::BadDocument, error.to_string()))?;
        match kind.as_str() {
            Revocation::KIND => {
                let said: Signed<Revocation> = read(note, campaign, root)?;
                match (said.body.kit, said.body.table) {
                    (None, None) => Err(Refusal::new(ProblemCode::BadDocument, "it revokes nothing")),
                    _ => Ok(Self::Revocation(said)),
                }
            }
            Confirmation::KIND => read(note, campaign, root).map(Self::Confirmation),
            Tally::KIND => {
                let said: Signed<Tally> = read(note, campaign, root)?;
                if said.body.seq >= NUMBERS {
                    return Err(Refusal::new(ProblemCode::BadDocument, "its number is out of range"));
                }
                Ok(Self::Tally(said))
            }
            _ => Err(Refusal::new(ProblemCode::BadDocument, "not a kind that an endpoint takes")),
        }
    }

    /// Keeps it; false when it is known.
    fn keep(&self, connection: &Connection, campaign: CampaignId, note: &str) -> Result<bool, WorkError> {
        match self {
            Self::Revocation(said) => {
                let mut new = false;
                for subject in [said.body.kit, said.body.table].into_iter().flatten() {
                    new |= document::revoke(connection, campaign, subject, note)?;
                }
                Ok(new)
            }
            Self::Confirmation(said) => {
                let origin = Origin { campaign, table: said.body.table, generation: said.body.generation };
                Ok(receiving::confirm(connection, &origin, &said.body.device, note)?)
            }
            Self::Tally(said) => match document::find_tally(connection, campaign)? {
                Some((_, known)) if known == note => Ok(false),
                Some((seq, _)) if seq >= said.body.seq => {
                    Err(Refusal::new(ProblemCode::Stale, format!("tally {seq} is known")).into())
                }
                _ => {
                    document::set_tally(connection, campaign, said.body.seq, note)?;
                    Ok(true)
                }
            },
        }
    }
}
