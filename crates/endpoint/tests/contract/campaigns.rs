//! What organizers say.

use endpoint::storage::{BatchOutcome, CampaignOutcome, TallyOutcome};
use fixtures::{Campaign, NOW};
use wire::{LogState, Tally};

use super::{BackEnd, Known, entries, new_campaign, papers};

pub(crate) async fn a_campaign_is_taken_once_and_there_are_no_more_than_may_be<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let [one, two, three] = [1, 2, 3].map(Campaign::new);
    assert_eq!(storage.find_root(one.id).await, Ok(None));
    assert_eq!(storage.insert_campaign(new_campaign(&one), 2).await, Ok(CampaignOutcome::Inserted));
    assert_eq!(storage.insert_campaign(new_campaign(&two), 2).await, Ok(CampaignOutcome::Inserted));
    assert_eq!(storage.insert_campaign(new_campaign(&three), 2).await, Ok(CampaignOutcome::Full));
    assert_eq!(storage.insert_campaign(new_campaign(&one), 2).await, Ok(CampaignOutcome::Known));
    assert_eq!(storage.find_root(one.id).await, Ok(Some(one.root.verifier().clone())));
    assert_eq!(storage.find_root(three.id).await, Ok(None));
}

pub(crate) async fn a_revocation_is_taken_once_and_reaches_table_and_kit<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let known = Known::at(storage).await;
    let (by_table, by_kit, spared) =
        (known.device(1), known.device_of(&known.kit(0xB, 9), 2, 9), known.device(3));
    for device in [&by_table, &by_kit, &spared] {
        assert_eq!(storage.enrol(papers(device), NOW).await, Ok(LogState::Admitted));
    }
    for subject in [by_table.origin.table, by_kit.certificate.body.kit] {
        assert!(known.revoke(storage, subject).await);
        assert!(!known.revoke(storage, subject).await, "it is known");
    }
    for device in [&by_table, &by_kit] {
        assert_eq!(storage.enrol(papers(device), NOW).await, Ok(LogState::Revoked));
        let answer = known.append(storage, device, &entries(1, 1), 0).await;
        assert_eq!(answer, Ok(BatchOutcome::Revoked));
    }
    assert_eq!(storage.enrol(papers(&spared), NOW).await, Ok(LogState::Admitted));
    let states: Vec<LogState> = known.logs(storage).await.into_iter().map(|row| row.state).collect();
    assert_eq!(states, [LogState::Revoked, LogState::Revoked, LogState::Admitted]);
}

pub(crate) async fn a_tally_is_replaced_by_a_newer_one_only<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let known = Known::at(storage).await;
    let id = known.campaign.id;
    let note = |seq| known.campaign.note(Tally { seq, petitions: Vec::new(), logs: Vec::new() });
    assert_eq!(storage.find_tally(id).await, Ok(None));
    assert_eq!(storage.set_tally(id, 5, note(5)).await, Ok(TallyOutcome::Newest));
    assert_eq!(storage.set_tally(id, 5, note(5)).await, Ok(TallyOutcome::Known));
    for stale in [4, 5] {
        let other = "another note".to_owned();
        assert_eq!(storage.set_tally(id, stale, other).await, Ok(TallyOutcome::Stale { stored: 5 }));
    }
    assert_eq!(storage.find_tally(id).await, Ok(Some(note(5))));
    assert_eq!(storage.set_tally(id, 6, note(6)).await, Ok(TallyOutcome::Newest));
    assert_eq!(storage.find_tally(id).await, Ok(Some(note(6))));
    assert_eq!(storage.find_tally(Campaign::new(2).id).await, Ok(None), "each campaign has its own");
}
