//! What organizers say.

use endpoint::storage::{BatchOutcome, CampaignOutcome, Numbered, NumberedOutcome};
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

pub(crate) async fn of_each_kind_of_numbered_notes_the_newest_is_kept<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let known = Known::at(storage).await;
    let id = known.campaign.id;
    let note = |seq| known.campaign.note(Tally { seq, petitions: Vec::new(), logs: Vec::new() });
    for kind in [Numbered::Tally, Numbered::Update] {
        let set = async |seq, note| storage.set_numbered(id, kind, seq, note).await.unwrap();
        let find = async || storage.find_numbered(id, kind).await.unwrap();
        assert_eq!(find().await, None, "{kind:?}");
        assert_eq!(set(5, note(5)).await, NumberedOutcome::Newest);
        assert_eq!(set(5, note(5)).await, NumberedOutcome::Known);
        for stale in [4, 5] {
            assert_eq!(set(stale, "another".to_owned()).await, NumberedOutcome::Stale { stored: 5 });
        }
        assert_eq!(find().await, Some((5, note(5))));
        assert_eq!(set(6, note(6)).await, NumberedOutcome::Newest);
        assert_eq!(find().await, Some((6, note(6))));
        let others = storage.find_numbered(Campaign::new(2).id, kind).await;
        assert_eq!(others, Ok(None), "each campaign has its own");
    }
}
