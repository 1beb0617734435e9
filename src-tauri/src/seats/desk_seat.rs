//! The desk, lent to one command after the other, so that it can be closed.

use std::{
    ops::Deref,
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use desk::{Desk, DeskError, Reader};

use super::guard::guard;

/// The place of the desk: empty, or with an open desk that is lent to commands.
#[derive(Default)]
pub(super) struct DeskSeat {
    place: Mutex<Place>,
    given_back: Condvar,
}

#[derive(Default)]
struct Place {
    desk: Option<Arc<OpenDesk>>,
    lent: usize,
}

/// The desk, and what reads it while a merge writes: one for what is asked in a moment, one that has the ledger in memory.
struct OpenDesk {
    desk: Mutex<Desk>,
    reader: Mutex<Reader>,
    ledger: Mutex<Reader>,
    /// How often a page of the ledger was asked for.
    asked: AtomicU64,
}

impl DeskSeat {
    pub(super) fn is_open(&self) -> bool {
        guard(&self.place).desk.is_some()
    }

    pub(super) fn seat(&self, desk: Desk) -> Result<(), DeskError> {
        let (reader, ledger) = (desk.reader()?.into(), desk.reader()?.into());
        guard(&self.place).desk =
            Some(Arc::new(OpenDesk { desk: desk.into(), reader, ledger, asked: AtomicU64::default() }));
        Ok(())
    }

    /// The open desk, for as long as a command works with it.
    pub(super) fn lend(self: &Arc<Self>) -> Option<LentDesk> {
        let mut place = guard(&self.place);
        let desk = place.desk.clone()?;
        place.lent += 1;
        Some(LentDesk { desk, _turn: Turn(Arc::clone(self)) })
    }

    /// Closes the desk: its database is closed, and its keys are wiped. Where a command keeps it for longer than
    /// the caller waits, it stays open, and the answer is false.
    pub(super) fn close(&self, patience: Duration) -> bool {
        let (mut place, _) = self
            .given_back
            .wait_timeout_while(guard(&self.place), patience, |place| place.lent > 0)
            .unwrap_or_else(PoisonError::into_inner);
        if place.lent > 0 {
            return false;
        }
        place.desk = None;
        true
    }
}

/// The desk, while a command works with it.
pub(crate) struct LentDesk {
    desk: Arc<OpenDesk>,
    // Given back after the desk itself: fields are dropped in this order.
    _turn: Turn,
}

impl LentDesk {
    /// What reads the desk without waiting for a merge.
    pub(crate) fn reader(&self) -> &Mutex<Reader> {
        &self.desk.reader
    }

    /// What has the ledger in memory, from the first time that it is asked.
    pub(crate) fn ledger(&self) -> &Mutex<Reader> {
        &self.desk.ledger
    }

    /// Somebody asks for a page of the ledger: what else it is asked and nobody waits for is to make room.
    pub(crate) fn ask_ledger(&self) -> &Mutex<Reader> {
        self.desk.asked.fetch_add(1, Relaxed);
        self.ledger()
    }

    /// How often a page of the ledger was asked for.
    pub(crate) fn ledger_asked(&self) -> u64 {
        self.desk.asked.load(Relaxed)
    }
}

impl Deref for LentDesk {
    type Target = Mutex<Desk>;

    fn deref(&self) -> &Mutex<Desk> {
        &self.desk.desk
    }
}

struct Turn(Arc<DeskSeat>);

impl Drop for Turn {
    fn drop(&mut self) {
        guard(&self.0.place).lent -= 1;
        self.0.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::thread;

    use desk::{BackupKey, Keys, NewBackup};

    use super::*;

    #[test]
    fn a_desk_that_is_lent_is_not_closed_and_one_that_comes_back_is() {
        let folder = tempfile::tempdir().unwrap();
        let mut rng = rand::rng();
        let key = &BackupKey::with_work("ten characters", 1, &mut rng).unwrap();
        let backup = NewBackup { path: &folder.path().join("backup"), key };
        let keys = Keys::generate(&mut rng);
        let place = folder.path().join("desk");
        let desk = Desk::create(&place, keys, "Neighbors", None, &backup, 1_800_000_000, &mut rng).unwrap();
        let seat = Arc::new(DeskSeat::default());
        seat.seat(desk).unwrap();
        let lent = seat.lend().unwrap();
        assert!(!seat.close(Duration::ZERO));
        assert_eq!(guard(&lent).campaign().name, "Neighbors", "who has it goes on");
        let closes = {
            let seat = Arc::clone(&seat);
            thread::spawn(move || seat.close(Duration::from_secs(60)))
        };
        drop(lent);
        assert!(closes.join().unwrap());
        assert!(!seat.is_open() && seat.lend().is_none());
    }
}
