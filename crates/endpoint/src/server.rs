//! Starting and stopping an endpoint: its key, its storage and its way in, put together.

use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    thread::JoinHandle,
};

use governor::clock::DefaultClock;
use jiff::Timestamp;
use lockbox::{LockboxError, files, is_unfit};
use proof::{CampaignId, Seed, SigningKey, VerifierKey};
use tokio::{
    sync::{oneshot, watch},
    task,
};
use zeroize::Zeroizing;

pub use crate::http::state::Clock;
use crate::{
    http::{
        bearer_tokens::BearerTokens,
        bounds::Bounds,
        connections,
        limits::Limits,
        router,
        shares::Shares,
        stage::Stage,
        state::{AppState, Roots},
    },
    storage::sqlite::Sqlite,
};

/// How an endpoint is started.
pub struct Options {
    /// The folder for everything that it keeps; made when it is missing.
    pub data: PathBuf,
    /// Where to listen; port 0 lets the system pick one.
    pub listen: SocketAddr,
    /// Take only these campaigns; empty: any that proves its root key.
    pub allow: Vec<CampaignId>,
    /// The time.
    pub clock: Clock,
    /// What callers may use, and how long they may take.
    pub bounds: Bounds,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            data: PathBuf::from("endpoint"),
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            allow: Vec::new(),
            clock: Arc::new(|| Timestamp::now().as_second()),
            bounds: Bounds::default(),
        }
    }
}

/// Why an endpoint does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another endpoint has the folder.
    #[error("another endpoint runs on this data folder: end that one first")]
    InUse,
    /// The database was written by a newer version, and was left as it is.
    #[error("the database is of a newer version: update this program; nothing was changed")]
    Newer,
    /// The database's file is no database.
    #[error("endpoint.db is no database: bring it back from a backup")]
    Damaged,
    /// The database.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] lockbox::rusqlite::Error),
    /// The copy of the database that is kept before its schema changes.
    #[error("the copy of the database is not whole; nothing was changed: look at the disk, and start again")]
    Copy,
    /// The data folder's file system has no locks, or no memory that programs share.
    #[error(
        "the data folder is on a drive that lacks what a database needs, such as a network drive: use one on a local disk"
    )]
    FileSystem,
    /// The key's file is not 32 bytes.
    #[error("endpoint.key is damaged: bring it back from a backup, for receipts are made with it")]
    Key,
    /// The key's file is not there, and the database that belongs to it is.
    #[error(
        "endpoint.key is missing beside endpoint.db: bring it back from a backup, for tables trust receipts of that \
         key alone; or, to begin again under a new key, move endpoint.db away"
    )]
    KeyMissing,
    /// The folder or the address.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// An endpoint that listens.
pub struct Running {
    address: SocketAddr,
    key: VerifierKey,
    stop: oneshot::Sender<()>,
    served: task::JoinHandle<()>,
    /// Of the storage: it ends when all is stored.
    writer: JoinHandle<()>,
}

impl Running {
    /// Its base address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The key of its receipts.
    pub fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// The line that says where it listens.
    pub fn said(&self) -> String {
        serde_json::json!({ "listening": self.url(), "endpoint": self.key }).to_string()
    }

    /// Takes no more requests, finishes those that run (for `Bounds::drain`) and what waits to be stored, and returns.
    pub async fn stop(self) {
        // Whoever listened may be gone already: then there is nothing to stop.
        let _gone = self.stop.send(());
        drop(self.served.await);
        drop(task::spawn_blocking(move || self.writer.join()).await);
    }
}

/// Starts an endpoint on its data folder.
pub async fn start(options: Options) -> Result<Running, StartError> {
    files::private_folder(&options.data)?;
    let key_file = options.data.join("endpoint.key");
    if Sqlite::exists(&options.data) && !key_file.exists() {
        return Err(StartError::KeyMissing);
    }
    let seed = seed(&key_file)?;
    let key = SigningKey::endpoint(&seed);
    let (storage, writer) = Sqlite::open(&options.data)?;
    let verifier = key.verifier().clone();
    let mut bounds = options.bounds;
    bounds.connections = connections::allow(bounds.connections);
    let bounds = Arc::new(bounds);
    let (told, stage) = watch::channel(Stage::Serving);
    let state = Arc::new(AppState {
        key,
        storage: Box::new(storage),
        limits: Limits::new(DefaultClock::default()),
        tokens: BearerTokens::new(&seed, (options.clock)()),
        allow: options.allow,
        shares: Shares::new(bounds.memory),
        bounds: Arc::clone(&bounds),
        stage,
        roots: Roots::default(),
        clock: options.clock,
    });
    let listener = connections::listen(options.listen)?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel();
    let served = task::spawn(connections::serve(listener, router(state), bounds, told, stopped));
    Ok(Running { address, key: verifier, stop, served, writer })
}

/// The seed in a file, which is made on the first start, whole or not at all.
fn seed(path: &Path) -> Result<Seed, StartError> {
    if path.exists() {
        make_private_file(path);
    } else {
        // The database will rely on it: it is on the disk before.
        files::write_private(path, Seed::generate(&mut rand::rng()).expose())?;
    }
    let bytes = Zeroizing::new(fs::read(path)?);
    Ok(Seed::from_bytes(bytes.as_slice().try_into().map_err(|_| StartError::Key)?))
}

/// A copy that was brought back may be readable for others. Where the mode cannot be changed (a read-only mount),
/// whoever mounted it has chosen it.
fn make_private_file(path: &Path) {
    #[cfg(unix)]
    if fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).is_err() {
        tracing::warn!("the mode of endpoint.key cannot be changed");
    }
}

impl From<LockboxError> for StartError {
    fn from(error: LockboxError) -> Self {
        match error {
            LockboxError::InUse | LockboxError::Exists => Self::InUse,
            LockboxError::Newer => Self::Newer,
            LockboxError::Copy => Self::Copy,
            LockboxError::FileSystem => Self::FileSystem,
            LockboxError::Storage(error) if is_unfit(&error) => Self::FileSystem,
            LockboxError::Storage(error) => Self::Database(error),
            LockboxError::File(error) => Self::Io(error),
            LockboxError::Missing => Self::Io(io::ErrorKind::NotFound.into()),
            LockboxError::WrongKey | LockboxError::Step(_) => Self::Damaged,
        }
    }
}
