//! Words about signatures that are listed one by one.

use crate::{
    filter::busy,
    hand_made::{HandMadeCampaign, NOW},
    review::WHO,
};
use desk::{Decided, DecidedVerdict, DeskError};
use rand::{SeedableRng, rngs::StdRng};
use uuid::Uuid;

#[test]
fn those_that_are_listed_are_void_by_one_word_and_nobody_else() {
    let campaign = HandMadeCampaign::new(68);
    let (_folder, mut desk, signatures) = busy(&campaign);
    let (petition, mut rng) = (campaign.petitions[0], StdRng::seed_from_u64(3));
    let what = |signatures: Vec<Uuid>| Decided::Listed {
        signatures,
        verdict: DecidedVerdict::Void,
        reason: "Not on the roll".to_owned(),
    };
    let (one, other) = (signatures[0].id, signatures[3].id);
    let (less, more) = (one.min(other), one.max(other));
    for wrong in [vec![], vec![less, less], vec![more, less], vec![Uuid::from_u128(999)]] {
        let refused = desk.decide(WHO, petition, what(wrong), NOW, &mut rng);
        assert!(matches!(refused, Err(DeskError::NothingToDecide)));
    }
    let many = (0..=desk::LISTED_MAX as u128).map(Uuid::from_u128).collect();
    let refused = desk.decide(WHO, petition, what(many), NOW, &mut rng);
    assert!(matches!(refused, Err(DeskError::TooManyListed)));
    let trial = desk.try_decision(petition, what(vec![less, more]), 9).unwrap();
    assert_eq!((trial.changed, trial.now.deliverable - trial.then.deliverable), (2, 2));
    let decision = desk.decide(WHO, petition, what(vec![less, more]), NOW, &mut rng).unwrap();
    assert_eq!(desk.count(Some(petition)).unwrap().void, 2);
    let [row] = &desk.decisions_about_many(petition).unwrap()[..] else { unreachable!("not one") };
    assert_eq!((row.kind, row.covers, row.chosen.len(), row.names.len()), ("listed", Some(2), 0, 0));
    // As many as one decision takes fit into its note.
    let note = desk.decision_notes().unwrap().concat().len();
    assert!(note + desk::LISTED_MAX * 39 < 1 << 20);
    desk.undo(WHO, decision, NOW, &mut rng).unwrap();
    assert_eq!(desk.count(Some(petition)).unwrap().void, 0);
}
