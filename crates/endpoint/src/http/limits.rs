//! How fast tables and campaigns may post, how fast campaigns may come, and kits be asked for. In memory, never by address.

use std::{
    hash::Hash,
    num::NonZeroU32,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::HashMapStateStore,
};
use proof::{CampaignId, Origin};
use uuid::Uuid;
use wire::ProblemCode;

use super::problem::Refusal;

/// Posts a second of a table and of a campaign, and as many at once as three seconds bring.
const PER_TABLE: u32 = 50;
const PER_CAMPAIGN: u32 = 500;
const BURST_SECONDS: u32 = 3;
/// So often may a known campaign be told again, a second and at once; and so many new ones may come, all together.
const TOLD: (u32, u32) = (5, 50);
const NEW: (u32, u32) = (1, 20);
/// So many deposits of a campaign may be claimed, a second and at once: nobody guesses one, and nobody asks for long.
const CLAIMS: (u32, u32) = (5, 50);
/// After so many posts, keys that were idle for long enough to be as good as new are forgotten.
const SWEEP: usize = 4_096;

type Keyed<K, C> = RateLimiter<K, HashMapStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The limits, by a clock that does not go back.
pub(crate) struct Limits<C: Clock = DefaultClock> {
    tables: Keyed<(CampaignId, Uuid), C>,
    campaigns: Keyed<CampaignId, C>,
    told: Keyed<CampaignId, C>,
    new: Keyed<(), C>,
    claims: Keyed<CampaignId, C>,
    clock: C,
    taken: AtomicUsize,
}

impl<C: Clock + Clone> Limits<C> {
    pub(crate) fn new(clock: C) -> Self {
        let burst = |rate| quota(rate, rate * BURST_SECONDS);
        Self {
            tables: RateLimiter::hashmap_with_clock(burst(PER_TABLE), clock.clone()),
            campaigns: RateLimiter::hashmap_with_clock(burst(PER_CAMPAIGN), clock.clone()),
            told: RateLimiter::hashmap_with_clock(quota(TOLD.0, TOLD.1), clock.clone()),
            new: RateLimiter::hashmap_with_clock(quota(NEW.0, NEW.1), clock.clone()),
            claims: RateLimiter::hashmap_with_clock(quota(CLAIMS.0, CLAIMS.1), clock.clone()),
            clock,
            taken: AtomicUsize::new(0),
        }
    }

    /// Takes a post of a log, or says when to come again.
    pub(crate) fn take(&self, origin: &Origin) -> Result<(), Refusal> {
        if self.taken.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.forget_idle();
        }
        self.take_of(&self.tables, &(origin.campaign, origin.table))?;
        self.take_of(&self.campaigns, &origin.campaign)
    }

    /// Takes a campaign that is told again.
    pub(crate) fn take_known(&self, campaign: CampaignId) -> Result<(), Refusal> {
        self.take_of(&self.told, &campaign)
    }

    /// Takes a campaign that is new here.
    pub(crate) fn take_new(&self) -> Result<(), Refusal> {
        self.take_of(&self.new, &())
    }

    /// Takes a claim of a deposit of a campaign.
    pub(crate) fn take_claim(&self, campaign: CampaignId) -> Result<(), Refusal> {
        self.take_of(&self.claims, &campaign)
    }

    fn take_of<K: Clone + Eq + Hash>(&self, limit: &Keyed<K, C>, key: &K) -> Result<(), Refusal> {
        limit.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            // Whole seconds, and never none.
            let seconds = wait.saturating_add(Duration::from_nanos(999_999_999)).as_secs().max(1);
            Refusal::later(ProblemCode::SlowDown, "too many requests at once", seconds)
        })
    }

    fn forget_idle(&self) {
        self.tables.retain_recent();
        self.tables.shrink_to_fit();
        self.campaigns.retain_recent();
        self.told.retain_recent();
        self.claims.retain_recent();
    }
}

fn quota(a_second: u32, at_once: u32) -> Quota {
    let count = |count| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
    Quota::per_second(count(a_second)).allow_burst(count(at_once))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use axum::{http::header, response::IntoResponse};
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn origin(campaign: u8, table: u128) -> Origin {
        let campaign = format!("{campaign:032x}").parse().unwrap();
        Origin { campaign, table: Uuid::from_u128(table), generation: 1 }
    }

    fn taken(limits: &Limits<FakeRelativeClock>, origins: impl Iterator<Item = Origin>) -> usize {
        origins.filter(|origin| limits.take(origin).is_ok()).count()
    }

    #[test]
    fn a_table_that_hammers_waits_and_its_neighbour_does_not() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::new(clock.clone());
        assert_eq!(taken(&limits, (0..1_000).map(|_| origin(1, 1))), 150);
        limits.take(&origin(1, 2)).unwrap();
        let refused = limits.take(&origin(1, 1)).unwrap_err().into_response();
        assert_eq!(refused.headers()[header::RETRY_AFTER], "1");
        clock.advance(Duration::from_millis(500));
        assert_eq!(taken(&limits, (0..1_000).map(|_| origin(1, 1))), 25);
    }

    #[test]
    fn a_campaign_that_hammers_waits_and_another_does_not() {
        let limits = Limits::new(FakeRelativeClock::default());
        assert_eq!(taken(&limits, (0..3_000).map(|table| origin(1, table))), 1_500);
        assert_eq!(taken(&limits, (0..150).map(|_| origin(2, 1))), 150);
    }

    #[test]
    fn tables_that_are_idle_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::new(clock.clone());
        for table in 0..20 * SWEEP as u128 {
            clock.advance(Duration::from_millis(2));
            drop(limits.take(&origin((table % 100) as u8, table)));
        }
        assert!(limits.tables.len() < 3 * SWEEP, "{} tables are remembered", limits.tables.len());
    }

    #[test]
    fn campaigns_come_one_after_the_other_and_those_that_are_known_need_not_wait_for_it() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::new(clock.clone());
        assert_eq!((0..100).filter(|_| limits.take_new().is_ok()).count(), 20);
        let known = origin(1, 1).campaign;
        assert_eq!((0..100).filter(|_| limits.take_known(known).is_ok()).count(), 50);
        assert_eq!((0..100).filter(|_| limits.take_claim(known).is_ok()).count(), 50);
        limits.take_claim(origin(2, 1).campaign).unwrap();
        clock.advance(Duration::from_secs(1));
        assert_eq!((0..100).filter(|_| limits.take_new().is_ok()).count(), 1);
    }
}
