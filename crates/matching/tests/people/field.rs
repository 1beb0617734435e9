//! Cases of others, from their public reports: one mailbox in three spellings, and people whose names and addresses are written
//! in several ways.

use matching::{People, Signer, Weights};

use crate::estimate;

/// Above this a rule decides by itself.
const DECIDED: f64 = 0.95;

/// Below this a pair is not shown to anybody.
const PROPOSED: f64 = 0.2;

fn people(signers: &[Signer<'_>]) -> (People<usize>, Weights) {
    let mut people = People::default();
    signers.iter().enumerate().for_each(|(id, signer)| people.add(id, signer));
    let weights = estimate(&mut people);
    (people, weights)
}

fn at<'a>(name: &'a str, postal_code: &'a str, city: &'a str) -> Signer<'a> {
    Signer { name, postal_code: Some(postal_code), city: Some(city), ..Signer::default() }
}

#[test]
fn f04_one_mailbox_in_three_spellings_is_one_person_and_two_are_two() {
    let tamsin = at("Tamsin Holloway-Test", "LS1 4DY", "Leeds");
    let rhys = at("Rhys Penhale-Test", "LS1 4DY", "Leeds");
    let signers = [
        Signer { email: Some("tamsin.holloway.test@gmail.com"), ..tamsin },
        Signer { email: Some("tamsinhollowaytest@gmail.com"), ..tamsin },
        Signer { email: Some("tamsinhollowaytest+petition@googlemail.com"), ..tamsin },
        Signer { email: Some("rhys.penhale@example.org"), ..rhys },
        Signer {
            email: Some("rhyspenhale@example.org"),
            postal_code: Some("CF10 1EP"),
            city: Some("Cardiff"),
            ..rhys
        },
    ];
    let (people, weights) = people(&signers);
    let likely = |one, other| people.look_at(&weights, one, other).unwrap().probability;
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        assert!(likely(one, other) >= DECIDED, "{one} {other}: {}", likely(one, other));
    }
    assert!(likely(3, 4) < DECIDED, "{}", likely(3, 4));
}

#[test]
fn f16_names_and_addresses_written_otherwise_are_proposed_with_their_reasons() {
    let us = |name, postal_code, city| at(name, postal_code, city);
    let sanders = us("William Sandersby", "97202", "Portland");
    let adaeze = Signer { email: Some("adaeze@example.org"), ..us("", "60614", "Chicago") };
    let quill = us("Hector Balderas Quill", "80205", "Denver");
    let brannigan = us("", "98101", "Seattle");
    let mail = Some("wsandersby@example.org");
    let signers = [
        Signer { email: mail, street: Some("1400 SE Division St Apt 3"), ..sanders },
        Signer {
            name: "Bill Sandersby",
            email: mail,
            street: Some("1400 Southeast Division Street #3"),
            ..sanders
        },
        Signer { name: "Sinéad O'Brannigan", phone: Some("+12065550143"), ..brannigan },
        Signer { name: "SINEAD OBRANNIGAN", phone: Some("(206) 555-0143"), ..brannigan },
        Signer { name: "Dr. Adaeze Nwokolo-Sample", ..adaeze },
        Signer { name: "Adaeze Nwokolo Sample", ..adaeze },
        Signer { street: Some("77 Sample Ct"), ..quill },
        Signer { name: "Quill, Hector Balderas", street: Some("77 Sample Court"), ..quill },
        us("Mary Ashdown", "98101", "Seattle"),
        us("Mary Ashdown", "33101", "Miami"),
    ];
    let (mut people, weights) = people(&signers);
    let found: Vec<(usize, usize)> = people
        .pairs(&weights, 0.2)
        .iter()
        .map(|pair| (pair.one, pair.other))
        .filter(|pair| *pair != (8, 9))
        .collect();
    assert_eq!(found, [(0, 1), (2, 3), (4, 5), (6, 7)]);
    for (one, other, wanted) in [
        (0, 1, &["nickname", "same_mailbox", "same_street"][..]),
        (2, 3, &["same_given_name", "same_family_name", "same_phone"]),
        (4, 5, &["same_given_name", "same_family_name", "same_mailbox"]),
        (6, 7, &["same_given_name", "same_family_name", "same_street"]),
    ] {
        let judged = people.look_at(&weights, one, other).unwrap();
        assert!(judged.probability >= PROPOSED);
        for code in wanted {
            let reason = judged.reasons.iter().find(|reason| reason.code == *code);
            assert!(reason.is_some_and(|reason| reason.bits > 0.0), "{one} {other} {code}: {judged:?}");
        }
    }
    let ashdown = people.look_at(&weights, 8, 9).unwrap();
    assert!(ashdown.probability < DECIDED, "{ashdown:?}");
}
