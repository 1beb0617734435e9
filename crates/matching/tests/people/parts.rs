//! What a part of a signature says by itself, among two thousand others.

use matching::{Judged, People, Signer, Weights};

use crate::{estimate, signers::make};

/// Below this a pair is not shown to anybody.
const PROPOSED: f64 = 0.2;

/// Above this a rule decides by itself.
const DECIDED: f64 = 0.95;

/// These among others, and what they are found to be.
struct Known {
    people: People<u32>,
    weights: Weights,
}

impl Known {
    fn new(signers: &[Signer<'_>]) -> Self {
        let others = make(2_000, 4);
        let mut people = People::default();
        (0..).zip(signers).for_each(|(id, signer)| people.add(id, signer));
        (1_000..).zip(&others).for_each(|(id, other)| people.add(id, &other.signer()));
        let weights = estimate(&mut people);
        Known { people, weights }
    }

    fn look_at(&self, one: u32, other: u32) -> Judged {
        self.people.look_at(&self.weights, one, other).unwrap()
    }

    fn is_proposed(&mut self, one: u32, other: u32) -> bool {
        let pairs = self.people.pairs(&self.weights, 0.2);
        pairs.iter().any(|pair| (pair.one, pair.other) == (one, other))
    }
}

fn bits(judged: &Judged, code: &str) -> f32 {
    judged.reasons.iter().find(|reason| reason.code == code).map_or(f32::NAN, |reason| reason.bits)
}

/// In one house of one place.
fn at_home(name: &str) -> Signer<'_> {
    let (postal_code, city, street) = (Some("98107"), Some("Ballardine"), Some("77 Quillon Street"));
    Signer { name, postal_code, city, street, ..Signer::default() }
}

#[test]
fn the_family_name_alone_is_anybody_of_the_family_and_with_a_birth_one_of_it() {
    let birth = Some("19640317");
    let born = |signer| Signer { birth, ..signer };
    let alone = Signer { street: Some("Quillon Street"), ..at_home("Kilbymoor") };
    let josephine = at_home("Josephine Kilbymoor");
    let mut known = Known::new(&[born(josephine), born(alone), alone]);
    let (same_birth, unsaid) = (known.look_at(0, 1), known.look_at(0, 2));
    assert!(bits(&same_birth, "same_family_name") > 3.0, "{same_birth:?}");
    assert!((PROPOSED..DECIDED).contains(&same_birth.probability), "{same_birth:?}");
    assert!(unsaid.probability < PROPOSED, "{unsaid:?}");
    assert!(known.is_proposed(0, 1));
}

#[test]
fn one_postal_code_says_less_where_the_cities_are_two() {
    let elsewhere = Signer { city: Some("Thornlie"), street: None, ..at_home("Ottilie Brackenshaw") };
    let known = Known::new(&[
        at_home("Ottilie Brackenshaw"),
        Signer { city: Some("Balardine"), ..elsewhere },
        elsewhere,
    ]);
    let [slip, other] = [1, 2].map(|other| bits(&known.look_at(0, other), "same_postal_code"));
    assert!(slip > 8.0 && other < slip - 4.0, "{slip} {other}");
}

#[test]
fn a_birth_says_no_more_than_that_few_are_born_on_one_day_and_less_where_a_form_fills_it_in() {
    let [one, other] = ["Ottilie Brackenshaw", "Ottilie Brackenshaw"].map(at_home);
    let born = |signer, birth| Signer { birth: Some(birth), ..signer };
    let names: Vec<String> = (0..40).map(|number| format!("Percival Underhill{number}")).collect();
    let mut signers =
        vec![born(one, "19640317"), born(other, "19640317"), born(one, "19000101"), born(other, "19000101")];
    signers.extend(names.iter().map(|name| Signer { name, birth: Some("19000101"), ..Signer::default() }));
    let known = Known::new(&signers);
    let [rare, common] = [known.look_at(0, 1), known.look_at(2, 3)].map(|judged| bits(&judged, "same_birth"));
    assert!((12.0..16.0).contains(&rare) && common < rare - 5.0, "{rare} {common}");
}

#[test]
fn a_code_and_a_name_wrong_are_proposed_by_the_city_and_the_other_name() {
    let first = at_home("Ottilie Brackenshaw");
    let turned = Signer { postal_code: Some("98170"), street: Some("77 Quilon Street"), ..first };
    let mut known = Known::new(&[
        first,
        Signer { name: "Ottilie Brakcenshaw", ..turned },
        Signer { name: "Otitlie Brackenshaw", ..turned },
    ]);
    for other in [1, 2] {
        assert!(known.is_proposed(0, other), "{other}");
    }
}

#[test]
fn who_said_the_same_things_is_likelier_one_person() {
    let bare = at_home("Ottilie Brackenshaw");
    let full = Signer { phone: Some("+12065550143"), birth: Some("1964"), ..bare };
    let known = Known::new(&[bare, bare, full]);
    let [alike, other] = [1, 2].map(|other| known.look_at(0, other).probability);
    assert!(alike > other + 0.005, "{alike} {other}");
}
