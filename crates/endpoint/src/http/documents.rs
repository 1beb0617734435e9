//! POST `documents`: what an organizer says, and only that.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::StatusCode,
};
use proof::{CampaignId, Origin, VerifierKey};
use wire::{
    Confirmation, Document, OpenUpdate, ProblemCode, ProblemDetails, Revocation, Signed, Tally, Update,
    kind_of,
};

use super::{extract, problem::Refusal, state::AppState};
use crate::storage::{Numbered, NumberedOutcome};

/// Numbers in documents are below 2^53.
const NUMBERS: u64 = 1 << 53;

#[utoipa::path(post, path = "/v1/campaigns/{campaign}/documents",
    request_body(content = String, description = "Revocation, confirmation, tally or update note", content_type = "text/plain"),
    params(("campaign" = String, Path)),
    responses((status = 201, description = "Taken"), (status = 200, description = "Known"), (status = "default", body = ProblemDetails)))]
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let campaign = extract::campaign(&campaign)?;
    let note = extract::note(bytes)?;
    let root = state.root(campaign).await?;
    let said = Said::verify(&note, campaign, &root)?;
    let new = said.keep(&state, campaign, note).await?;
    Ok(if new { StatusCode::CREATED } else { StatusCode::OK })
}

/// What an organizer can say to an endpoint.
enum Said {
    Revocation(Signed<Revocation>),
    Confirmation(Signed<Confirmation>),
    /// One of those of which the newest is kept: its kind and number.
    Numbered(Numbered, u64),
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
                numbered(Numbered::Tally, said.body.seq)
            }
            Update::KIND => {
                // Whole, so that no table is told of what it cannot take.
                let said = OpenUpdate::verify(note, campaign, root)
                    .map_err(|error| Refusal::new(ProblemCode::BadDocument, error.to_string()))?;
                numbered(Numbered::Update, said.seq)
            }
            _ => Err(Refusal::new(ProblemCode::BadDocument, "not a kind that an endpoint takes")),
        }
    }

    /// Keeps it; false when it is known.
    async fn keep(self, state: &AppState, campaign: CampaignId, note: String) -> Result<bool, Refusal> {
        let storage = &state.storage;
        match self {
            Self::Revocation(said) => {
                let subjects = [said.body.kit, said.body.table].into_iter().flatten().collect();
                Ok(storage.insert_revocation(campaign, subjects, note).await?)
            }
            Self::Confirmation(said) => {
                let Confirmation { table, generation, device } = said.body;
                let origin = Origin { campaign, table, generation };
                Ok(storage.insert_confirmation(origin, device, note).await?)
            }
            Self::Numbered(kind, seq) => match storage.set_numbered(campaign, kind, seq, note).await? {
                NumberedOutcome::Newest => Ok(true),
                NumberedOutcome::Known => Ok(false),
                NumberedOutcome::Stale { stored } => {
                    Err(Refusal::new(ProblemCode::Stale, format!("number {stored} is known")))
                }
            },
        }
    }
}

fn numbered(kind: Numbered, seq: u64) -> Result<Said, Refusal> {
    if seq < NUMBERS {
        return Ok(Said::Numbered(kind, seq));
    }
    Err(Refusal::new(ProblemCode::BadDocument, "its number is out of range"))
}
