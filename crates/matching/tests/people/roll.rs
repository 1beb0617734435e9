//! Lines looked up on a roll: what is found, what a person has to look at, and that nobody is found who is not on it.

use matching::{Difference, LookUp, LookedUp, Signer, Tolerance, look_up, roll_keys, search_keys};

use crate::signers::random::Random;

/// An entry of a roll, or a line: name, street, postal code, city, birth.
#[derive(Clone, Default)]
struct Person {
    name: String,
    street: String,
    postal_code: String,
    city: String,
    birth: String,
}

impl Person {
    fn new(name: &str, street: &str, postal_code: &str) -> Self {
        let city = "Tacoma".to_owned();
        Self {
            name: name.to_owned(),
            street: street.to_owned(),
            postal_code: postal_code.to_owned(),
            city,
            birth: String::new(),
        }
    }

    fn signer(&self) -> Signer<'_> {
        fn given(text: &str) -> Option<&str> {
            (!text.is_empty()).then_some(text)
        }
        Signer {
            name: &self.name,
            street: given(&self.street),
            postal_code: given(&self.postal_code),
            city: given(&self.city),
            birth: given(&self.birth),
            ..Signer::default()
        }
    }
}

/// Looks a line up as the desk does: among the entries that share a key with it.
fn look(line: &Person, roll: &[Person], tolerance: Tolerance) -> LookedUp<usize> {
    look_in(line, roll, &keys_of(roll), tolerance)
}

fn keys_of(roll: &[Person]) -> Vec<Vec<u32>> {
    roll.iter().map(|entry| roll_keys(&entry.signer())).collect()
}

fn look_in(line: &Person, roll: &[Person], keys: &[Vec<u32>], tolerance: Tolerance) -> LookedUp<usize> {
    let asked = search_keys(&line.signer());
    let near: Vec<_> = (0..)
        .zip(roll.iter().zip(keys))
        .filter(|(_, (_, keys))| keys.iter().any(|key| asked.contains(key)))
        .map(|(at, (entry, _))| (at, entry.signer()))
        .collect();
    look_up(&line.signer(), &near, tolerance)
}

const STRICT: Tolerance = Tolerance { address: false, family: false };
const MILD: Tolerance = Tolerance { address: true, family: true };

#[test]
fn nothing_is_a_reason_against_a_line_that_washington_says_is_none() {
    let roll = [
        Person::new("Okafor, Catherine Marie", "1420 N Pine St", "98402"),
        Person::new("Baskerville, Thaddeus", "7 Elm Ave", "98402"),
    ];
    // WAC 434-379-012: a middle name, a nickname, an initial, a hyphen, names reversed, another last name at the address, another address.
    for (name, street, what) in [
        ("Catherine Okafor", "1420 N Pine St", Difference::MiddleName),
        ("Cathy Okafor", "1420 Pine Street North", Difference::Nickname),
        ("Okafor Catherine", "1420 N Pine St", Difference::Reversed),
        ("Catherine Okafor-Smith", "1420 N Pine St", Difference::FamilyPart),
        ("C. Okafor", "1420 N Pine St", Difference::Initial),
        ("Catherine Winterbourne", "1420 N Pine St", Difference::Family),
        ("Catherine Okafor", "9 Other Rd", Difference::Address),
    ] {
        let line = Person::new(name, street, "98402");
        let found = look(&line, &roll, MILD);
        assert_ne!(found.found, LookUp::NotFound, "{name}, {street}");
        assert_eq!(found.entry, Some(0), "{name}, {street}");
        assert!(found.differences.contains(&what), "{name}, {street}: {:?}", found.differences);
    }
    let line = |name: &str, street: &str| look(&Person::new(name, street, "98402"), &roll, STRICT).found;
    assert_eq!(line("Cathy Okafor", "1420 N Pine St"), LookUp::Found);
    assert_eq!(line("Catherine Okafor", "9 Other Rd"), LookUp::Unsure, "the rule lets no address differ");
    assert_eq!(line("Nobody Atall", "7 Elm Ave"), LookUp::NotFound);
}

#[test]
fn father_and_son_of_one_name_in_one_house_are_for_a_person_to_tell() {
    let roll = [
        Person::new("Szymanski, Ignatius Sr", "12 Oak St", "98402"),
        Person::new("Szymanski, Ignatius Jr", "12 Oak St", "98402"),
    ];
    let look = |name: &str| look(&Person::new(name, "12 Oak St", "98402"), &roll, MILD);
    let either = look("Ignatius Szymanski");
    assert_eq!((either.found, either.others.len()), (LookUp::Unsure, 1));
    assert!(either.differences.contains(&Difference::Several));
    assert_eq!(look("Ignatius Szymanski Jr").entry, Some(1));
}

#[test]
fn a_number_that_is_one_persons_finds_them_whatever_the_address() {
    let roll = [Person::new("Villanueva, Perpetua", "12 Oak St", "98402")];
    let entry = Signer { document: Some("WA-0042"), ..roll[0].signer() };
    let line = Signer { name: "Perpetua Villanueva", document: Some("wa0042"), ..Signer::default() };
    assert!(roll_keys(&entry).iter().any(|key| search_keys(&line).contains(key)));
    assert_eq!(look_up(&line, &[(0, entry)], STRICT).found, LookUp::Found);
}

const GIVEN: [&str; 24] = [
    "Katherine",
    "William",
    "Robert",
    "Elizabeth",
    "Margaret",
    "Thomas",
    "Nguyet",
    "Fatima",
    "Dmitri",
    "Abebe",
    "Soledad",
    "Ignacio",
    "Hye-jin",
    "Ayaan",
    "Chen",
    "Lucille",
    "Wendelin",
    "Octavia",
    "Percival",
    "Rosalind",
    "Jasper",
    "Marisol",
    "Tobias",
    "Yuki",
];
const FAMILY: [&str; 24] = [
    "Abernathy",
    "Kowalczyk",
    "Nguyen",
    "Okonkwo",
    "Lindqvist",
    "Featherstone",
    "Hassan",
    "Petrov",
    "Bekele",
    "Garcia",
    "Villanueva",
    "Park",
    "Warsame",
    "Zhang",
    "Dubois",
    "Thorvaldsen",
    "Quigley",
    "Montague",
    "Pemberton",
    "Rasmussen",
    "Castellano",
    "Ferreira",
    "Hoffmann",
    "Tanaka",
];
const STREETS: [&str; 8] =
    ["Pine St", "Elm Ave", "N Oak St", "Harbor Blvd", "Sunset Dr", "Mill Rd", "Cedar Ct", "Lake View Ln"];

/// Whose line it is: an entry's, or that of nobody on the roll.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Whose {
    Of(usize),
    Nobody,
}

/// A roll, and a thousand lines of people who are on it and who are not, each with whose it is and what was done to it.
fn labelled() -> (Vec<Person>, Vec<(Person, Whose, &'static str)>) {
    let mut random = Random(379_012);
    let mut roll = Vec::new();
    let pick = |random: &mut Random, from: &[&'static str]| random.one(from).to_owned();
    while roll.len() < 1_200 {
        let family = pick(&mut random, &FAMILY);
        let street = format!("{} {}", 1 + random.below(3_999), pick(&mut random, &STREETS));
        let postal_code = format!("984{:02}", 1 + random.below(39));
        // A household: two, or one alone. No two of them are called alike: of those a line without a middle name is either's.
        let mut called: Vec<String> = Vec::new();
        for _ in 0..1 + random.below(2) {
            let mut call = || loop {
                let given = pick(&mut random, &GIVEN);
                if !called.contains(&given) {
                    called.push(given.clone());
                    return given;
                }
            };
            let name = format!("{family}, {} {}", call(), call());
            let mut person = Person::new(&name, &street, &postal_code);
            person.birth = (1930 + random.below(78)).to_string();
            roll.push(person);
        }
    }
    let mut lines = Vec::new();
    for number in 0..1_000 {
        let at = random.below(roll.len());
        let entry = &roll[at];
        let (family, given) = entry.name.split_once(", ").unwrap();
        let (first, middle) = given.split_once(' ').unwrap();
        let (first, middle, family) = (first.to_owned(), middle.to_owned(), family.to_owned());
        let mut line = Person { birth: String::new(), ..entry.clone() };
        let (whose, what) = match number % 10 {
            0 => (Whose::Of(at), "as it is"),
            1 => (Whose::Of(at), "no middle name"),
            2 => (Whose::Of(at), "a letter wrong"),
            3 => (Whose::Of(at), "reversed"),
            4 => (Whose::Of(at), "moved"),
            5 => (Whose::Of(at), "no street"),
            6 => (Whose::Nobody, "somebody else of the house"),
            7 => (Whose::Nobody, "of the name, in another town"),
            8 => (Whose::Nobody, "a stranger"),
            _ => (Whose::Nobody, "a neighbour"),
        };
        line.name = format!("{first} {middle} {family}");
        match what {
            "as it is" => {}
            "no middle name" => line.name = format!("{first} {family}"),
            "a letter wrong" => line.name = format!("{first} {middle} {}", &family[..family.len() - 1]),
            "reversed" => line.name = format!("{family} {first}"),
            "moved" => line.street = "9999 New St".to_owned(),
            "no street" => line.street = String::new(),
            "somebody else of the house" => line.name = format!("Zebulon {family}"),
            "of the name, in another town" => {
                (line.postal_code, line.city) = ("10001".to_owned(), "New York".to_owned());
                line.street = "1 Fifth Ave".to_owned();
            }
            "a stranger" => line = Person::new("Zebulon Xanthopoulos", "5 Nowhere Rd", "98499"),
            _ => {
                line.name = format!("Zebulon {}", pick(&mut random, &FAMILY));
                line.street = line.street.replacen(|letter: char| letter.is_ascii_digit(), "7", 1);
            }
        }
        lines.push((line, whose, what));
    }
    (roll, lines)
}

#[test]
fn of_a_thousand_labelled_lines_nobody_is_found_who_is_not_on_the_roll() {
    let (roll, lines) = labelled();
    let keys = keys_of(&roll);
    for tolerance in [STRICT, MILD] {
        let (mut right, mut sure) = (0, 0);
        for (line, whose, what) in &lines {
            let found = look_in(line, &roll, &keys, tolerance);
            if found.found == LookUp::Found {
                assert_eq!(found.entry.map(Whose::Of), Some(*whose), "{what}: {} {}", line.name, line.street);
            }
            if matches!(*what, "as it is" | "no middle name" | "reversed") {
                right += usize::from(found.found == LookUp::Found);
                sure += 1;
            }
            if whose == &Whose::Nobody && *what == "a stranger" {
                assert_eq!(found.found, LookUp::NotFound, "{}", line.name);
            }
            if matches!(whose, Whose::Of(_)) {
                assert_ne!(found.found, LookUp::NotFound, "{what}: {} {}", line.name, line.street);
            }
        }
        assert!(right * 100 >= sure * 99, "of {sure} that are plainly on it {right} were found");
    }
}
