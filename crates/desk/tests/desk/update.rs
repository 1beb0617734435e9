//! What an organizer changes reaches tables as one signed update, through a real endpoint.

use std::sync::{Mutex, MutexGuard};

use desk::{Desk, Unpublished};
use rand::{SeedableRng, rngs::StdRng};
use wire::{Kit, OpenUpdate};

use crate::{
    hand_made::{DAY, HandMadeCampaign, NOW, source},
    served::Served,
};

fn rng() -> StdRng {
    StdRng::seed_from_u64(5)
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap()
}

fn unpublished(desk: &Mutex<Desk>) -> Unpublished {
    lock(desk).unpublished(NOW).unwrap()
}

/// What the endpoint gives to a table that knows no update of a higher number than this.
async fn update(endpoint: &Served, campaign: &HandMadeCampaign, after: u64) -> Option<OpenUpdate> {
    let kit = campaign.open_kit();
    let note = endpoint.client().update(kit.campaign.campaign, after).await.unwrap()?;
    Some(OpenUpdate::verify(&note, kit.campaign.campaign, &kit.campaign.body.root).unwrap())
}

async fn publish(desk: &Mutex<Desk>, endpoint: &Served) -> bool {
    Desk::publish_update(desk, &endpoint.client(), NOW, &mut rng()).await.unwrap()
}

#[tokio::test]
async fn what_tables_do_not_know_is_told_and_published_once_and_whole() {
    let campaign = HandMadeCampaign::new(71);
    let (_folder, mut desk) = campaign.desk();
    let endpoint = Served::new().await;
    desk.set_endpoint(Some(endpoint.address()), NOW).unwrap();
    let desk = Mutex::new(desk);
    assert_eq!(unpublished(&desk), Unpublished::default(), "the kit has all of it");
    assert!(!publish(&desk, &endpoint).await);
    assert!(update(&endpoint, &campaign, 0).await.is_none());

    let [trees, buses] = campaign.petitions;
    let text = "---\ntitle: Trees\nstarted_by: Us\naddressed_to: Them\n---\n\nWe ask for more of it.\n";
    assert_eq!(lock(&desk).correct_petition(trees, text, NOW).unwrap(), 2);
    assert_eq!(
        lock(&desk).correct_petition(trees, text, NOW).unwrap(),
        2,
        "the same text is no version more"
    );
    lock(&desk).end_petition(buses, true, NOW).unwrap();
    let kit = campaign.open_kit();
    lock(&desk).move_kit(kit.certificate.body.kit, NOW + 60 * DAY, NOW).unwrap();
    lock(&desk).rotate(NOW, &mut rng()).unwrap();
    let petitions = ["Trees", "Buses"].map(str::to_owned).into();
    assert_eq!(unpublished(&desk), Unpublished { petitions, kits: vec!["Kit".into()], keys: true });
    assert!(publish(&desk, &endpoint).await);
    assert_eq!(unpublished(&desk), Unpublished::default());
    assert!(!publish(&desk, &endpoint).await, "there is nothing more");
    let found = update(&endpoint, &campaign, 0).await.unwrap();
    assert!(update(&endpoint, &campaign, 1).await.is_none());
    let versions: Vec<_> =
        found.petitions.iter().map(|note| (note.body.petition, note.body.version)).collect();
    assert_eq!((found.seq, versions), (1, vec![(trees, 1), (buses, 1), (trees, 2)]));
    assert_eq!(found.ended, [buses]);
    let old: Vec<_> = kit.epochs.iter().map(|epoch| epoch.body.epoch.clone()).collect();
    assert!(found.epochs.iter().all(|epoch| !old.contains(&epoch.body.epoch)), "no key of before");
    assert!(found.epochs.iter().any(|epoch| epoch.body.until >= NOW + 60 * DAY), "as far as the kit is good");
    let moved = &found.certificates[0].body;
    assert_eq!((moved.until, &moved.key), (NOW + 60 * DAY, &kit.certificate.body.key));
    assert_eq!(moved.label, "", "anybody may read an update: a label may be a name");

    // A kit made now has all of it, and says so.
    let (_, text) = lock(&desk).make_kit("New", 1, NOW + DAY, NOW, &mut rng()).unwrap();
    let new = Kit::open(&text, NOW, None).unwrap();
    assert_eq!((new.update, new.petitions.len()), (1, 2), "both versions of the one that has not ended");
}

#[tokio::test]
async fn an_endpoint_that_forgot_the_update_has_it_again_after_it_is_told() {
    let campaign = HandMadeCampaign::new(72);
    let (_folder, desk) = campaign.desk();
    let endpoint = Served::new().await;
    let desk = Mutex::new(desk);
    lock(&desk).add_petition(&source("Late"), NOW, &mut rng()).unwrap();
    assert!(publish(&desk, &endpoint).await);
    let endpoint = endpoint.forgotten().await;
    Desk::tell(&desk, &endpoint.client()).await.unwrap();
    assert_eq!(update(&endpoint, &campaign, 0).await.unwrap().seq, 1);
}

#[tokio::test]
async fn a_desk_of_an_older_backup_numbers_its_update_above_those_of_before() {
    let campaign = HandMadeCampaign::new(73);
    let ((_folder, first), (_other, second)) = (campaign.desk(), campaign.desk());
    let (first, second, endpoint) = (Mutex::new(first), Mutex::new(second), Served::new().await);
    let mut rng = rng();
    for title in ["Benches", "Lamps"] {
        lock(&first).add_petition(&source(title), NOW, &mut rng).unwrap();
        assert!(publish(&first, &endpoint).await);
    }
    lock(&second).add_petition(&source("Late"), NOW, &mut rng).unwrap();
    assert!(publish(&second, &endpoint).await);
    assert_eq!(update(&endpoint, &campaign, 2).await.unwrap().seq, 3);
    // The other one is told that there is a newer one, and goes on from there.
    Desk::tell(&first, &endpoint.client()).await.unwrap();
    lock(&first).add_petition(&source("Bins"), NOW, &mut rng).unwrap();
    assert!(publish(&first, &endpoint).await);
    assert_eq!(update(&endpoint, &campaign, 3).await.unwrap().seq, 4);
}

#[test]
fn what_is_not_known_here_is_refused() {
    let campaign = HandMadeCampaign::new(74);
    let (_folder, mut desk) = campaign.desk();
    let (nobody, now) = (uuid::Uuid::from_u128(5), NOW);
    let code = |refused: Result<(), desk::DeskError>| refused.unwrap_err().code();
    assert_eq!(code(desk.correct_petition(nobody, &source("T"), now).map(drop)), "desk/unknown-petition");
    assert_eq!(code(desk.end_petition(nobody, true, now)), "desk/unknown-petition");
    assert_eq!(code(desk.move_kit(nobody, now + DAY, now)), "desk/unknown-kit");
    let kit = campaign.open_kit().certificate.body.kit;
    for until in [now, now - 1, now + 4_000 * DAY] {
        assert_eq!(code(desk.move_kit(kit, until, now)), "desk/kit-days");
    }
    let broken = desk.correct_petition(campaign.petitions[0], "no petition", now).map(drop);
    assert_eq!(code(broken), "desk/petition-source");
    assert!(desk.unpublished(now).unwrap().is_empty());
}
