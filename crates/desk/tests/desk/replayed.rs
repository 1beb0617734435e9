//! The log of decisions, replayed at another desk.

use crate::{
    hand_made::{HandMadeCampaign, HandMadeTable, NOW, csv, merge},
    review::{WHO, desk_with, different, doubtful, rng, same, standings},
};
use desk::{Chosen, Decided, DecidedKeep, DecidedVerdict, NewDecisions};
use petition::Signature;
use proptest::{prelude::*, sample::Index};

/// What is decided, by places in a list of signatures and of decisions before.
#[derive(Clone, Debug)]
enum Act {
    Same(usize, usize),
    Different(usize, usize),
    Verdict(usize, DecidedVerdict),
    /// About all of a domain, or of a table.
    Many(Option<usize>, DecidedVerdict),
    /// About those that are listed.
    Listed(Vec<usize>, DecidedVerdict),
    Rule(DecidedKeep, u16),
    Undo(Index),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let verdict = prop_oneof![
        Just(DecidedVerdict::Counts),
        Just(DecidedVerdict::Void),
        Just(DecidedVerdict::Withdrawn),
        Just(DecidedVerdict::InReview)
    ];
    let keep = prop_oneof![Just(DecidedKeep::First), Just(DecidedKeep::Latest), Just(DecidedKeep::None)];
    let act = prop_oneof![
        (0..7usize, 0..7usize).prop_map(|(one, other)| Act::Same(one, other)),
        (0..7usize, 0..7usize).prop_map(|(one, other)| Act::Different(one, other)),
        (0..7usize, verdict.clone()).prop_map(|(one, verdict)| Act::Verdict(one, verdict)),
        (proptest::option::of(0..7usize), verdict.clone())
            .prop_map(|(table, verdict)| Act::Many(table, verdict)),
        (proptest::sample::subsequence((0..7usize).collect::<Vec<_>>(), 1..5), verdict)
            .prop_map(|(some, verdict)| Act::Listed(some, verdict)),
        (keep, 500..=1000u16).prop_map(|(keep, per_mille)| Act::Rule(keep, per_mille)),
        any::<Index>().prop_map(Act::Undo),
    ];
    proptest::collection::vec(act, 1..10)
}

/// The signatures of the property: some of one person, some doubtful, some of nobody else.
fn several(campaign: &HandMadeCampaign) -> Vec<Signature> {
    let mut signatures = doubtful(campaign);
    let more = [
        ("Ada Lovelace", Some("ADA@x.org")),
        ("Lovelace Ada", Some("ada@x.org")),
        ("Odd", Some("odd@x.org")),
    ];
    for ((name, email), number) in more.into_iter().zip(11..) {
        signatures.push(campaign.signature(number, 0, name, email));
    }
    signatures[6].text_hash = [1; 32];
    signatures
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_log_of_decisions_gives_the_same_standings_in_any_order_of_merging(
        acts in acts(),
        order in Just((0..7usize).collect::<Vec<_>>()).prop_shuffle(),
        before in 0..7usize,
        turned in any::<bool>(),
    ) {
        let campaign = HandMadeCampaign::new(55);
        let petition = campaign.petitions[0];
        let signatures = several(&campaign);
        let (_folder, mut desk) = desk_with(&campaign, &signatures);
        let mut rng = rng();
        let mut made = Vec::new();
        for act in acts {
            let id = |place: usize| signatures[place].id;
            let decided = match act {
                Act::Same(one, other) | Act::Different(one, other) if one == other => continue,
                Act::Same(one, other) => desk.decide(WHO, petition, same(id(one), id(other)), NOW, &mut rng),
                Act::Different(one, other) => {
                    desk.decide(WHO, petition, different(id(one), id(other)), NOW, &mut rng)
                }
                Act::Verdict(one, verdict) => {
                    let what = Decided::Verdict { signature: id(one), verdict, reason: "Why".to_owned() };
                    desk.decide(WHO, petition, what, NOW, &mut rng)
                }
                Act::Many(table, verdict) => {
                    let table = table.map(|place| HandMadeTable::new(&campaign, place as u128 + 1, 1).origin.table);
                    let domain = table.is_none().then(|| "x.org".to_owned());
                    let chosen = Chosen { table, domain, ..Chosen::default() };
                    let what = Decided::Verdicts { chosen, verdict, reason: "Why".to_owned() };
                    desk.decide(WHO, petition, what, NOW, &mut rng)
                }
                Act::Listed(some, verdict) => {
                    let mut listed: Vec<_> = some.into_iter().map(id).collect();
                    listed.sort_unstable();
                    let what = Decided::Listed { signatures: listed, verdict, reason: "Why".to_owned() };
                    desk.decide(WHO, petition, what, NOW, &mut rng)
                }
                Act::Rule(keep, per_mille) => {
                    desk.decide(WHO, petition, Decided::Rule { keep, per_mille }, NOW, &mut rng)
                }
                Act::Undo(_) if made.is_empty() => continue,
                Act::Undo(which) => desk.undo(WHO, *which.get(&made), NOW, &mut rng),
            };
            made.push(decided.unwrap());
        }
        let mut notes = desk.decision_notes().unwrap();
        prop_assert_eq!(notes.len(), made.len());
        if turned {
            notes.reverse();
        }
        // Another desk of the campaign: the decisions come between the signatures, in another order, some twice.
        let (_other_folder, mut other) = campaign.desk();
        for (count, place) in order.into_iter().enumerate() {
            if count == before {
                let taken = other.take_decisions(&notes, NOW).unwrap();
                prop_assert_eq!(taken, NewDecisions { new: notes.len() as u64, known: 0 });
                let again = other.take_decisions(&notes, NOW).unwrap();
                prop_assert_eq!(again, NewDecisions { new: 0, known: notes.len() as u64 });
            }
            let mut table = HandMadeTable::new(&campaign, place as u128 + 1, 1);
            table.append(&signatures[place]);
            merge(&mut other, &table.whole());
        }
        prop_assert_eq!(standings(&other, &signatures), standings(&desk, &signatures));
        prop_assert_eq!(csv(&other), csv(&desk));
    }
}
