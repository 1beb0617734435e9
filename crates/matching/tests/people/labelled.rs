//! Pairs made by hand, across scripts and cultures: couples, twins, parents and children are never made one by themselves.

use std::collections::BTreeSet;

use matching::{People, Signer, Weights};

use crate::{estimate, signers::make};

/// Above this a rule decides by itself.
const THRESHOLD: f64 = 0.95;

/// One line of the set.
struct Labelled {
    truth: &'static str,
    why: &'static str,
    one: Vec<String>,
    other: Vec<String>,
}

fn labelled() -> Vec<Labelled> {
    let lines =
        include_str!("labelled.tsv").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let set = lines.map(|line| {
        let parts: Vec<&str> = line.split('\t').collect();
        let fields = |part: &str| -> Vec<String> { part.split('|').map(str::to_owned).collect() };
        let one = fields(parts[2]);
        let mut other = fields(parts[3]);
        for (at, field) in other.iter_mut().enumerate().filter(|(_, field)| *field == "=") {
            field.clone_from(&one[at]);
        }
        Labelled { truth: parts[0], why: parts[1], one, other }
    });
    set.collect()
}

fn signer(fields: &[String]) -> Signer<'_> {
    let field = |at: usize| fields.get(at).map(String::as_str).filter(|text| !text.is_empty());
    Signer {
        name: field(0).unwrap(),
        email: field(1),
        phone: field(2),
        postal_code: field(3),
        city: field(4),
        street: field(5),
        birth: field(6),
        ..Signer::default()
    }
}

/// So many sets of signers; the pairs are dealt out among them, so that nobody who is made up for several pairs signs again and again.
const DECKS: usize = 12;

/// The pairs among twenty thousand others, from whom the weights come.
fn people(set: &[Labelled]) -> (Vec<People<u32>>, Weights) {
    let others = make(20_000, 4);
    let mut decks: Vec<People<u32>> = (0..DECKS).map(|_| People::default()).collect();
    for (id, pair) in (0..).zip(set) {
        let deck = &mut decks[id as usize % DECKS];
        deck.add(2 * id, &signer(&pair.one));
        deck.add(2 * id + 1, &signer(&pair.other));
    }
    for deck in &mut decks {
        (1_000_000..).zip(&others).for_each(|(id, other)| deck.add(id, &other.signer()));
    }
    let weights = estimate(&mut decks[0]);
    (decks, weights)
}

#[test]
fn the_set_is_whole() {
    let set = labelled();
    assert_eq!(set.len(), 300);
    assert!(
        set.iter().all(|pair| ["same", "different", "unsure"].contains(&pair.truth) && !pair.why.is_empty())
    );
}

#[test]
fn nobody_is_wronged_and_nearly_all_are_found() {
    let set = labelled();
    let (mut decks, weights) = people(&set);
    let proposed: BTreeSet<(u32, u32)> = decks
        .iter_mut()
        .flat_map(|people| people.pairs(&weights, 0.05))
        .map(|pair| (pair.one, pair.other))
        .collect();
    let (mut wronged, mut missed, mut unproposed, mut same) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for (id, pair) in (0..).zip(&set) {
        let judged = decks[id as usize % DECKS].look_at(&weights, 2 * id, 2 * id + 1).unwrap();
        let [one, other] = [&pair.one, &pair.other].map(|fields| fields.join("|"));
        let reasons: Vec<String> =
            judged.reasons.iter().map(|reason| format!("{} {:.1}", reason.code, reason.bits)).collect();
        let line = format!(
            "{:.3} {} {}: {one} / {other} {}",
            judged.probability,
            pair.truth,
            pair.why,
            reasons.join(", ")
        );
        if pair.truth == "same" {
            same += 1;
            if judged.probability < THRESHOLD {
                missed.push(line.clone());
            }
            if !proposed.contains(&(2 * id, 2 * id + 1)) {
                unproposed.push(line);
            }
        } else if judged.probability >= THRESHOLD {
            wronged.push(line);
        }
    }
    if std::env::var_os("SHOW").is_some() {
        let [a, b, c] = [&wronged, &missed, &unproposed].map(|lines| lines.join("\n"));
        show(&format!("WRONGED\n{a}\nMISSED\n{b}\nUNPROPOSED\n{c}"));
    }
    assert!(wronged.is_empty(), "put together by rule:\n{}", wronged.join("\n"));
    assert!(
        missed.len() * 10 <= same,
        "{} of {same} are left to people:\n{}",
        missed.len(),
        missed.join("\n")
    );
    assert!(
        unproposed.len() * 25 <= same,
        "{} of {same} are not proposed:\n{}",
        unproposed.len(),
        unproposed.join("\n")
    );
}

/// For whoever tunes: `SHOW=1 cargo test -p matching --test people -- --nocapture`.
#[expect(clippy::print_stderr, reason = "it is asked for")]
fn show(text: &str) {
    eprintln!("{text}");
}
