//! Merging: from the endpoint, and from batch files.

use std::{
    path::PathBuf,
    sync::{Mutex, atomic::AtomicBool},
};

use desk::{Client, ClientError, Desk, DeskError, EndedEarly, Merged, PullReport};
use tauri::{AppHandle, State, ipc::Channel};
use tauri_plugin_dialog::DialogExt;

use crate::{
    seats::{Seats, held, now},
    views::{EndpointReach, Failure, MergeProgress, MergeReport, RefusedBatch, WaitingBatch},
};

/// Pulls from the endpoint, merges, and publishes the new count. What the pull brought is told, however it ends.
#[tauri::command]
pub(crate) async fn merge_now(seats: State<'_, Seats>) -> Result<MergeReport, Failure> {
    let desk = seats.desk()?;
    let client = held(&*desk).client()?;
    let Some(client) = client else { return Ok(MergeReport::default()) };
    let (pulled, error) = match Desk::pull(&desk, &client, now(), &AtomicBool::new(false), |_| ()).await {
        Ok(pulled) => (pulled, None),
        Err(EndedEarly { report, error }) => (report, Some(error)),
    };
    let mut report = of_pull(&pulled, error);
    if report.ended_early.is_none() && report.endpoint == EndpointReach::Reached {
        publish(&mut report, &desk, &client).await;
    }
    Ok(report)
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

/// Asks for batch files in the system's own dialog.
#[tauri::command(async)]
pub(crate) fn choose_batches(app: AppHandle) -> Vec<String> {
    let files = app.dialog().file().add_filter("Batches", &["batch"]).blocking_pick_files();
    files.into_iter().flatten().filter_map(|file| Some(file.into_path().ok()?.to_str()?.to_owned())).collect()
}

/// Merges batch files, and publishes the new count where the endpoint can be reached.
#[tauri::command]
pub(crate) async fn merge_files(
    seats: State<'_, Seats>,
    paths: Vec<PathBuf>,
    progress: Channel<MergeProgress>,
) -> Result<MergeReport, Failure> {
    let desk = seats.desk()?;
    let (of, mut done) = (paths.len() as u64, 0);
    let merged = Desk::merge_files(&desk, &paths, now(), &AtomicBool::new(false), |_, _| {
        done += 1;
        // A page that is gone needs no progress.
        let _unheard = progress.send(MergeProgress { done, of });
    });
    let mut report = MergeReport { not_tried: merged.not_tried, ..MergeReport::default() };
    merged.merged.iter().for_each(|(name, merged)| add(&mut report, name, merged));
    report.ended_early = merged.ended_early.map(Failure::from);
    let client = held(&*desk).client();
    match client {
        Ok(Some(client)) => publish(&mut report, &desk, &client).await,
        Ok(None) => {}
        Err(error) => report.tally_failed = Some(error.into()),
    }
    Ok(report)
}

/// Publishes the new count. That it cannot be published now does not touch the merge, and is told beside it.
async fn publish(report: &mut MergeReport, desk: &Mutex<Desk>, client: &Client) {
    match Desk::publish_tally(desk, client, now()).await {
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
        Merged::Refused { code, detail } => {
            report.refused.push(RefusedBatch { name, code: (*code).to_owned(), detail: detail.clone() });
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
