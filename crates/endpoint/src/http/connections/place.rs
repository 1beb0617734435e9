//! The places of connections: what each is doing, and which has waited the longest.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::{sync::Notify, time::Instant};

use crate::guard::guard;

/// All places that are taken.
#[derive(Default)]
pub(super) struct Places {
    taken: Mutex<BTreeMap<u64, Arc<Place>>>,
    next: AtomicU64,
}

/// What one connection is doing.
pub(super) struct Place {
    doing: Mutex<Doing>,
    taken_away: Notify,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Doing {
    /// It waits for the head of a request, since then.
    Waiting(Instant),
    /// A request is being answered.
    Answering,
    /// The answer is made, and may not have left yet.
    Leaving,
}

/// A place that is given back when this is dropped.
pub(super) struct Seat {
    pub(super) place: Arc<Place>,
    number: u64,
    places: Arc<Places>,
}

impl Places {
    /// A place for one more, which waits.
    pub(super) fn take(places: &Arc<Self>) -> Seat {
        let doing = Mutex::new(Doing::Waiting(Instant::now()));
        let place = Arc::new(Place { doing, taken_away: Notify::new() });
        let number = places.next.fetch_add(1, Ordering::Relaxed);
        guard(&places.taken).insert(number, Arc::clone(&place));
        Seat { place, number, places: Arc::clone(places) }
    }

    pub(super) fn count(&self) -> usize {
        guard(&self.taken).len()
    }

    /// Takes away the place of the connection that has waited the longest for a request; false when none waits.
    pub(super) fn close_the_longest_waiting(&self) -> bool {
        let mut taken = guard(&self.taken);
        let waiting =
            taken.iter().filter_map(|(number, place)| place.waiting_since().map(|since| (since, *number)));
        let longest = waiting.min().and_then(|(_, number)| taken.remove(&number));
        longest.inspect(|place| place.taken_away.notify_one()).is_some()
    }
}

impl Place {
    /// A request has come: it is being answered until what this gives is dropped.
    pub(super) fn answer(place: &Arc<Self>) -> Answering {
        *guard(&place.doing) = Doing::Answering;
        Answering(Arc::clone(place))
    }

    /// It waits, from now on.
    pub(super) fn wait(&self) {
        *guard(&self.doing) = Doing::Waiting(Instant::now());
    }

    /// All that was to be written is.
    pub(super) fn flushed(&self) {
        let mut doing = guard(&self.doing);
        if *doing == Doing::Leaving {
            *doing = Doing::Waiting(Instant::now());
        }
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.waiting_since().is_some()
    }

    /// Returns when the place is needed for another.
    pub(super) async fn taken_away(&self) {
        self.taken_away.notified().await;
    }

    fn waiting_since(&self) -> Option<Instant> {
        match *guard(&self.doing) {
            Doing::Waiting(since) => Some(since),
            Doing::Answering | Doing::Leaving => None,
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        guard(&self.places.taken).remove(&self.number);
    }
}

/// While it lives, a request is being answered.
pub(super) struct Answering(Arc<Place>);

impl Drop for Answering {
    fn drop(&mut self) {
        *guard(&self.0.doing) = Doing::Leaving;
    }
}
