//! What the organizer said reaches every endpoint that does not know it, and no other.

use std::sync::{Mutex, atomic::Ordering};

use desk::{Desk, Revoked};
use proof::CampaignId;
use wire::{Client, SendAnswer, Signed, Tally};

use crate::{
    hand_made::{DAY, GO_ON, HandMadeCampaign, HandMadeTable, NOW},
    served::Served,
};

fn table_of(campaign: &HandMadeCampaign, number: u128) -> HandMadeTable {
    let mut table = HandMadeTable::new(campaign, number, 1);
    for place in 0..3 {
        let name = format!("Person {number} {place}");
        table.append(&campaign.signature(number * 10 + place, 0, &name, None));
    }
    table
}

fn seq_of(note: &str, desk: &Desk) -> u64 {
    let root = Signed::verify_campaign(&desk.campaign().note).unwrap().body.root;
    Signed::<Tally>::verify_root(note, desk.campaign().id, &root).unwrap().body.seq
}

#[tokio::test]
async fn an_endpoint_that_forgot_everything_knows_it_again_after_a_pull() {
    let campaign = HandMadeCampaign::new(51);
    let (_folder, desk) = campaign.desk();
    let desk = Mutex::new(desk);
    let (endpoint, time) = Served::at_any_time().await;
    let [good, lost, late] = [1, 2, 3].map(|number| table_of(&campaign, number));
    Desk::tell(&desk, &endpoint.client()).await.unwrap();
    endpoint.receives(&good, 9).await;
    endpoint.receives(&lost, 9).await;
    // The kit is out of date by now: this table needs the organizer's word.
    time.store(NOW + 31 * DAY, Ordering::Relaxed);
    assert!(matches!(endpoint.take(&late, 0, 3).await, SendAnswer::Held { .. }));
    Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    desk.lock().unwrap().confirm_table(late.origin.table, 1, None, NOW).unwrap();
    desk.lock().unwrap().revoke(Revoked::Table(lost.origin.table), "lost", NOW).unwrap();
    Desk::publish_tally(&desk, &endpoint.client(), NOW).await.unwrap();

    time.store(NOW, Ordering::Relaxed);
    let endpoint = endpoint.forgotten().await;
    assert!(matches!(endpoint.take(&good, 3, 3).await, SendAnswer::UnknownCampaign));
    Desk::pull(&desk, &endpoint.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    let (id, note) = (good.origin.campaign, desk.lock().unwrap().campaign().note);
    assert!(!endpoint.client().put_campaign(id, note).await.unwrap());
    let tally = endpoint.client().tally(id).await.unwrap().unwrap();
    assert_eq!(seq_of(&tally, &desk.lock().unwrap()), 1);
    endpoint.receives(&good, 9).await;
    assert!(matches!(endpoint.take(&lost, 0, 3).await, SendAnswer::Revoked));
    time.store(NOW + 31 * DAY, Ordering::Relaxed);
    endpoint.receives(&late, 9).await;
    assert_eq!(desk.lock().unwrap().untold().unwrap(), None);
}

#[tokio::test]
async fn another_endpoint_under_the_same_address_is_told_nothing() {
    let campaign = HandMadeCampaign::new(52);
    let (_folder, mut desk) = campaign.desk();
    let (known, other) = (Served::new().await, Served::new().await);
    desk.set_endpoint(Some(known.address()), NOW).unwrap();
    let about = desk.campaign();
    let desk = Mutex::new(desk);
    let client = Client::new(&other.address().url).unwrap();
    for told in [
        Desk::pull(&desk, &client, NOW, &GO_ON, |_| ()).await.map(|_| ()).map_err(|ended| ended.error),
        Desk::publish_tally(&desk, &client, NOW).await,
    ] {
        assert_eq!(told.unwrap_err().code(), "endpoint/other-endpoint");
    }
    assert_eq!(desk.lock().unwrap().untold().unwrap(), Some("endpoint/other-endpoint"));
    assert!(client.put_campaign(about.id, about.note).await.unwrap(), "the other was told the campaign");
    Desk::pull(&desk, &known.client(), NOW, &GO_ON, |_| ()).await.unwrap();
    assert_eq!(desk.lock().unwrap().untold().unwrap(), None);
}

#[tokio::test]
async fn an_endpoint_that_takes_other_campaigns_says_which_one_to_let_in() {
    let campaign = HandMadeCampaign::new(53);
    let (_folder, desk) = campaign.desk();
    let id = desk.campaign().id;
    let desk = Mutex::new(desk);
    let other: CampaignId = "00112233445566778899aabbccddeeff".parse().unwrap();
    let closed = Served::with_a_list(vec![other]).await;
    let error = Desk::tell(&desk, &closed.client()).await.unwrap_err();
    assert_eq!(error.code(), "endpoint/campaign-refused");
    assert!(error.to_string().contains(&id.to_string()), "{error}");
    assert_eq!(desk.lock().unwrap().untold().unwrap(), Some("endpoint/campaign-refused"));
    let open = Served::with_a_list(vec![other, id]).await;
    Desk::tell(&desk, &open.client()).await.unwrap();
}

#[tokio::test]
async fn only_what_was_never_told_is_said_to_be_untold() {
    let campaign = HandMadeCampaign::new(58);
    let (_folder, mut desk) = campaign.desk();
    let kit = desk.kits().unwrap()[0].kit;
    let endpoint = Served::new().await;
    desk.set_endpoint(Some(endpoint.address()), NOW).unwrap();
    let (desk, client) = (Mutex::new(desk), endpoint.client());
    Desk::tell(&desk, &client).await.unwrap();
    drop(endpoint.forgotten().await);
    assert!(Desk::tell(&desk, &client).await.is_err());
    assert_eq!(desk.lock().unwrap().untold().unwrap(), None);
    desk.lock().unwrap().revoke(Revoked::Kit(kit), "lost", NOW).unwrap();
    assert!(Desk::tell(&desk, &client).await.is_err());
    assert!(desk.lock().unwrap().untold().unwrap().is_some());
}

#[tokio::test]
async fn an_endpoint_with_an_older_tally_gets_the_newest_again() {
    let campaign = HandMadeCampaign::new(54);
    let (_folder, desk) = campaign.desk();
    let id = desk.campaign().id;
    let desk = Mutex::new(desk);
    let endpoint = Served::new().await;
    Desk::publish_tally(&desk, &endpoint.client(), NOW).await.unwrap();
    let first = endpoint.client().tally(id).await.unwrap().unwrap();
    Desk::publish_tally(&desk, &endpoint.client(), NOW + 60).await.unwrap();
    let newest = endpoint.client().tally(id).await.unwrap().unwrap();
    let endpoint = endpoint.forgotten().await;
    let note = desk.lock().unwrap().campaign().note;
    endpoint.client().put_campaign(id, note).await.unwrap();
    endpoint.client().post_document(id, first).await.unwrap();
    Desk::pull(&desk, &endpoint.client(), NOW + 120, &GO_ON, |_| ()).await.unwrap();
    assert_eq!(endpoint.client().tally(id).await.unwrap(), Some(newest));
}

#[tokio::test]
async fn a_restored_desk_goes_on_above_the_tally_it_once_published() {
    let campaign = HandMadeCampaign::new(55);
    let endpoint = Served::new().await;
    let (_folder, lost) = campaign.desk();
    let lost = Mutex::new(lost);
    for _ in 0..3 {
        Desk::publish_tally(&lost, &endpoint.client(), NOW).await.unwrap();
    }
    // One comes back from a backup, and one from an older copy of the desk's folder.
    for published in [0, 1] {
        let (_folder, mut desk) = campaign.desk();
        for _ in 0..published {
            desk.tally(NOW).unwrap();
        }
        let (id, desk) = (desk.campaign().id, Mutex::new(desk));
        let before = endpoint.client().tally(id).await.unwrap().unwrap();
        Desk::publish_tally(&desk, &endpoint.client(), NOW + 60).await.unwrap();
        let after = endpoint.client().tally(id).await.unwrap().unwrap();
        let desk = desk.lock().unwrap();
        assert_eq!(seq_of(&after, &desk), seq_of(&before, &desk) + 1);
    }
}
