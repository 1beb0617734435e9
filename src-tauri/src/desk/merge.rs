//! Merging: from the endpoint, and from batch files.

use std::sync::{Mutex, atomic::Ordering::Relaxed};

use desk::{Client, ClientError, Desk, DeskError, EndedEarly, Merged, PullProgress, PullReport};
use serde::Serialize;
use tauri::{AppHandle, State, async_runtime::block_on, ipc::Channel};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// What a merge did, and what it did not.
#[derive(Debug, Default, Serialize, TS)]
pub(crate) struct MergeReport {
    /// Entries that were new.
    pub new_entries: u64,
    /// Entries that were already here.
    pub known_entries: u64,
    /// Signatures that were new.
    pub new_signatures: u64,
    /// Entries set aside, which could not be opened.
    pub set_aside: u64,
    /// Batches that are kept until what is before them comes.
    pub waiting: Vec<WaitingBatch>,
    /// Batches refused, each with its reason; nothing else was lost.
    pub refused: Vec<RefusedBatch>,
    /// Whether the endpoint was asked.
    pub endpoint: EndpointReach,
    /// Tables that wait at the endpoint for the organizer's word. Nothing of them was merged.
    pub held: u64,
    /// What ended it early. What was merged stays.
    pub ended_early: Option<Failure>,
    /// Files that were not tried then.
    pub not_tried: u64,
    /// The new count was published for the tables.
    pub tally_published: bool,
    /// Why it was not. The merge itself is not touched by that.
    pub tally_failed: Option<Failure>,
}

/// Whether the endpoint took part in a merge.
#[derive(Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EndpointReach {
    /// It was not asked: no endpoint, or only files were merged.
    #[default]
    NotAsked,
    /// It answered.
    Reached,
    /// It could not be reached.
    NotReached,
}

/// A batch that waits for an earlier one.
#[derive(Debug, Serialize, TS)]
pub(crate) struct WaitingBatch {
    /// File name, or the log's origin when it came from the endpoint.
    pub name: String,
    /// Entries of its table that are missing before it.
    pub missing: u64,
}

/// A batch that was refused.
#[derive(Debug, Serialize, TS)]
pub(crate) struct RefusedBatch {
    /// File name, or the log's origin when it came from the endpoint.
    pub name: String,
    /// Stable code.
    pub code: String,
}

/// How far a merge is.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct MergeProgress {
    /// Files, or entries at the endpoint, gone through.
    pub done: u64,
    /// Of so many.
    pub of: u64,
}

/// Pulls from the endpoint, merges, says how far it is after each batch, and publishes the new count. What the pull brought is
/// told, however it ends.
#[tauri::command]
pub(crate) async fn merge_now(
    seats: State<'_, Seats>,
    progress: Channel<MergeProgress>,
) -> Result<MergeReport, Failure> {
    seats
        .run(move |seats| {
            seats.stop().store(false, Relaxed);
            let desk = seats.desk()?;
            let client = guard(&desk).client()?;
            let Some(client) = client else { return Ok(MergeReport::default()) };
            let tell = |pulled: PullProgress| {
                // A page that is gone needs no progress.
                let _unheard = progress.send(MergeProgress { done: pulled.done, of: pulled.of });
            };
            let (pulled, error) = match block_on(Desk::pull(&desk, &client, now(), seats.stop(), tell)) {
                Ok(pulled) => (pulled, None),
                Err(EndedEarly { report, error }) => (report, Some(error)),
            };
            let mut report = of_pull(&pulled, error);
            if report.ended_early.is_none() && report.endpoint == EndpointReach::Reached {
                publish(&mut report, &desk, &client);
            }
            Ok(report)
        })
        .await
}

/// What a pull brought, and what ended it early.
fn of_pull(pulled: &PullReport, error: Option<DeskError>) -> MergeReport {
    let mut report =
        MergeReport { held: pulled.held, endpoint: EndpointReach::Reached, ..MergeReport::default() };
    pulled.merged.iter().for_each(|(name, merged)| add(&mut report, name, merged));
    match error {
        // It did not answer at all.
        Some(DeskError::Endpoint(ClientError::Unreachable)) if pulled.logs == 0 => {
            report.endpoint = EndpointReach::NotReached;
        }
        error => report.ended_early = error.map(Failure::from),
    }
    report
}

/// Asks for batch files in the system's own dialog: a token of each; none where it was closed.
#[tauri::command]
pub(crate) async fn choose_batches(app: AppHandle, seats: State<'_, Seats>) -> Result<Vec<Uuid>, Failure> {
    seats
        .run(move |seats| {
            let files = app.dialog().file().add_filter("*.batch", &["batch"]).blocking_pick_files();
            Ok(files
                .into_iter()
                .flatten()
                .filter_map(|file| file.into_path().ok())
                .map(|path| seats.token_of(path))
                .collect())
        })
        .await
}

/// Merges batch files, by their tokens, says how far it is after each, and publishes the new count where the endpoint can be reached.
#[tauri::command]
pub(crate) async fn merge_files(
    seats: State<'_, Seats>,
    files: Vec<Uuid>,
    progress: Channel<MergeProgress>,
) -> Result<MergeReport, Failure> {
    seats
        .run(move |seats| {
            let paths = files.into_iter().map(|file| seats.place(file)).collect::<Result<Vec<_>, _>>()?;
            let desk = seats.desk()?;
            seats.stop().store(false, Relaxed);
            let (of, mut done) = (paths.len() as u64, 0);
            let merged = Desk::merge_files(&desk, &paths, now(), seats.stop(), |_, _| {
                done += 1;
                // A page that is gone needs no progress.
                let _unheard = progress.send(MergeProgress { done, of });
            });
            let mut report = MergeReport { not_tried: merged.not_tried, ..MergeReport::default() };
            merged.merged.iter().for_each(|(name, merged)| add(&mut report, name, merged));
            report.ended_early = merged.ended_early.map(Failure::from);
            let client = guard(&desk).client();
            match client {
                Ok(Some(client)) => publish(&mut report, &desk, &client),
                Ok(None) => {}
                Err(error) => report.tally_failed = Some(error.into()),
            }
            Ok(report)
        })
        .await
}

/// Asks the merge that runs to stop: it ends after the batch that it is at. What was merged stays.
#[tauri::command]
pub(crate) async fn stop_merge(seats: State<'_, Seats>) -> Result<(), Failure> {
    seats.stop().store(true, Relaxed);
    Ok(())
}

/// Publishes the new count. That it cannot be published now does not touch the merge, and is told beside it.
fn publish(report: &mut MergeReport, desk: &Mutex<Desk>, client: &Client) {
    match block_on(Desk::publish_tally(desk, client, now())) {
        Ok(()) => report.tally_published = true,
        Err(error) => report.tally_failed = Some(error.into()),
    }
}

fn add(report: &mut MergeReport, name: &str, merged: &Merged) {
    let name = name.to_owned();
    match merged {
        Merged::Taken { new_entries, known_entries, new_signatures, set_aside, .. } => {
            report.new_entries += new_entries;
            report.known_entries += known_entries;
            report.new_signatures += new_signatures;
            report.set_aside += set_aside;
        }
        Merged::Waiting { from, to, .. } => {
            report.waiting.push(WaitingBatch { name, missing: to.saturating_sub(*from) });
        }
        Merged::Refused { code, .. } => {
            report.refused.push(RefusedBatch { name, code: (*code).to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use desk::Origin;

    use super::*;

    fn taken(new_signatures: u64) -> (String, Merged) {
        let campaign = "00112233445566778899aabbccddeeff".parse().unwrap_or_else(|_| unreachable!());
        let origin = Origin { campaign, table: uuid::Uuid::nil(), generation: 1 };
        let merged = Merged::Taken {
            origin,
            new_entries: new_signatures,
            known_entries: 0,
            new_signatures,
            set_aside: 0,
        };
        ("log".to_owned(), merged)
    }

    #[test]
    fn a_pull_that_breaks_off_after_thousands_tells_them_and_what_broke_it_off() {
        let pulled = PullReport { merged: vec![taken(3000), taken(500)], logs: 4, ..PullReport::default() };
        let report = of_pull(&pulled, Some(ClientError::Unreachable.into()));
        assert_eq!((report.new_signatures, &report.endpoint), (3500, &EndpointReach::Reached));
        assert_eq!(report.ended_early.map(|failure| failure.code), Some("endpoint/unreachable".to_owned()));
    }

    #[test]
    fn without_a_network_the_endpoint_was_not_reached() {
        let report = of_pull(&PullReport::default(), Some(ClientError::Unreachable.into()));
        assert_eq!(report.endpoint, EndpointReach::NotReached);
        assert!(report.ended_early.is_none());
    }

    #[test]
    fn a_batch_that_waits_is_not_among_the_refused() {
        let mut report = MergeReport::default();
        let (_, taken) = taken(1);
        let Merged::Taken { origin, .. } = taken else { return };
        add(&mut report, "two.batch", &Merged::Waiting { origin, from: 4, to: 10 });
        assert_eq!((report.refused.len(), report.waiting.len(), report.waiting[0].missing), (0, 1, 6));
    }
}
