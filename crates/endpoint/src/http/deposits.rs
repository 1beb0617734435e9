//! POST and GET `deposits`, and POST `claims`: sealed kits on their way to their tables (`docs/protocol.md` §8.9).

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::{BASE64, HEXLOWER};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use wire::{
    Claim, Deposit, DepositRow, Deposited, MAX_SEALED_KIT_BYTES, ProblemCode, ProblemDetails,
    SEALED_KIT_TYPE, Signed,
};

use super::{extract, problem::Refusal, state::AppState};
use crate::storage::{ClaimOutcome, DepositOutcome, NewDeposit};

/// A list takes as much memory: of a thousand deposits.
const LIST: usize = 512 << 10;

#[utoipa::path(post, path = "/v1/campaigns/{campaign}/deposits", request_body = Deposited, params(("campaign" = String, Path)),
    responses((status = 201, description = "Taken"), (status = 200, description = "Known"), (status = "default", body = ProblemDetails)))]
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let campaign = extract::campaign(&campaign)?;
    let Deposited { deposit: note, sealed } = json(bytes)?;
    let root = state.root(campaign).await?;
    let Signed { body, .. } = Signed::<Deposit>::verify_root(&note, campaign, &root)
        .map_err(|error| Refusal::new(ProblemCode::BadDocument, error.to_string()))?;
    let sealed = BASE64
        .decode(sealed.as_bytes())
        .map_err(|_| Refusal::new(ProblemCode::BadRequest, "what is deposited is not base64"))?;
    if sealed.len() > MAX_SEALED_KIT_BYTES {
        let detail = format!("a deposit has at most {MAX_SEALED_KIT_BYTES} bytes");
        return Err(Refusal::new(ProblemCode::TooLarge, detail));
    }
    if HEXLOWER.encode(&Sha256::digest(&sealed)) != body.sealed {
        return Err(Refusal::new(ProblemCode::BadDocument, "the note is of other bytes"));
    }
    let Deposit { deposit, kit, until, .. } = body;
    let new = NewDeposit { deposit, kit, until, note, sealed: sealed.into() };
    match state.storage.insert_deposit(campaign, new, state.now()).await? {
        DepositOutcome::Inserted => Ok(StatusCode::CREATED),
        DepositOutcome::Known => Ok(StatusCode::OK),
        DepositOutcome::Revoked => Err(Refusal::revoked()),
        DepositOutcome::Full => {
            Err(Refusal::later(ProblemCode::Quota, "as many kits wait here as may: until some are over", 600))
        }
    }
}

#[utoipa::path(get, path = "/v1/campaigns/{campaign}/deposits", params(("campaign" = String, Path)),
    responses((status = 200, body = Vec<DepositRow>), (status = "default", body = ProblemDetails)))]
pub(crate) async fn list(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let campaign = extract::campaign(&campaign)?;
    extract::authorise(&state, campaign, &headers)?;
    let mut lease = state.shares.of(campaign).lease();
    lease.hold(LIST)?;
    let rows = state.storage.list_deposits(campaign).await?;
    let list = serde_json::to_vec(&rows)
        .map_err(|_| Refusal::later(ProblemCode::Fault, "the list cannot be written", 30))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], lease.bind(list)).into_response())
}

#[utoipa::path(post, path = "/v1/campaigns/{campaign}/claims", request_body = Claim, params(("campaign" = String, Path)),
    responses((status = 201, description = "The sealed kit, claimed with this", body = Vec<u8>, content_type = "application/vnd.undersigned.sealed-kit"),
        (status = 200, description = "The sealed kit again, for the same claim", body = Vec<u8>, content_type = "application/vnd.undersigned.sealed-kit"),
        (status = "default", body = ProblemDetails)))]
pub(crate) async fn claim(
    State(state): State<Arc<AppState>>,
    Path(campaign): Path<String>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let campaign = extract::campaign(&campaign)?;
    let Claim { deposit, claim } = json(bytes)?;
    state.limits.take_claim(campaign)?;
    // What is given, before it is read.
    let mut lease = state.shares.of(campaign).lease();
    lease.hold(MAX_SEALED_KIT_BYTES)?;
    match state.storage.claim(campaign, deposit, claim, state.now()).await? {
        ClaimOutcome::Taken { first, sealed } => {
            lease.hold(sealed.len())?;
            let status = if first { StatusCode::CREATED } else { StatusCode::OK };
            Ok((status, [(header::CONTENT_TYPE, SEALED_KIT_TYPE)], lease.bind(sealed)).into_response())
        }
        ClaimOutcome::Unknown => {
            Err(Refusal::new(ProblemCode::UnknownDeposit, "this endpoint does not know the deposit"))
        }
        ClaimOutcome::Revoked => Err(Refusal::revoked()),
        ClaimOutcome::Claimed => {
            Err(Refusal::new(ProblemCode::Claimed, "somebody else has claimed the deposit"))
        }
        ClaimOutcome::Expired => Err(Refusal::new(ProblemCode::Expired, "the date of the deposit is over")),
    }
}

fn json<T: DeserializeOwned>(bytes: Result<Bytes, BytesRejection>) -> Result<T, Refusal> {
    serde_json::from_slice(&extract::body(bytes)?)
        .map_err(|_| Refusal::new(ProblemCode::BadRequest, "the body is not what is expected here"))
}
