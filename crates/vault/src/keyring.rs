//! The system's keyring, asked by one worker: a call that comes late is done before what is asked after it.

use std::{
    sync::{Arc, LazyLock, mpsc},
    thread,
    time::Duration,
};

use crate::{
    VaultError,
    items::{Items, Secret},
    system::System,
};

/// A locked keyring may wait for a person who looks for a password.
const PATIENCE: Duration = Duration::from_secs(30);

type Job<I> = Box<dyn FnOnce(&mut I) + Send>;

/// A keyring and the worker that alone speaks with it.
pub(crate) struct Keyring<I> {
    jobs: mpsc::Sender<Job<I>>,
    patience: Duration,
}

/// The keyring of this system; connected to when it is first asked.
pub(crate) fn system() -> &'static Keyring<System> {
    static KEYRING: LazyLock<Keyring<System>> = LazyLock::new(|| Keyring::start(System::default(), PATIENCE));
    &KEYRING
}

impl<I: Items + Send + 'static> Keyring<I> {
    pub(crate) fn start(mut items: I, patience: Duration) -> Self {
        let (jobs, asked) = mpsc::channel::<Job<I>>();
        thread::spawn(move || asked.into_iter().for_each(|job| job(&mut items)));
        Self { jobs, patience }
    }

    pub(crate) fn read(&self, item: String) -> Result<Option<Secret>, VaultError> {
        self.ask(move |items| items.read(&item))
    }

    /// Writes items and reads each back: a keyring that answers may still keep nothing.
    pub(crate) fn write(&self, secrets: Vec<(String, Secret)>) -> Result<(), VaultError> {
        self.ask(move |items| secrets.iter().try_for_each(|(item, secret)| keep(items, item, secret)))
    }

    pub(crate) fn remove(&self, item: String) -> Result<(), VaultError> {
        self.ask(move |items| items.remove(&item))
    }

    /// Whether it keeps an item, shown by one that is removed again.
    pub(crate) fn try_out(&self, item: String, secret: Secret) -> Result<(), VaultError> {
        self.ask(move |items| {
            keep(items, &item, &secret)?;
            items.remove(&item)
        })
    }

    /// Waits for an answer, but not for ever. What nobody waits for any more is not begun.
    fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut I) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let waiting = Arc::new(());
        let awaited = Arc::downgrade(&waiting);
        let job: Job<I> = Box::new(move |items| {
            if awaited.strong_count() > 0 {
                // Whoever asked may have gone meanwhile.
                let _gone = answer.send(work(items));
            }
        });
        self.jobs.send(job).map_err(|_| VaultError::KeyringSilent)?;
        let outcome = answered.recv_timeout(self.patience);
        drop(waiting);
        outcome.map_err(|_| VaultError::KeyringSilent)?
    }
}

fn keep(items: &mut impl Items, item: &str, secret: &Secret) -> Result<(), VaultError> {
    items.write(item, secret)?;
    match items.read(item)? {
        Some(kept) if kept == *secret => Ok(()),
        _ => Err(VaultError::KeyringKeepsNothing),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::{collections::HashMap, sync::Mutex};

    use zeroize::Zeroizing;

    use super::*;

    /// A keyring that stands still at each write until it is let go.
    struct Slow {
        go: mpsc::Receiver<()>,
        kept: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    }

    impl Items for Slow {
        fn read(&mut self, item: &str) -> Result<Option<Secret>, VaultError> {
            Ok(self.kept.lock().unwrap().get(item).cloned().map(Zeroizing::new))
        }

        fn write(&mut self, item: &str, secret: &[u8]) -> Result<(), VaultError> {
            self.go.recv().unwrap();
            self.kept.lock().unwrap().insert(item.to_owned(), secret.to_vec());
            Ok(())
        }

        fn remove(&mut self, item: &str) -> Result<(), VaultError> {
            self.kept.lock().unwrap().remove(item);
            Ok(())
        }
    }

    fn secret(byte: u8) -> Vec<(String, Secret)> {
        vec![("key".to_owned(), Zeroizing::new(vec![byte]))]
    }

    #[test]
    fn what_comes_late_is_overwritten_by_what_was_asked_after_it() {
        let (go, wait) = mpsc::channel();
        let kept = Arc::default();
        let mut keyring = Keyring::start(Slow { go: wait, kept: Arc::clone(&kept) }, Duration::ZERO);
        // The first stands at its write, or was not begun; the second waits behind it. Nobody waits for either.
        for byte in [1, 2] {
            assert!(matches!(keyring.write(secret(byte)), Err(VaultError::KeyringSilent)));
        }
        keyring.patience = PATIENCE;
        (0..3).for_each(|_| go.send(()).unwrap());
        keyring.write(secret(3)).unwrap();
        assert_eq!(kept.lock().unwrap()["key"], [3]);
        // Nothing is left that could come later still.
        assert_eq!(*keyring.read("key".to_owned()).unwrap().unwrap(), [3]);
    }
}
