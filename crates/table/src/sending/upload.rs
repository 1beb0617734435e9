//! Sending batch files for whoever wrote them.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use proof::Checkpoint;
use wire::{Batch, BatchError, Client, SendAnswer};

use super::driver::PATIENCE;

/// What came of sending a batch file, of this or another table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uploaded {
    /// The endpoint has it, by a verified receipt.
    Received {
        /// Entries of its log that the receipt covers.
        size: u64,
    },
    /// It is no good, or the endpoint refuses it.
    Refused {
        /// Stable code.
        code: &'static str,
        /// What is wrong.
        detail: String,
    },
    /// Not now.
    Later {
        /// Stable code.
        code: &'static str,
    },
}

impl Uploaded {
    fn refused(code: &'static str, detail: &str) -> Self {
        Self::Refused { code, detail: detail.to_owned() }
    }
}

const HELD: Uploaded = Uploaded::Later { code: "upload/held" };
const EARLIER_MISSING: Uploaded = Uploaded::Later { code: "upload/earlier-missing" };
const BUSY: Uploaded = Uploaded::Later { code: "upload/busy" };
/// The shortest wait for it.
const WAIT: Duration = Duration::from_secs(1);

/// Sends batch files for whoever wrote them, and calls `each` with what came of each: once, in the order in which that
/// is known.
///
/// Their order does not matter: each log is sent from its beginning, and what came too early is sent once more for as
/// long as something else got through.
pub async fn upload(client: &Client, files: &[PathBuf], mut each: impl FnMut(&Path, Uploaded)) {
    let mut rest = Vec::new();
    for path in files {
        match read(path) {
            // Only the place is kept: a stick may hold more than the memory.
            Ok((_, checkpoint, from)) => {
                rest.push((checkpoint.origin, from, checkpoint.size, path.as_path()));
            }
            Err(refused) => each(path, refused),
        }
    }
    rest.sort();
    let mut patience = PATIENCE;
    loop {
        let mut too_early = Vec::new();
        let mut went_on = false;
        for place in rest {
            let path = place.3;
            match send_patiently(client, path, &mut patience).await {
                EARLIER_MISSING => too_early.push(place),
                uploaded => {
                    went_on |= is_progress(&uploaded);
                    each(path, uploaded);
                }
            }
        }
        rest = too_early;
        if !went_on {
            break;
        }
    }
    rest.into_iter().for_each(|(.., path)| each(path, EARLIER_MISSING));
}

fn is_progress(uploaded: &Uploaded) -> bool {
    matches!(uploaded, Uploaded::Received { .. }) || *uploaded == HELD
}

/// The bytes of a batch file, its checkpoint, and the size of the log before it.
fn read(path: &Path) -> Result<(Vec<u8>, Checkpoint, u64), Uploaded> {
    let bytes =
        fs::read(path).map_err(|_| Uploaded::refused("upload/unreadable", "the file cannot be read"))?;
    let broken = |error: BatchError| Uploaded::refused(error.code(), &error.to_string());
    let batch = Batch::decode(&bytes).map_err(broken)?;
    let checkpoint = batch
        .claimed()
        .ok_or_else(|| Uploaded::refused("batch/checkpoint", "the batch has no checkpoint"))?;
    Ok((bytes, checkpoint, batch.before.size()))
}

/// Sends a file, and again when an endpoint that is busy asks to wait, as long as there is patience left for it.
async fn send_patiently(client: &Client, path: &Path, patience: &mut Duration) -> Uploaded {
    loop {
        let (uploaded, after) = send(client, path).await;
        let wait = after.unwrap_or(WAIT).max(WAIT);
        if uploaded != BUSY {
            if is_progress(&uploaded) {
                *patience = PATIENCE;
            }
            return uploaded;
        }
        match patience.checked_sub(wait) {
            Some(left) => *patience = left,
            None => return uploaded,
        }
        tokio::time::sleep(wait).await;
    }
}

/// What came of one try, and how long an endpoint that is busy asks to wait.
async fn send(client: &Client, path: &Path) -> (Uploaded, Option<Duration>) {
    let (bytes, checkpoint, _) = match read(path) {
        Ok(found) => found,
        Err(refused) => return (refused, None),
    };
    let uploaded = match client.send_batch(bytes, &checkpoint).await {
        SendAnswer::Received { receipt, .. } => Uploaded::Received { size: receipt.size() },
        SendAnswer::Held { .. } => HELD,
        SendAnswer::Quota { .. } => Uploaded::Later { code: "upload/quota" },
        SendAnswer::Rewind { .. } => EARLIER_MISSING,
        SendAnswer::Busy { after } => return (BUSY, after),
        SendAnswer::UnknownCampaign => Uploaded::Later { code: "upload/unknown-campaign" },
        SendAnswer::Unreachable { .. } => Uploaded::Later { code: "endpoint/unreachable" },
        SendAnswer::NotTheEndpoint { .. } => Uploaded::Later { code: "endpoint/not-the-endpoint" },
        SendAnswer::OtherEndpoint => Uploaded::Later { code: "endpoint/other-endpoint" },
        SendAnswer::Forked { .. } => {
            Uploaded::refused("upload/forked", "the endpoint stores another log under this name")
        }
        SendAnswer::TooLarge => {
            Uploaded::refused("upload/too-large", "the endpoint takes no batch of this size")
        }
        SendAnswer::Revoked => {
            Uploaded::refused("upload/revoked", "the organizer has ended this table or its kit")
        }
        SendAnswer::Refused(_) => Uploaded::refused("upload/refused", "the endpoint refuses this batch"),
    };
    (uploaded, None)
}
