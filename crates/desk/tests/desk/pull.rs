//! Pulling, from a real endpoint.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use desk::{Desk, DeskError, Merged, Proof};
use tokio::net::TcpListener;
use wire::{Client, ClientError};

use crate::{
    hand_made::{HandMadeCampaign, HandMadeTable, NOW, csv, merge},
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
    let report = Desk::pull(&desk, &endpoint.client(), NOW + 5).await.unwrap();
    assert_eq!((report.new_entries, report.new_signatures, report.logs), (7, 7, 2));
    let again = Desk::pull(&desk, &endpoint.client(), NOW + 6).await.unwrap();
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
    let (endpoint, watched) = as_the_desk_merges(400).await;
    let desk = Arc::new(world(&endpoint, desk, &tables(&campaign)).await);
    watched.set(Arc::clone(&desk)).ok().unwrap();
    let report = Desk::pull(&desk, &endpoint.client(), NOW).await.unwrap();
    assert_eq!(report.new_entries, 10);
    assert!(report.merged.iter().all(|(_, merged)| matches!(merged, Merged::Taken { .. })));
}

/// An endpoint on which so many seconds pass with each signature that the desk counts: a token is good for 600.
async fn as_the_desk_merges(seconds: i64) -> (Served, Arc<OnceLock<Arc<Mutex<Desk>>>>) {
    let watched: Arc<OnceLock<Arc<Mutex<Desk>>>> = Arc::default();
    let desk = Arc::clone(&watched);
    let clock = move || {
        let counted = desk.get().map_or(0, |desk| {
            desk.lock().unwrap_or_else(PoisonError::into_inner).count(None).unwrap().collected
        });
        NOW + counted as i64 * seconds
    };
    (Served::by(Arc::new(clock)).await, watched)
}

#[tokio::test]
async fn one_log_that_is_refused_keeps_no_other_from_coming() {
    let campaign = HandMadeCampaign::new(43);
    let (_folder, mut desk) = campaign.desk();
    let mut tables = tables(&campaign);
    tables.push(table_of(&campaign, 3, 1));
    // What a copy of the first table's computer signed came by stick.
    let mut copy = tables[0].cloned(1);
    copy.append(&campaign.signature(98, 1, "Copied", None));
    merge(&mut desk, &copy.whole());
    let endpoint = Served::new().await;
    let desk = world(&endpoint, desk, &tables).await;
    let report = Desk::pull(&desk, &endpoint.client(), NOW).await.unwrap();
    let refused: Vec<_> = report
        .merged
        .iter()
        .filter_map(|(name, merged)| match merged {
            Merged::Refused { code, .. } => Some((name.as_str(), *code)),
            _ => None,
        })
        .collect();
    assert_eq!(refused, [(tables[0].origin.to_string().as_str(), "desk/forked")]);
    assert_eq!(report.new_entries, 6);
    let rows = desk.lock().unwrap().tables().unwrap();
    let proofs: Vec<_> = rows.iter().map(|row| row.proof).collect();
    assert_eq!(proofs, [Proof::Forked, Proof::Complete, Proof::Complete]);
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
    let error = Desk::pull(&desk, &client, NOW).await.unwrap_err();
    assert!(matches!(error, DeskError::Endpoint(ClientError::Unreachable)));
    assert_eq!(error.code(), "endpoint/unreachable");
    let desk = desk.lock().unwrap();
    assert_eq!(csv(&desk), before);
    assert_eq!((desk.merged_at().unwrap(), desk.untold()), (None, Some("endpoint/unreachable")));
}

/// A pull can be spawned on a runtime with several threads.
#[test]
fn a_pull_can_be_sent_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let campaign = HandMadeCampaign::new(46);
    let (_folder, desk) = campaign.desk();
    let (desk, client) = (Mutex::new(desk), Client::new("http://127.0.0.1:9").unwrap());
    is_send(&Desk::pull(&desk, &client, NOW));
    is_send(&Desk::publish_tally(&desk, &client, NOW));
}
