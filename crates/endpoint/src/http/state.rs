//! What every request can reach.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use proof::{CampaignId, SigningKey, VerifierKey};
use tokio::{sync::watch, task};
use wire::ProblemCode;

use super::{
    bearer_tokens::BearerTokens, bounds::Bounds, limits::Limits, problem::Refusal, shares::Shares,
    stage::Stage,
};
use crate::{guard::guard, storage::Storage};

/// So many root keys are remembered at most.
const MANY_ROOTS: usize = 4_096;

/// Gives the time, Unix seconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What every request can reach.
pub(crate) struct AppState {
    pub(crate) key: SigningKey,
    pub(crate) storage: Box<dyn Storage>,
    pub(crate) limits: Limits,
    pub(crate) tokens: BearerTokens,
    /// Take only these campaigns; empty: any that proves its root key.
    pub(crate) allow: Vec<CampaignId>,
    pub(crate) bounds: Arc<Bounds>,
    /// How far its end is.
    pub(crate) stage: watch::Receiver<Stage>,
    pub(crate) shares: Shares,
    /// The root keys that were asked for: a campaign's never changes.
    pub(crate) roots: Roots,
    pub(crate) clock: Clock,
}

impl AppState {
    /// Now, in Unix seconds.
    pub(crate) fn now(&self) -> i64 {
        (self.clock)()
    }

    /// The root key of a campaign, or the word that it is unknown.
    pub(crate) async fn root(&self, campaign: CampaignId) -> Result<VerifierKey, Refusal> {
        if let Some(root) = self.roots.find(campaign) {
            return Ok(root);
        }
        let root = self.storage.find_root(campaign).await?.ok_or_else(Refusal::unknown_campaign)?;
        self.roots.insert(campaign, root.clone());
        Ok(root)
    }
}

/// Root keys of campaigns, in memory.
#[derive(Default)]
pub(crate) struct Roots(Mutex<HashMap<CampaignId, VerifierKey>>);

impl Roots {
    fn find(&self, campaign: CampaignId) -> Option<VerifierKey> {
        guard(&self.0).get(&campaign).cloned()
    }

    fn insert(&self, campaign: CampaignId, root: VerifierKey) {
        let mut roots = guard(&self.0);
        if roots.len() >= MANY_ROOTS {
            roots.clear();
        }
        roots.insert(campaign, root);
    }
}

/// Does slow work beside the threads that answer.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let done = task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(Refusal::later(ProblemCode::Fault, "the request failed", 30)))
}
