//! Sealed kits that wait for their tables.

use endpoint::storage::{ClaimOutcome, DepositOutcome, NewDeposit, Storage};
use fixtures::{Campaign, NOW};
use proof::CampaignId;
use uuid::Uuid;
use wire::{ClaimId, DepositId, DepositRow};

use super::{BackEnd, Known, new_campaign};

const KIT: Uuid = Uuid::from_u128(0xA);
const ONE: ClaimId = ClaimId([1; 16]);
const TWO: ClaimId = ClaimId([2; 16]);
const DAY: i64 = 24 * 60 * 60;

fn id(number: u128) -> DepositId {
    DepositId(number.to_be_bytes())
}

fn deposit(number: u128, until: i64, bytes: usize) -> NewDeposit {
    let sealed = vec![number as u8; bytes].into();
    NewDeposit { deposit: id(number), kit: KIT, until, note: "a note".into(), sealed }
}

async fn insert(storage: &dyn Storage, campaign: CampaignId, new: NewDeposit, now: i64) -> DepositOutcome {
    storage.insert_deposit(campaign, new, now).await.unwrap()
}

async fn claim(
    storage: &dyn Storage,
    campaign: CampaignId,
    number: u128,
    claim: ClaimId,
    now: i64,
) -> ClaimOutcome {
    storage.claim(campaign, id(number), claim, now).await.unwrap()
}

fn taken(first: bool, number: u8, bytes: usize) -> ClaimOutcome {
    ClaimOutcome::Taken { first, sealed: vec![number; bytes] }
}

pub(crate) async fn a_sealed_kit_is_given_to_one_claimer_also_after_a_restart<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = back_end.instance();
    let known = Known::at(&*storage).await;
    let of = known.campaign.id;
    assert_eq!(insert(&*storage, of, deposit(1, NOW + DAY, 50), NOW).await, DepositOutcome::Inserted);
    assert_eq!(insert(&*storage, of, deposit(2, NOW + DAY, 60), NOW).await, DepositOutcome::Inserted);
    // What is known stays as it is.
    assert_eq!(insert(&*storage, of, deposit(1, NOW + 2 * DAY, 9), NOW).await, DepositOutcome::Known);
    assert_eq!(claim(&*storage, of, 3, ONE, NOW).await, ClaimOutcome::Unknown);
    assert_eq!(claim(&*storage, of, 1, ONE, NOW + 61).await, taken(true, 1, 50));
    drop(storage);
    let back_end = back_end.restarted().await;
    let storage = &*back_end.instance();
    assert_eq!(claim(storage, of, 1, ONE, NOW + 999).await, taken(false, 1, 50));
    assert_eq!(claim(storage, of, 1, TWO, NOW + 999).await, ClaimOutcome::Claimed);
    assert_eq!(claim(storage, of, 2, TWO, NOW + 999).await, taken(true, 2, 60));
    assert_eq!(insert(storage, of, deposit(1, NOW + DAY, 50), NOW).await, DepositOutcome::Known);
    let minute = |at: i64| Some(at - at % 60);
    let row = |number, claimed| DepositRow { deposit: id(number), kit: KIT, until: NOW + DAY, claimed };
    let rows = storage.list_deposits(of).await.unwrap();
    assert_eq!(rows, [row(1, minute(NOW + 61)), row(2, minute(NOW + 999))]);
    let other = Campaign::new(2);
    storage.insert_campaign(new_campaign(&other), 9).await.unwrap();
    assert_eq!(storage.list_deposits(other.id).await.unwrap(), [], "each campaign has its own");
    assert_eq!(claim(storage, other.id, 1, ONE, NOW).await, ClaimOutcome::Unknown);
}

pub(crate) async fn of_two_who_claim_at_once_one_has_it<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let of = Known::at(storage).await.campaign.id;
    for number in 1..=20 {
        insert(storage, of, deposit(number, NOW + DAY, 10), NOW).await;
        let (one, other) = (back_end.instance(), back_end.instance());
        let (first, second) = tokio::join!(
            tokio::spawn(async move { claim(&*one, of, number, ONE, NOW).await }),
            tokio::spawn(async move { claim(&*other, of, number, TWO, NOW).await }),
        );
        let outcomes = [first.unwrap(), second.unwrap()];
        let given = outcomes.iter().filter(|outcome| **outcome == taken(true, number as u8, 10)).count();
        let told = outcomes.iter().filter(|outcome| **outcome == ClaimOutcome::Claimed).count();
        assert_eq!((given, told), (1, 1), "{outcomes:?}");
    }
}

pub(crate) async fn what_is_over_or_revoked_is_given_to_nobody_and_makes_room<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let known = Known::at(storage).await;
    let of = known.campaign.id;
    const HALF: usize = 16 << 20;
    assert_eq!(insert(storage, of, deposit(1, NOW + DAY, HALF), NOW).await, DepositOutcome::Inserted);
    assert_eq!(insert(storage, of, deposit(2, NOW + 3 * DAY, HALF), NOW).await, DepositOutcome::Inserted);
    assert_eq!(insert(storage, of, deposit(3, NOW + 3 * DAY, 1), NOW).await, DepositOutcome::Full);
    let later = NOW + 2 * DAY;
    assert_eq!(claim(storage, of, 1, ONE, later).await, ClaimOutcome::Expired);
    assert_eq!(insert(storage, of, deposit(3, NOW + 3 * DAY, 1), later).await, DepositOutcome::Inserted);
    assert_eq!(claim(storage, of, 1, ONE, later).await, ClaimOutcome::Expired, "it is told still");
    assert!(known.revoke(storage, KIT).await);
    for (number, by) in [(1, ONE), (2, TWO), (3, ONE)] {
        assert_eq!(claim(storage, of, number, by, later).await, ClaimOutcome::Revoked);
    }
    assert_eq!(insert(storage, of, deposit(4, NOW + 9 * DAY, 1), later).await, DepositOutcome::Revoked);
    let of_another = NewDeposit { kit: Uuid::from_u128(0xB), ..deposit(4, NOW + 99 * DAY, HALF) };
    assert_eq!(
        insert(storage, of, of_another, later).await,
        DepositOutcome::Inserted,
        "the bytes are erased"
    );
    let much_later = NOW + 34 * DAY;
    let more = NewDeposit { kit: Uuid::from_u128(0xB), ..deposit(5, NOW + 99 * DAY, 1) };
    insert(storage, of, more, much_later).await;
    let rows = storage.list_deposits(of).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.deposit).collect::<Vec<_>>(),
        [id(4), id(5)],
        "the others are forgotten"
    );
}
