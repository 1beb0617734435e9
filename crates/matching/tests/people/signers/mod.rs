//! Signers that nobody is: households, namesakes, shared mailboxes, and some who sign twice with slips. For tests and benchmarks.

mod errors;
mod names;
pub(crate) mod random;
pub(crate) mod score;

use std::collections::HashSet;

use matching::Signer;

use self::{errors::again, names::CULTURES, random::Random};

/// One signature, and whose it is.
#[derive(Clone, Default)]
pub(crate) struct Made {
    /// Who signed: the truth.
    pub(crate) person: u32,
    /// How far it is from the first signature of this person.
    pub(crate) slips: Slips,
    culture: usize,
    given: String,
    family: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) postal_code: String,
    pub(crate) city: String,
    pub(crate) street: String,
    pub(crate) birth: String,
    pub(crate) table: u64,
    pub(crate) signed_at: u64,
}

/// How far a signature is from the first of its person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Slips {
    /// It is the first.
    #[default]
    First,
    /// As the first, or but for case, marks and spaces.
    Near,
    /// Otherwise in some respects.
    Far,
}

impl Made {
    /// As the matcher takes it.
    pub(crate) fn signer(&self) -> Signer<'_> {
        let given = |text| Some(text).filter(|text: &&str| !text.is_empty());
        Signer {
            name: &self.name,
            email: given(&self.email),
            phone: given(&self.phone),
            postal_code: given(&self.postal_code),
            city: given(&self.city),
            street: given(&self.street),
            birth: given(&self.birth),
            document: None,
            table: Some(self.table),
            signed_at: Some(self.signed_at),
        }
    }
}

const STREETS: [&str; 40] = [
    "Division",
    "Main",
    "Oak",
    "Maple",
    "Cedar",
    "Pine",
    "Elm",
    "Washington",
    "Lake",
    "Hill",
    "Park",
    "Jefferson",
    "Lincoln",
    "Madison",
    "Highland",
    "Sunset",
    "River",
    "Church",
    "Spring",
    "Chestnut",
    "Walnut",
    "Franklin",
    "Willow",
    "Cherry",
    "Mill",
    "Bridge",
    "Union",
    "Market",
    "Center",
    "Forest",
    "Meadow",
    "Valley",
    "Garden",
    "Harbor",
    "Prairie",
    "Orchard",
    "Summit",
    "Grant",
    "Juniper",
    "Alder",
];
const KINDS: [&str; 6] = ["Street", "Avenue", "Road", "Boulevard", "Lane", "Drive"];
const PROVIDERS: [&str; 9] = [
    "gmail.com",
    "gmail.com",
    "gmail.com",
    "yahoo.com",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "proton.me",
    "example.org",
];

/// So many signatures by this seed; one in twenty is a second one of somebody.
pub(crate) fn make(count: usize, seed: u64) -> Vec<Made> {
    let mut random = Random(seed);
    let firsts = count - count / 20;
    let mut made: Vec<Made> = Vec::with_capacity(count);
    let mut mailboxes = HashSet::new();
    while made.len() < firsts {
        household(&mut random, &mut made, &mut mailboxes, firsts, count);
    }
    let mut seconds: Vec<Made> = Vec::with_capacity(count / 20);
    while made.len() + seconds.len() < count {
        let first = &made[random.below(made.len())];
        seconds.push(again(&mut random, first));
    }
    made.extend(seconds);
    // Shuffled, so that nothing follows from the order.
    for at in (1..made.len()).rev() {
        made.swap(at, random.below(at + 1));
    }
    made
}

/// The people of one address.
fn household(
    random: &mut Random,
    made: &mut Vec<Made>,
    mailboxes: &mut HashSet<String>,
    most: usize,
    count: usize,
) {
    let culture = if random.permille(450) { 0 } else { random.below(CULTURES.len()) };
    let names = &CULTURES[culture];
    let size = 1 + [0, 0, 0, 0, 1, 1, 1, 2, 3, 4][random.below(10)];
    let places = (count / 250).clamp(20, 9_000);
    let place = random.common(places);
    let city = format!("{} {}", STREETS[place % 37], ["Falls", "Springs", "City", "Heights"][place / 37 % 4]);
    let mut street =
        format!("{} {} {}", 1 + random.below(2400), STREETS[random.below(40)], KINDS[random.below(6)]);
    if random.permille(250) {
        street.push_str(&format!(" Apt {}", 1 + random.below(60)));
    }
    let mut family = names.family(random);
    if names.is_double() {
        family = format!("{family} {}", names.family(random));
    }
    let (has_street, has_email) = (random.permille(650), random.permille(850));
    let (is_one_mailbox, is_one_phone) = (random.permille(220), random.permille(200));
    let number = |random: &mut Random| format!("+1206{:07}", random.below(10_000_000));
    let (mut mailbox, phone) = (String::new(), number(random));
    let (table, minute) = (random.below(count / 400 + 4) as u64, random.below(60 * 24 * 60) as u64);
    let is_twins = size > 3 && random.permille(60);
    let is_junior = size > 2 && random.permille(20);
    for member in 0..size {
        if made.len() >= most {
            break;
        }
        let mut given = names.given(random);
        let mut own = family.clone();
        let mut year = 1935 + random.below(70);
        let (mut suffix, mut eldest) = ("", None);
        if member > 0 {
            // Nobody calls two of a family the same, but for a father and his son below.
            while made[made.len() - member..].iter().any(|other| is_called(other, &given)) {
                given = names.given(random);
            }
            let first = &made[made.len() - member];
            if random.permille(150) {
                own = names.family(random);
            }
            let born: usize = first.birth.parse().unwrap_or(1970);
            year = if member == 1 {
                born.saturating_sub(4) + random.below(9)
            } else {
                born + 20 + random.below(15)
            };
            if is_junior && member == 2 {
                eldest = Some((first.given.clone(), first.family.clone()));
            }
            if is_twins && member == 3 {
                year = made[made.len() - 1].birth.parse().unwrap_or(year);
            }
        }
        if let Some((father, name)) = eldest {
            (given, own) = (father, name);
            suffix = if random.permille(600) { " Jr." } else { "" };
        }
        if culture == 0 && random.permille(250) && member < 2 {
            given = format!("{given} {}", names.given(random));
        }
        let name = names.full(&given, &own) + suffix;
        if mailbox.is_empty() || !is_one_mailbox {
            mailbox = new_mailbox(&given, &own, random);
            // A provider gives each mailbox once.
            while !mailboxes.insert(mailbox.clone()) {
                mailbox = new_mailbox(&given, &own, random);
            }
        }
        let is_there_together = random.permille(600);
        made.push(Made {
            person: u32::try_from(made.len()).unwrap_or(u32::MAX),
            slips: Slips::First,
            culture,
            given,
            family: own,
            name,
            email: if has_email && random.permille(930) { mailbox.clone() } else { String::new() },
            phone: match (random.permille(450), is_one_phone) {
                (true, true) => phone.clone(),
                (true, false) => number(random),
                _ => String::new(),
            },
            postal_code: format!("{:05}", 10_001 + place * 7),
            city: city.clone(),
            street: if has_street { street.clone() } else { String::new() },
            birth: year.to_string(),
            table: if is_there_together { table } else { random.below(count / 400 + 4) as u64 },
            signed_at: 1_790_000_000
                + 60 * if is_there_together {
                    minute + random.below(6) as u64
                } else {
                    random.below(60 * 24 * 60) as u64
                },
        });
    }
    // Most petitions do not ask for it: what was needed above is taken out again.
    let from = made.len().saturating_sub(size);
    for one in &mut made[from..] {
        if !random.permille(200) {
            one.birth.clear();
        }
    }
}

/// Whether somebody is called so, whatever the second name is.
fn is_called(one: &Made, given: &str) -> bool {
    let called = |names: &str| {
        let mut words = names.split([' ', '-']);
        // A Vietnamese person is called by the last.
        let word = if CULTURES[one.culture].is_vietnamese() { words.next_back() } else { words.next() };
        word.unwrap_or_default().to_owned()
    };
    called(&one.given) == called(given)
}

fn new_mailbox(given: &str, family: &str, random: &mut Random) -> String {
    format!("{}@{}", mailbox_name(given, family, random), random.one(&PROVIDERS))
}

/// What stands before the @: of the name, or of nothing that one could know.
fn mailbox_name(given: &str, family: &str, random: &mut Random) -> String {
    let plain = |text: &str| -> String {
        let latin = any_ascii::any_ascii(text);
        latin.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let (given, family) = (plain(given), plain(family));
    // As many as are needed for one that is not taken.
    let most = [10, 1_000, 100_000, 10_000_000][random.below(4)];
    let digits = random.below(most);
    match random.below(4) {
        _ if given.is_empty() || family.is_empty() => format!("u{}x{digits}", random.below(1_000_000)),
        0 => format!("{given}.{family}{digits}"),
        1 => format!("{}{family}{digits}", &given[..1]),
        2 => format!("{family}_{given}{digits}"),
        _ => format!("{given}{}", random.below(10_000_000)),
    }
}
