//! Who is one person, what organizers decide of it, and what the number makes of that.

use crate::hand_made::{HandMadeCampaign, HandMadeTable, NOW, merge};
use desk::{Decided, DecidedKeep, DecidedVerdict, Desk, DeskError, Standing};
use petition::Signature;
use rand::{SeedableRng, rngs::StdRng};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const WHO: &str = "D. Organizer";

pub(crate) fn rng() -> StdRng {
    StdRng::seed_from_u64(5)
}

/// Signatures of one petition, by name and e-mail address, in the order in which they were signed.
fn signed(campaign: &HandMadeCampaign, people: &[(&str, Option<&str>)]) -> Vec<Signature> {
    let signed = people.iter().zip(1..).map(|((name, email), number)| {
        let mut signature = campaign.signature(number, 0, name, *email);
        signature.signed_at = NOW.unsigned_abs() / 60 * 60 + 86_400 * number as u64;
        signature
    });
    signed.collect()
}

/// A desk that has merged these, each from a table of its own.
pub(crate) fn desk_with(campaign: &HandMadeCampaign, signatures: &[Signature]) -> (TempDir, Desk) {
    let (folder, mut desk) = campaign.desk();
    for (signature, number) in signatures.iter().zip(1..) {
        let mut table = HandMadeTable::new(campaign, number, 1);
        table.append(signature);
        merge(&mut desk, &table.whole());
    }
    (folder, desk)
}

pub(crate) fn standings(desk: &Desk, signatures: &[Signature]) -> Vec<Standing> {
    let rows = desk.ledger("", 0, 999).unwrap().rows;
    let of = |id| rows.iter().find(|row| row.signature == id).unwrap().standing.clone();
    signatures.iter().map(|signature| of(signature.id)).collect()
}

fn pair(one: Uuid, other: Uuid) -> (Uuid, Uuid) {
    (one.min(other), one.max(other))
}

pub(crate) fn same(one: Uuid, other: Uuid) -> Decided {
    let (one, other) = pair(one, other);
    Decided::Same { one, other }
}

pub(crate) fn different(one: Uuid, other: Uuid) -> Decided {
    let (one, other) = pair(one, other);
    Decided::Different { one, other }
}

#[test]
fn who_writes_a_name_another_way_is_found_and_a_shared_mailbox_strikes_nobody() {
    let campaign = HandMadeCampaign::new(51);
    let signatures = signed(
        &campaign,
        &[
            ("Siobhan O'Brien", Some("siobhan@x.org")),
            ("Siobhán O’Brien", Some("Siobhan@x.org")),
            ("Anne-Marie Dubois", Some("am@x.org")),
            ("Anne Marie Dubois", Some("am@x.org")),
            ("Peter Miller", Some("millers@x.org")),
            ("Susan Miller", Some("millers@x.org")),
        ],
    );
    let (_folder, desk) = desk_with(&campaign, &signatures);
    let of = |place: usize| Standing::Duplicate { of: signatures[place].id };
    let counted = Standing::Counted;
    assert_eq!(
        standings(&desk, &signatures),
        [counted.clone(), of(0), counted.clone(), of(2), counted.clone(), counted]
    );
}

/// Two of them that a person must look at: one name and one place, and nothing that is one person's.
pub(crate) fn doubtful(campaign: &HandMadeCampaign) -> Vec<Signature> {
    let mut signatures = signed(
        campaign,
        &[
            ("Ottilie Zwirner", Some("ottilie@x.org")),
            ("Ottilie Zwirner", None),
            ("Ada Lovelace", Some("ada@x.org")),
            ("Grace Hopper", Some("grace@x.org")),
        ],
    );
    for signature in &mut signatures[..2] {
        signature.address.city = Some("Elsewhere".to_owned());
        signature.address.postal_code = Some("98101".to_owned());
    }
    signatures
}

#[test]
fn what_is_doubtful_counts_until_somebody_decides_and_every_decision_can_be_undone() {
    let campaign = HandMadeCampaign::new(52);
    let petition = campaign.petitions[0];
    let signatures = doubtful(&campaign);
    let (folder, mut desk) = desk_with(&campaign, &signatures);
    assert_eq!(desk.count(Some(petition)).unwrap().deliverable, 4);
    let pile = desk.pile(petition, 9).unwrap();
    assert_eq!(pile.len(), 1, "one pair to look at");
    let [one, other] = [pile[0].one.signature, pile[0].other.signature];
    assert_eq!(pair(one, other), pair(signatures[0].id, signatures[1].id));
    assert!(pile[0].probability >= 0.2 && pile[0].probability < 0.95 && pile[0].fewer == 1);
    assert!(pile[0].reasons.iter().any(|why| why.code == "same_family_name" && why.bits > 0.0));
    assert_eq!(desk.count_pile(petition).unwrap().changing, 1);

    let cannot_tell = desk.decide(WHO, petition, Decided::Undecided { one, other }, NOW, &mut rng()).unwrap();
    let count = desk.count_pile(petition).unwrap();
    assert_eq!((count.total, count.undecided), (1, 1));
    assert!(desk.pile(petition, 9).unwrap()[0].is_undecided);

    let decided = desk.decide(WHO, petition, same(one, other), NOW, &mut StdRng::seed_from_u64(6)).unwrap();
    assert_eq!(desk.count(Some(petition)).unwrap().deliverable, 3);
    assert_eq!(standings(&desk, &signatures)[1], Standing::Duplicate { of: signatures[0].id });
    assert!(desk.pile(petition, 9).unwrap().is_empty());

    let undone = desk.undo(WHO, decided, NOW, &mut StdRng::seed_from_u64(7)).unwrap();
    assert_eq!(desk.count(Some(petition)).unwrap().deliverable, 4);
    assert_eq!(desk.pile(petition, 9).unwrap().len(), 1);
    desk.undo(WHO, undone, NOW, &mut StdRng::seed_from_u64(8)).unwrap();
    assert_eq!(desk.count(Some(petition)).unwrap().deliverable, 3);

    let rows = desk.decisions(petition, 9).unwrap();
    let kinds: Vec<_> = rows.iter().map(|row| (row.kind, row.is_held)).collect();
    assert_eq!(kinds, [("undone", true), ("undone", false), ("same", true), ("undecided", true)]);
    assert_eq!(
        (rows[3].decision, rows[2].names.as_slice()),
        (cannot_tell, &["Ottilie Zwirner".to_owned(), "Ottilie Zwirner".to_owned()][..])
    );
    assert!(rows.iter().all(|row| row.by == WHO));
    // It is all there when the desk is opened again.
    drop(desk);
    let desk = Desk::open(folder.path(), campaign.keys).unwrap();
    assert_eq!(desk.count(Some(petition)).unwrap().deliverable, 3);
}

#[test]
fn a_verdict_has_its_reason_and_can_be_taken_back() {
    let campaign = HandMadeCampaign::new(53);
    let petition = campaign.petitions[0];
    let mut signatures =
        signed(&campaign, &[("Ada Lovelace", Some("ada@x.org")), ("Odd", Some("odd@x.org"))]);
    signatures[1].text_hash = [1; 32];
    let (_folder, mut desk) = desk_with(&campaign, &signatures);
    assert_eq!(standings(&desk, &signatures), [Standing::Counted, Standing::InReview]);
    let verdict = |signature: Uuid, verdict, reason: &str| Decided::Verdict {
        signature,
        verdict,
        reason: reason.to_owned(),
    };
    let mut rng = rng();
    // It was of a text that is known on paper.
    let counts = verdict(signatures[1].id, DecidedVerdict::Counts, "Seen on the sheet");
    desk.decide(WHO, petition, counts, NOW, &mut rng).unwrap();
    let void = verdict(signatures[0].id, DecidedVerdict::Void, "A test");
    let voided = desk.decide(WHO, petition, void, NOW, &mut rng).unwrap();
    assert_eq!(
        standings(&desk, &signatures),
        [Standing::Void { reason: "A test".to_owned() }, Standing::Counted]
    );
    let count = desk.count(Some(petition)).unwrap();
    assert_eq!((count.collected, count.void, count.in_review, count.deliverable), (2, 1, 0, 1));
    desk.undo(WHO, voided, NOW, &mut rng).unwrap();
    assert_eq!(standings(&desk, &signatures), [Standing::Counted, Standing::Counted]);
    for (what, by) in [
        (verdict(signatures[0].id, DecidedVerdict::Void, "  "), WHO),
        (verdict(Uuid::from_u128(404), DecidedVerdict::Void, "Why"), WHO),
        (
            Decided::Same {
                one: signatures[0].id.max(signatures[1].id),
                other: signatures[0].id.min(signatures[1].id),
            },
            WHO,
        ),
        (Decided::Rule { keep: DecidedKeep::First, per_mille: 400 }, WHO),
        (Decided::Undone { decision: Uuid::from_u128(404) }, WHO),
        (same(signatures[0].id, signatures[1].id), ""),
    ] {
        let refused = desk.decide(by, petition, what, NOW, &mut rng);
        assert!(matches!(refused, Err(DeskError::Reason | DeskError::NothingToDecide | DeskError::Name)));
    }
    assert_eq!(desk.decisions(petition, 9).unwrap().len(), 3);
}

#[test]
fn a_rule_is_tried_first_then_set_then_undone() {
    let campaign = HandMadeCampaign::new(54);
    let petition = campaign.petitions[0];
    let signatures = signed(
        &campaign,
        &[
            ("Ada Lovelace", Some("ada@x.org")),
            ("Ada Lovelace", Some("ada@x.org")),
            ("Grace Hopper", Some("g@x.org")),
        ],
    );
    let (_folder, mut desk) = desk_with(&campaign, &signatures);
    assert!(desk.rule(petition).unwrap().is_usual);
    let of = |place: usize| Standing::Duplicate { of: signatures[place].id };
    assert_eq!(standings(&desk, &signatures), [Standing::Counted, of(0), Standing::Counted]);
    let trial =
        desk.try_decision(petition, Decided::Rule { keep: DecidedKeep::None, per_mille: 950 }, 9).unwrap();
    assert_eq!((trial.now.deliverable, trial.then.deliverable, trial.changed), (2, 1, 2));
    assert!(
        trial
            .sample
            .iter()
            .all(|row| row.name == "Ada Lovelace" && matches!(row.standing, Standing::Void { .. }))
    );
    // Trying keeps nothing.
    assert_eq!(standings(&desk, &signatures), [Standing::Counted, of(0), Standing::Counted]);
    assert!(desk.rule(petition).unwrap().is_usual && desk.decisions(petition, 9).unwrap().is_empty());

    let rule = Decided::Rule { keep: DecidedKeep::None, per_mille: 950 };
    let set = desk.decide(WHO, petition, rule, NOW, &mut rng()).unwrap();
    let void = Standing::Void { reason: "rule/several".to_owned() };
    assert_eq!(standings(&desk, &signatures), [void.clone(), void, Standing::Counted]);
    assert_eq!(desk.count(Some(petition)).unwrap(), trial.then);
    assert_eq!(desk.rule(petition).unwrap().keep, "none");
    desk.undo(WHO, set, NOW, &mut StdRng::seed_from_u64(9)).unwrap();
    assert_eq!(standings(&desk, &signatures), [Standing::Counted, of(0), Standing::Counted]);
    let latest = Decided::Rule { keep: DecidedKeep::Latest, per_mille: 950 };
    desk.decide(WHO, petition, latest, NOW, &mut StdRng::seed_from_u64(10)).unwrap();
    assert_eq!(standings(&desk, &signatures), [of(1), Standing::Counted, Standing::Counted]);
}

#[test]
fn decisions_of_another_campaign_are_refused_all() {
    let (campaign, another) = (HandMadeCampaign::new(56), HandMadeCampaign::new(57));
    let signatures = signed(&campaign, &[("Ada Lovelace", None), ("Grace Hopper", None)]);
    let (_folder, mut desk) = desk_with(&campaign, &signatures);
    let petition = campaign.petitions[0];
    desk.decide(WHO, petition, same(signatures[0].id, signatures[1].id), NOW, &mut rng()).unwrap();
    let (_other_folder, mut other) = another.desk();
    assert!(other.take_decisions(&desk.decision_notes().unwrap(), NOW).is_err());
    assert!(other.decision_notes().unwrap().is_empty());
}
