//! What the requests of one campaign may use at once: of the memory for bodies and answers, and of the turns at the
//! work. No campaign has all of either, so none can starve the others.
//!
//! This is room, which comes back when it is given back, and no rate, which comes back with time: `governor` counts the
//! latter alone (`limits.rs`).

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use proof::CampaignId;
use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    task,
    time::{self, Instant},
};
use wire::ProblemCode;

use super::problem::Refusal;
use crate::guard::guard;

/// A body of up to so many bytes costs nothing: there are not more of them than connections.
pub(crate) const SMALL: usize = 64 << 10;
/// So many requests of one campaign are worked on at once; others of it wait for their turn.
const TURNS: usize = 64;
/// How often it is looked for room.
const LOOK: Duration = Duration::from_millis(100);
/// Where there is too little room for all, the next begins so long after the one before.
const HEAD_START: Duration = Duration::from_millis(50);
/// Campaigns without a request are forgotten when there are more than this many.
const MANY: usize = 1_024;

/// What there is for all.
pub(crate) struct Shares {
    memory: Arc<Memory>,
    campaigns: Mutex<HashMap<CampaignId, Weak<Share>>>,
    of_nobody: Arc<Share>,
}

/// What there is for one campaign.
pub(crate) struct Share {
    whole: Arc<Memory>,
    /// At most three quarters of it.
    memory: Memory,
    /// Told when some of it was given back.
    freed: Notify,
    /// Whoever waits for room, in the order in which they came.
    first: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

/// A turn at the work. While it lasts, so does its campaign's share.
pub(crate) struct Turn {
    _permit: Option<OwnedSemaphorePermit>,
    _share: Arc<Share>,
}

/// Bytes of memory that are given back when this is dropped.
pub(crate) struct Lease {
    share: Arc<Share>,
    bytes: usize,
}

impl Shares {
    /// Shares of so many bytes of memory.
    pub(crate) fn new(memory: usize) -> Self {
        let memory = Arc::new(Memory::of(memory));
        let of_nobody = Arc::new(Share::of(&memory));
        Self { memory, campaigns: Mutex::default(), of_nobody }
    }

    /// A campaign's share.
    pub(crate) fn of(&self, campaign: CampaignId) -> Arc<Share> {
        let mut campaigns = guard(&self.campaigns);
        if let Some(share) = campaigns.get(&campaign).and_then(Weak::upgrade) {
            return share;
        }
        if campaigns.len() >= MANY {
            campaigns.retain(|_, share| share.strong_count() > 0);
        }
        let share = Arc::new(Share::of(&self.memory));
        campaigns.insert(campaign, Arc::downgrade(&share));
        share
    }

    /// What all have together who name no campaign that is known.
    pub(crate) fn of_nobody(&self) -> Arc<Share> {
        Arc::clone(&self.of_nobody)
    }
}

impl Share {
    fn of(whole: &Arc<Memory>) -> Self {
        let memory = Memory::of(whole.most / 4 * 3);
        Self {
            whole: Arc::clone(whole),
            memory,
            freed: Notify::new(),
            first: Arc::new(Semaphore::new(1)),
            turns: Arc::new(Semaphore::new(TURNS)),
        }
    }

    /// Waits for a turn at the work; it is over when this is dropped.
    pub(crate) async fn turn(self: &Arc<Self>) -> Turn {
        // Nobody closes it.
        let permit = Arc::clone(&self.turns).acquire_owned().await.ok();
        Turn { _permit: permit, _share: Arc::clone(self) }
    }

    /// A lease of nothing yet.
    pub(crate) fn lease(self: &Arc<Self>) -> Lease {
        Lease { share: Arc::clone(self), bytes: 0 }
    }

    fn take(&self, bytes: usize) -> Result<(), Refusal> {
        if self.memory.take(bytes) {
            if self.whole.take(bytes) {
                return Ok(());
            }
            self.memory.give_back(bytes);
        }
        Err(busy())
    }

    fn give_back(&self, bytes: usize) {
        self.memory.give_back(bytes);
        self.whole.give_back(bytes);
        self.freed.notify_one();
    }
}

impl Lease {
    /// Waits until a body of so many bytes would find room, at most for `patience`. Nothing is taken for it, so whoever
    /// announces much and sends little takes nothing from others.
    pub(crate) async fn room_for(&self, body: usize, patience: Duration) -> Result<(), Refusal> {
        let needed = cost(body);
        if needed == 0 {
            return Ok(());
        }
        let over = Instant::now() + patience;
        let has_room = || self.share.memory.has(needed) && self.share.whole.has(needed);
        let Ok(Ok(first)) = time::timeout_at(over, Arc::clone(&self.share.first).acquire_owned()).await
        else {
            return Err(busy());
        };
        if has_room() {
            return Ok(());
        }
        while !has_room() {
            if Instant::now() >= over {
                return Err(busy());
            }
            // What other campaigns give back is looked for now and then.
            let _not_told = time::timeout(LOOK, self.share.freed.notified()).await;
        }
        // The next is let go on when this one has had the time to take what it found, whether or not it does.
        task::spawn(async move {
            time::sleep(HEAD_START).await;
            drop(first);
        });
        Ok(())
    }

    /// Makes it one for a body of so many bytes.
    pub(crate) fn hold_body(&mut self, body: usize) -> Result<(), Refusal> {
        self.hold(cost(body))
    }

    /// Makes it one of so many bytes. What is not there is not waited for: others may wait for what this holds.
    pub(crate) fn hold(&mut self, bytes: usize) -> Result<(), Refusal> {
        match bytes.checked_sub(self.bytes) {
            Some(more) => self.share.take(more)?,
            None => self.share.give_back(self.bytes - bytes),
        }
        self.bytes = bytes;
        Ok(())
    }

    /// Bytes that give the lease back when they are written and gone.
    pub(crate) fn bind(self, bytes: Vec<u8>) -> Bytes {
        struct Bound(Vec<u8>, #[expect(dead_code, reason = "it is given back with the bytes")] Lease);
        impl AsRef<[u8]> for Bound {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }
        Bytes::from_owner(Bound(bytes, self))
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.share.give_back(self.bytes);
    }
}

/// What a body of so many bytes takes: itself, and once more as what is read from it.
fn cost(body: usize) -> usize {
    body.saturating_sub(SMALL) * 2
}

fn busy() -> Refusal {
    Refusal::later(ProblemCode::Busy, "too much arrives at once", 2)
}

/// Bytes that can be taken, and how many are.
struct Memory {
    most: usize,
    taken: AtomicUsize,
}

impl Memory {
    fn of(most: usize) -> Self {
        Self { most, taken: AtomicUsize::new(0) }
    }

    fn has(&self, bytes: usize) -> bool {
        self.taken.load(Ordering::Relaxed).saturating_add(bytes) <= self.most
    }

    fn take(&self, bytes: usize) -> bool {
        let with = |taken: usize| taken.checked_add(bytes).filter(|with| *with <= self.most);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, with).is_ok()
    }

    fn give_back(&self, bytes: usize) {
        self.taken.fetch_sub(bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn campaign(number: u8) -> CampaignId {
        format!("{number:032x}").parse().unwrap()
    }

    #[tokio::test]
    async fn a_campaign_that_takes_all_it_can_leaves_a_quarter_to_others_and_gives_it_back() {
        let shares = Shares::new(1 << 20);
        let mut greedy: Vec<Lease> = Vec::new();
        loop {
            let mut lease = shares.of(campaign(1)).lease();
            if lease.hold_body(SMALL + (64 << 10)).is_err() {
                break;
            }
            greedy.push(lease);
        }
        assert_eq!(greedy.len(), 6);
        let mut other = shares.of(campaign(2)).lease();
        other.hold_body(SMALL + (128 << 10)).unwrap();
        let third = shares.of(campaign(3)).lease();
        assert!(third.room_for(SMALL + 1, Duration::ZERO).await.is_err(), "nothing is left");
        shares.of(campaign(3)).lease().hold_body(SMALL).unwrap();
        drop(greedy);
        third.room_for(SMALL + 1, Duration::ZERO).await.unwrap();
        other.hold_body(SMALL).unwrap();
        shares.of(campaign(3)).lease().hold_body(SMALL + (256 << 10)).unwrap();
        let bytes = { shares.of(campaign(1)).lease().bind(vec![1; 3]) };
        assert_eq!(&bytes[..], [1; 3]);
        drop((other, bytes));
        assert_eq!(shares.memory.taken.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn a_campaign_with_all_its_turns_taken_keeps_none_from_others() {
        let shares = Shares::new(0);
        let mut taken = Vec::new();
        for _ in 0..TURNS {
            taken.push(shares.of(campaign(1)).turn().await);
        }
        let (first, second) = (shares.of(campaign(1)), shares.of(campaign(2)));
        let mut waits = std::pin::pin!(first.turn());
        tokio::select! {
            biased;
            _ = &mut waits => unreachable!("there is no turn left"),
            turn = second.turn() => drop(turn),
        }
        taken.pop();
        drop(waits.await);
    }
}
