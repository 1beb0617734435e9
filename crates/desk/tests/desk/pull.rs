//! Pulling, from a real endpoint.

use std::sync::{
    Arc, Mutex, OnceLock, PoisonError,
    atomic::{AtomicBool, AtomicI64, Ordering},
};

use desk::{Desk, DeskError, EndedEarly, Merged, Proof, PullProgress, Revoked};
use tokio::net::TcpListener;
use wire::{Client, ClientError, LogState, SendAnswer};

use crate::{
    hand_made::{DAY, GO_ON, HandMadeCampaign, HandMadeTable, NOW, csv, merge, taken},
    served::Served,
};

/// Two tables of five signatures each.
fn tables(campaign: &HandMadeCampaign) -> Vec<HandMadeTable> {
    (1..=2).map(|number| table_of(campaign, number, 5)).collect()
}

fn table_of(campaign: &HandMadeCampaign, number: u128, signatures: u128) -> HandMadeTable {
    let mut table = HandMadeTable::new(campaign, number, 1);
    for place in 0..signatures {
        let name = format!("Person {number} {place}");
        table.append(&campaign.signature(number * 10 + place, 0, &name, None));
    }
    table
}

/// A desk, and an endpoint that knows its campaign and these tables' logs, in batches of two entries.
async fn world(endpoint: &Served, desk: Desk, tables: &[HandMadeTable]) -> Mutex<Desk> {
    let desk = Mutex::new(desk);
    Desk::tell(&desk, &endpoint.client()).await.unwrap();
    for table in tables {
        endpoint.receives(table, 2).await;
    }
    desk
}

#[tokio::test]
async fn a_pull_brings_what_is_new_of_every_log() {
    let campaign = HandMadeCampaign::new(41);
    let (_folder, mut desk) = campaign.desk();
    let tables = tables(&campaign);
    merge(&mut desk, &tables[0].batch(0, 3));
    let endpoint = Served::new().await;
    let desk = world(&endpoint, desk, &tables).await;
    let report = Desk::pull(&desk, &endpoint.client(), NOW + 5, &GO_ON, |_| ()).await.unwrap();
    assert_eq!((report.new_entries, report.new_signatures, report.logs), (7, 7, 2));
    let again = Desk::pull(&desk, &endpoint.client(), NOW + 6, &GO_ON, |_| ()).await.unwrap();
    assert_eq!((again.new_entries, again.merged.len()), (0, 0));
    let desk = desk.lock().unwrap();
    assert_eq!(desk.count(None).unwrap().deliverable, 10);
    assert_eq!(desk.merged_at().unwrap(), Some(NOW + 6));
    for row in desk.tables().unwrap() {
        let seen = Some(NOW / 60 * 60);
        assert_eq!((row.received, row.opened, row.proof, row.last_seen), (5, 5, Proof::Complete, seen));
    }
}

#[tokio::test]
async fn a_token_that_runs_out_on_the_way_is_renewed() {
    let campaign = HandMadeCampaign::new(42);
    let (_folder, desk) = campaign.desk();
    // A token is good for 600 seconds, and opening a signature takes 400.
    let (endpoint, watched) = endpoint_that_sees(|merged| NOW + 400 * merged).await;
    let desk = Arc::new(world(&endpoint, desk, &tables(&campaign)).await);
    watched.set(Arc::clone(&desk)).ok().unwrap();
    let report = Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    assert_eq!(report.new_entries, 10);
    assert!(report.merged.iter().all(|(_, merged)| matches!(merged, Merged::Taken { .. })));
}

#[tokio::test]
async fn a_pull_says_how_far_it_is_and_one_that_is_stopped_keeps_what_it_merged() {
    let campaign = HandMadeCampaign::new(58);
    let (_folder, desk) = campaign.desk();
    let endpoint = Served::new().await;
    let desk = world(&endpoint, desk, &tables(&campaign)).await;
    let (stop, mut told, client) = (AtomicBool::new(false), Vec::new(), endpoint.client());
    let stopped = Desk::pull(&desk, &client, NOW, &stop, |progress| {
        stop.store(progress.done > 0, Ordering::Relaxed);
        told.push(progress);
    });
    let EndedEarly { report, error } = stopped.await.unwrap_err();
    assert_eq!((error.code(), report.new_entries), ("desk/cancelled", told[1].done));
    assert_eq!(desk.lock().unwrap().count(None).unwrap().collected, report.new_signatures);
    told.clear();
    let rest =
        Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |progress| told.push(progress)).await.unwrap();
    let left = 10 - report.new_entries;
    assert_eq!(rest.new_entries, left);
    assert_eq!(told.first(), Some(&PullProgress { done: 0, of: left }));
    assert_eq!(told.last(), Some(&PullProgress { done: left, of: left }));
}

#[tokio::test]
async fn a_pull_that_ends_early_keeps_and_tells_what_it_merged() {
    let campaign = HandMadeCampaign::new(57);
    let (_folder, desk) = campaign.desk();
    // Once something is merged, every challenge is too old before it is signed: there is no further token.
    let late = AtomicI64::new(NOW);
    let time = move |merged| if merged == 0 { NOW } else { late.fetch_add(1000, Ordering::Relaxed) + 1000 };
    let (endpoint, watched) = endpoint_that_sees(time).await;
    let desk = Arc::new(world(&endpoint, desk, &tables(&campaign)).await);
    watched.set(Arc::clone(&desk)).ok().unwrap();
    let ended = Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap_err();
    assert_eq!(ended.error.code(), "endpoint/refused");
    assert_eq!((ended.report.merged.len(), ended.report.new_entries, ended.report.logs), (1, 5, 2));
    assert_eq!(desk.lock().unwrap().count(None).unwrap().collected, 5);
}

/// An endpoint whose time is told by how many signatures the desk has merged, once it is known which desk.
async fn endpoint_that_sees(
    time: impl Fn(i64) -> i64 + Send + Sync + 'static,
) -> (Served, Arc<OnceLock<Arc<Mutex<Desk>>>>) {
    let watched: Arc<OnceLock<Arc<Mutex<Desk>>>> = Arc::default();
    let desk = Arc::clone(&watched);
    let clock = move || {
        let merged = desk.get().map_or(0, |desk| {
            desk.lock().unwrap_or_else(PoisonError::into_inner).count(None).unwrap().collected
        });
        time(merged as i64)
    };
    (Served::by(Arc::new(clock)).await, watched)
}

#[tokio::test]
async fn what_a_copied_computer_sent_is_pulled_beside_what_came_by_stick() {
    let campaign = HandMadeCampaign::new(43);
    // The endpoint has the log of one of two computers, shorter, as long as, or longer than what came by stick of the other.
    for more in [1, 4, 7] {
        let (_folder, mut desk) = campaign.desk();
        let mut tables = tables(&campaign);
        tables.push(table_of(&campaign, 3, 1));
        let mut copy = tables[0].cloned(1);
        for number in 0..more {
            copy.append(&campaign.signature(90 + number, 1, &format!("Copied {number}"), None));
        }
        merge(&mut desk, &copy.whole());
        let endpoint = Served::new().await;
        let desk = world(&endpoint, desk, &tables).await;
        let report = Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
        assert!(report.merged.iter().all(|(_, merged)| matches!(merged, Merged::Taken { .. })));
        assert_eq!((report.new_entries, report.new_signatures), (10, 10));
        let rows = desk.lock().unwrap().tables().unwrap();
        let proofs: Vec<_> = rows.iter().map(|row| row.proof).collect();
        assert_eq!(proofs, [Proof::Forked, Proof::Complete, Proof::Complete]);
        let own: u64 = rows[0].branches.iter().map(|branch| branch.own).sum();
        assert_eq!((rows[0].branches.len(), own, rows[0].waiting), (2, 4 + more as u64, 0));
        assert_eq!(desk.lock().unwrap().count(None).unwrap().collected, 11 + more as u64);
        let again = Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
        assert_eq!(again.merged.len(), 0);
    }
}

#[tokio::test]
async fn an_endpoint_that_lost_everything_and_got_the_other_branch_is_pulled_anew() {
    let campaign = HandMadeCampaign::new(44);
    let (_folder, desk) = campaign.desk();
    let table = table_of(&campaign, 1, 4);
    let mut copy = table.cloned(1);
    for number in 0..3 {
        copy.append(&campaign.signature(90 + number, 1, &format!("Copied {number}"), None));
    }
    let endpoint = Served::new().await;
    let desk = world(&endpoint, desk, &[table]).await;
    Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    let endpoint = endpoint.forgotten().await;
    Desk::tell(&desk, &endpoint.client()).await.unwrap();
    endpoint.receives(&copy, 2).await;
    let report = Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    assert_eq!(report.new_entries, 3);
    assert_eq!(desk.lock().unwrap().count(None).unwrap().collected, 7);
}

#[tokio::test]
async fn one_log_that_is_refused_keeps_no_other_from_coming() {
    let campaign = HandMadeCampaign::new(58);
    let (_folder, desk) = campaign.desk();
    let endpoint = Served::new().await;
    let tables = tables(&campaign);
    let desk = world(&endpoint, desk, &tables).await;
    endpoint.damage_first_log(3);
    let report = Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    let refused: Vec<_> = report
        .merged
        .iter()
        .filter_map(|(name, merged)| match merged {
            Merged::Refused { code, .. } => Some((name.as_str(), *code)),
            _ => None,
        })
        .collect();
    assert_eq!(refused, [(tables[0].origin.to_string().as_str(), "batch/entry")]);
    assert_eq!(report.new_entries, 5);
}

#[tokio::test]
async fn nothing_of_a_held_log_is_pulled_until_the_organizer_confirms_its_device() {
    let campaign = HandMadeCampaign::new(47);
    let (_folder, desk) = campaign.desk();
    let (endpoint, time) = Served::at_any_time().await;
    let (known, held) = (table_of(&campaign, 1, 4), table_of(&campaign, 2, 5));
    let device = held.device.key().verifier().clone();
    let desk = world(&endpoint, desk, &[known]).await;
    // The kit is out of date by now: a table that comes up waits for the organizer's word.
    time.store(NOW + 31 * DAY, Ordering::Relaxed);
    assert!(matches!(endpoint.take(&held, 0, 5).await, SendAnswer::Held { stored_size: 5 }));

    let report = Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    assert_eq!((report.new_entries, report.logs, report.held), (4, 2, 1));
    assert!(report.merged.iter().all(|(name, _)| *name != held.origin.to_string()));
    {
        let mut desk = desk.lock().unwrap();
        let rows = desk.tables().unwrap();
        let row = rows.iter().find(|row| row.table == held.origin.table).unwrap();
        assert_eq!((row.proof, row.state), (Proof::Held, Some(LogState::Held)));
        assert_eq!((row.label.as_str(), row.received, row.opened, row.size), ("Table 2", 5, 0, 0));
        assert_eq!(row.device, device);
        assert_eq!(desk.count(None).unwrap().collected, 4);
        desk.confirm_table(held.origin.table, 1, Some(&device), NOW).unwrap();
        let rows = desk.tables().unwrap();
        let row = rows.iter().find(|row| row.table == held.origin.table).unwrap();
        assert_eq!(row.proof, Proof::Behind, "the word was given");
    }

    let report = Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    assert_eq!((report.new_entries, report.held), (5, 0));
    let desk = desk.lock().unwrap();
    assert_eq!(desk.count(None).unwrap().deliverable, 9);
    let rows = desk.tables().unwrap();
    assert!(rows.iter().all(|row| row.proof == Proof::Complete && row.state == Some(LogState::Admitted)));
}

#[tokio::test]
async fn a_stick_of_a_held_log_is_merged_by_hand() {
    let campaign = HandMadeCampaign::new(48);
    let (_folder, desk) = campaign.desk();
    let (endpoint, time) = Served::at_any_time().await;
    let held = table_of(&campaign, 1, 3);
    let desk = world(&endpoint, desk, &[]).await;
    time.store(NOW + 31 * DAY, Ordering::Relaxed);
    endpoint.take(&held, 0, 3).await;
    Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    let mut desk = desk.lock().unwrap();
    assert_eq!(taken(&merge(&mut desk, &held.batch(0, 2))), (2, 0, 2, 0));
    let row = desk.tables().unwrap().remove(0);
    assert_eq!((row.proof, row.opened, row.received), (Proof::Held, 2, 3));
}

#[tokio::test]
async fn a_stranger_under_a_tables_name_is_shown_beside_it() {
    let campaign = HandMadeCampaign::new(49);
    let (_folder, mut desk) = campaign.desk();
    let (endpoint, time) = Served::at_any_time().await;
    // The table itself comes by stick; under its name another device has sent.
    let (table, mut stranger) = (table_of(&campaign, 1, 3), HandMadeTable::new(&campaign, 1, 1));
    stranger.take_another_device(&campaign, "Stranger");
    stranger.append(&campaign.signature(70, 0, "Strange", None));
    merge(&mut desk, &table.whole());
    let desk = world(&endpoint, desk, &[]).await;
    time.store(NOW + 31 * DAY, Ordering::Relaxed);
    assert!(matches!(endpoint.take(&stranger, 0, 1).await, SendAnswer::Held { .. }));
    Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    let mut desk = desk.lock().unwrap();
    let rows = desk.tables().unwrap();
    let shown: Vec<_> = rows.iter().map(|row| (row.label.as_str(), row.proof, row.received)).collect();
    assert_eq!(shown, [("Table 1", Proof::Complete, 0), ("Stranger", Proof::Held, 1)]);
    let which = desk.confirm_table(table.origin.table, 1, None, NOW).unwrap_err();
    assert_eq!(which.code(), "desk/which-device");
}

#[tokio::test]
async fn what_a_revoked_table_had_sent_is_pulled_too() {
    let campaign = HandMadeCampaign::new(50);
    let (_folder, desk) = campaign.desk();
    let endpoint = Served::new().await;
    let tables = tables(&campaign);
    let desk = world(&endpoint, desk, &tables).await;
    {
        let mut desk = desk.lock().unwrap();
        merge(&mut desk, &tables[0].batch(0, 2));
        desk.revoke(Revoked::Table(tables[0].origin.table), "lost", NOW).unwrap();
    }
    let report = Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    assert_eq!(report.new_entries, 8);
    let row = desk.lock().unwrap().tables().unwrap().remove(0);
    assert_eq!((row.opened, row.state, row.revoked), (5, Some(LogState::Revoked), true));
}

#[tokio::test]
async fn what_the_endpoint_lost_is_not_said_to_be_there() {
    let campaign = HandMadeCampaign::new(56);
    let (_folder, desk) = campaign.desk();
    let endpoint = Served::new().await;
    let desk = world(&endpoint, desk, &tables(&campaign)).await;
    Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    let endpoint = endpoint.forgotten().await;
    let report = Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    assert_eq!((report.logs, report.new_entries), (0, 0));
    let rows = desk.lock().unwrap().tables().unwrap();
    assert!(rows.iter().all(|row| (row.received, row.opened, row.state) == (0, 5, None)));
}

#[tokio::test]
async fn without_an_endpoint_nothing_changes() {
    let campaign = HandMadeCampaign::new(45);
    let (_folder, desk) = campaign.desk();
    let before = csv(&desk);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::new(&format!("http://{address}")).unwrap();
    let desk = Mutex::new(desk);
    let ended = Desk::pull(&desk, &client, NOW, &GO_ON, |_| ()).await.unwrap_err();
    assert!(matches!(ended.error, DeskError::Endpoint(ClientError::Unreachable)));
    assert_eq!((ended.error.code(), ended.report.merged.len()), ("endpoint/unreachable", 0));
    let desk = desk.lock().unwrap();
    assert_eq!(csv(&desk), before);
    assert_eq!((desk.merged_at().unwrap(), desk.untold().unwrap()), (None, Some("endpoint/unreachable")));
}

/// A pull can be spawned on a runtime with several threads.
#[test]
fn a_pull_can_be_sent_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let campaign = HandMadeCampaign::new(46);
    let (_folder, desk) = campaign.desk();
    let (desk, client) = (Mutex::new(desk), Client::new("http://127.0.0.1:9").unwrap());
    is_send(&Desk::pull(&desk, &client, NOW, &GO_ON, |_| ()));
    is_send(&Desk::publish_tally(&desk, &client, NOW));
}
