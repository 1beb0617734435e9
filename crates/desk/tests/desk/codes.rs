//! Kits that go to their tables by a code.

use std::{path::Path, sync::Mutex};

use desk::{Backup, Desk, Keys, KitCode, KitCodeRow, NewBackup, Revoked};
use rand::{SeedableRng, rngs::StdRng};
use uuid::Uuid;
use wire::{ClaimId, Client, Kit, ProblemCode};

use crate::{
    hand_made::{DAY, NOW, PASSPHRASE, backup_key, found},
    served::Served,
};

const UNTIL: i64 = NOW + 3 * DAY;

/// A desk with a petition, whose tables send to an endpoint.
fn with_endpoint(folder: &Path, served: &Served, rng: &mut StdRng) -> Mutex<Desk> {
    let mut desk = found(folder, &Keys::generate(rng), "Codes", rng);
    desk.add_petition(petition::SAMPLE, NOW, rng).unwrap();
    desk.set_endpoint(Some(served.address()), NOW).unwrap();
    Mutex::new(desk)
}

fn make(desk: &Mutex<Desk>, label: &str, rng: &mut StdRng) -> (Uuid, KitCode) {
    desk.lock().unwrap().make_kit_with_code(label, UNTIL, NOW, rng).unwrap()
}

fn row(desk: &Mutex<Desk>, kit: Uuid) -> Option<KitCodeRow> {
    desk.lock().unwrap().kits().unwrap().into_iter().find(|row| row.kit == kit).unwrap().code
}

fn a_code(deposited: bool, claimed_at: Option<i64>) -> Option<KitCodeRow> {
    Some(KitCodeRow { until: UNTIL, deposited, claimed_at })
}

async fn exchange(desk: &Mutex<Desk>, served: &Served) {
    Desk::exchange_codes(desk, &served.client(), NOW).await.unwrap();
}

/// What somebody with a code is given.
async fn claim(client: &Client, code: &KitCode, claimer: u8) -> Result<String, ProblemCode> {
    let (campaign, deposit) = (code.campaign(), code.deposit());
    let sealed = client.claim(campaign, deposit, ClaimId([claimer; 16])).await;
    let sealed = sealed.map_err(|error| error.problem().unwrap())?;
    let opened = sealing::open_kit(&sealed, *campaign.as_bytes(), deposit.0, &code.key()).unwrap();
    Ok(String::from_utf8(opened.to_vec()).unwrap())
}

#[tokio::test]
async fn a_kit_by_code_waits_at_the_endpoint_and_the_desk_hears_of_its_use() {
    let (folder, served, mut rng) =
        (tempfile::tempdir().unwrap(), Served::new().await, StdRng::seed_from_u64(5));
    let desk = with_endpoint(folder.path(), &served, &mut rng);
    let (kit, code) = make(&desk, "Ana", &mut rng);
    assert_eq!(row(&desk, kit), a_code(false, None));
    assert_eq!(claim(&served.client(), &code, 1).await, Err(ProblemCode::UnknownCampaign));
    exchange(&desk, &served).await;
    exchange(&desk, &served).await;
    assert_eq!(row(&desk, kit), a_code(true, None));
    let file = claim(&served.client(), &code, 1).await.unwrap();
    let open = Kit::open(&file, NOW, Some(code.campaign())).unwrap();
    assert_eq!((open.certificate.body.kit, open.certificate.body.max_tables), (kit, 1));
    assert_eq!(claim(&served.client(), &code, 2).await, Err(ProblemCode::Claimed));
    exchange(&desk, &served).await;
    assert_eq!(row(&desk, kit), a_code(true, Some(NOW - NOW.rem_euclid(60))));
    assert!(desk.lock().unwrap().kit_code(kit).unwrap() == code);
}

#[tokio::test]
async fn an_endpoint_that_forgot_gets_what_waits_again_and_nothing_that_was_used() {
    let (folder, served, mut rng) =
        (tempfile::tempdir().unwrap(), Served::new().await, StdRng::seed_from_u64(6));
    let desk = with_endpoint(folder.path(), &served, &mut rng);
    let [used, waits, revoked] = ["used", "waits", "revoked"].map(|label| make(&desk, label, &mut rng));
    exchange(&desk, &served).await;
    claim(&served.client(), &used.1, 1).await.unwrap();
    exchange(&desk, &served).await;
    desk.lock().unwrap().revoke(Revoked::Kit(revoked.0), "sent to others", NOW).unwrap();
    exchange(&desk, &served).await;
    assert_eq!(claim(&served.client(), &revoked.1, 1).await, Err(ProblemCode::Revoked));
    let served = served.forgotten().await;
    exchange(&desk, &served).await;
    for code in [&used.1, &revoked.1] {
        assert_eq!(claim(&served.client(), code, 3).await, Err(ProblemCode::UnknownDeposit));
    }
    claim(&served.client(), &waits.1, 3).await.unwrap();
}

#[tokio::test]
async fn a_desk_that_came_back_shows_the_code_again_and_hears_of_its_use() {
    let (folder, served, mut rng) =
        (tempfile::tempdir().unwrap(), Served::new().await, StdRng::seed_from_u64(7));
    let of_desk = folder.path().join("desk");
    std::fs::create_dir(&of_desk).unwrap();
    let desk = with_endpoint(&of_desk, &served, &mut rng);
    let (kit, code) = make(&desk, "Ana", &mut rng);
    let (by_file, _) = desk.lock().unwrap().make_kit("File", 5, UNTIL, NOW, &mut rng).unwrap();
    exchange(&desk, &served).await;
    let path = desk.lock().unwrap().backup_state().unwrap().places[0].path.clone();
    let backup = Backup::open(&std::fs::read(&path).unwrap(), PASSPHRASE).unwrap();
    let (keys, key) = (backup.keys(&mut rng), backup_key(&mut rng));
    let new = NewBackup { path: &path, key: &key };
    let restored = Desk::restore(&folder.path().join("restored"), keys, &backup, &new, NOW).unwrap();
    let restored = Mutex::new(restored);
    assert!(restored.lock().unwrap().kit_code(kit).unwrap() == code);
    assert_eq!(restored.lock().unwrap().kit_code(by_file).map(|_| ()).unwrap_err().code(), "desk/no-code");
    assert_eq!((row(&restored, kit), row(&restored, by_file)), (a_code(false, None), None));
    exchange(&restored, &served).await;
    assert_eq!(row(&restored, kit), a_code(true, None));
    claim(&served.client(), &code, 1).await.unwrap();
    exchange(&restored, &served).await;
    assert!(row(&restored, kit).unwrap().claimed_at.is_some());
}

#[test]
fn without_an_endpoint_there_is_no_code_and_nothing_is_made() {
    let (folder, mut rng) = (tempfile::tempdir().unwrap(), StdRng::seed_from_u64(8));
    let mut desk = found(folder.path(), &Keys::generate(&mut rng), "Codes", &mut rng);
    desk.add_petition(petition::SAMPLE, NOW, &mut rng).unwrap();
    let refused = desk.make_kit_with_code("Ana", UNTIL, NOW, &mut rng).map(|_| ()).unwrap_err();
    assert_eq!(refused.code(), "desk/code-needs-endpoint");
    assert!(desk.kits().unwrap().is_empty());
    assert_eq!(desk.kit_code(Uuid::from_u128(1)).map(|_| ()).unwrap_err().code(), "desk/unknown-kit");
}
