//! Signers in the form in which they are compared: numbers instead of texts, each text kept once.

use crate::{
    fields::{Counted, Field},
    forms::{
        address::{city_form, parse_street, postal_code_form},
        email::mailbox,
        name::{Name, parse_name},
        phone::{phone_digits, phone_end},
        tokens::{SCRIPTS, Tokens},
        words::Address,
    },
    signer::Signer,
    texts::{NONE, Texts, hash},
};

/// One signer. Each number that is not [`NONE`] is one of [`Rows`]' texts.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// Follows from what was typed: which of two comes first does not depend on which came first.
    pub(crate) order: u32,
    name: u32,
    given: u8,
    family: u8,
    /// Which of several of this name in a family; 0 where it is not said.
    pub(crate) generation: u8,
    /// How a title addresses the person.
    pub(crate) address: Address,
    /// All words of the name in plain letters, whatever their order.
    pub(crate) whole: u32,
    pub(crate) mailbox: u32,
    pub(crate) phone: u32,
    pub(crate) post: u32,
    pub(crate) city: u32,
    pub(crate) street: u32,
    pub(crate) number: u32,
    pub(crate) unit: u32,
    /// Street and number in their place.
    pub(crate) house: u32,
    /// `YYYYMMDD`, or a year times 10,000.
    pub(crate) birth: u32,
    pub(crate) document: u32,
    pub(crate) table: u32,
    /// Minutes since 1970.
    pub(crate) minute: u32,
}

/// Signers with a first name.
#[derive(Clone, Copy, Default)]
struct Lead {
    signers: u32,
    /// Pairs of them whose whole names are the same.
    pairs: u32,
    /// Others who share the family's name with one of them, for all of them.
    families: f64,
    /// See [`Rows::together`].
    together: f32,
}

/// All signers that are compared.
#[derive(Default)]
pub(crate) struct Rows {
    rows: Vec<Row>,
    words: Vec<u32>,
    pub(crate) tokens: Tokens,
    pub(crate) mailboxes: Field,
    pub(crate) phones: Field,
    pub(crate) posts: Field,
    pub(crate) cities: Field,
    pub(crate) streets: Field,
    pub(crate) documents: Field,
    numbers: Texts,
    pub(crate) wholes: Counted,
    /// By first name in plain letters: signers with it, pairs of them, and pairs of them whose whole names are the same.
    leads: Vec<Lead>,
    /// By last family name in plain letters: signers with it.
    lasts: Vec<u32>,
    /// By script of the first name: signers.
    scripts: [u32; SCRIPTS],
    pub(crate) houses: Counted,
    births: Counted,
    tables: Counted,
    scratch: Scratch,
}

#[derive(Default)]
struct Scratch {
    folded: String,
    name: Name,
}

impl Rows {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// One of them.
    pub(crate) fn get(&self, row: u32) -> &Row {
        &self.rows[row as usize]
    }

    /// The words of the given names, and of the family's.
    pub(crate) fn name(&self, row: &Row) -> (&[u32], &[u32]) {
        let words = &self.words[row.name as usize..][..usize::from(row.given) + usize::from(row.family)];
        words.split_at(usize::from(row.given))
    }

    /// Adds one more.
    pub(crate) fn add(&mut self, signer: &Signer<'_>) {
        let Scratch { mut folded, mut name } = std::mem::take(&mut self.scratch);
        parse_name(signer.name, &mut self.tokens, &mut folded, &mut name);
        name.given.truncate(5);
        name.family.truncate(3);
        let at = u32::try_from(self.words.len()).unwrap_or(NONE);
        self.words.extend(name.given.iter().chain(&name.family));
        let mut plain: Vec<u32> =
            self.words[at as usize..].iter().map(|word| self.tokens.get(*word).plain).collect();
        let (lead, last) =
            (plain.first().copied(), (!name.family.is_empty()).then(|| plain.last().copied()).flatten());
        plain.sort_unstable();
        self.words[at as usize..].iter().for_each(|word| self.tokens.count(*word));
        if let Some(first) = self.words.get(at as usize) {
            self.scripts[self.tokens.get(*first).script as usize] += 1;
        }
        let whole = if plain.is_empty() { NONE } else { self.wholes.add(mix(&plain)) };
        if let (Some(lead), Some(last)) = (lead, last) {
            self.count_name(lead, last, whole);
        }
        let post = self.posts.add_typed(signer.postal_code.unwrap_or_default(), postal_code_form);
        let city = self.cities.add_typed(signer.city.unwrap_or_default(), city_form);
        let street = parse_street(signer.street.unwrap_or_default(), &mut folded);
        let number = self.number(&street.number);
        let unit = self.number(&street.unit);
        let street = self.streets.add(&street.name, first_letters);
        let place = if post == NONE { city ^ 0x8000_0000 } else { post };
        let house = if street == NONE || number == NONE || place == NONE {
            NONE
        } else {
            self.houses.add(mix(&[place, street, number]))
        };
        let birth = signer.birth.map_or(NONE, birth);
        if is_date(birth) {
            self.births.add(u64::from(birth));
        }
        let row = Row {
            #[expect(clippy::cast_possible_truncation, reason = "part of a hash")]
            order: hash(signer.name).rotate_left(7).wrapping_add(hash(signer.email.unwrap_or_default()))
                as u32,
            name: at,
            given: u8::try_from(name.given.len()).unwrap_or(0),
            family: u8::try_from(name.family.len()).unwrap_or(0),
            generation: name.generation,
            address: name.address,
            whole,
            mailbox: self.mailboxes.add(&signer.email.and_then(mailbox).unwrap_or_default(), before_at),
            phone: self.phones.add(&signer.phone.and_then(phone_digits).unwrap_or_default(), phone_end),
            post,
            city,
            street,
            number,
            unit,
            house,
            birth,
            document: self.documents.add(&document(signer.document.unwrap_or_default()), |text| text),
            table: signer.table.map_or(NONE, |table| self.tables.add(table)),
            minute: signer.signed_at.and_then(|seconds| u32::try_from(seconds / 60).ok()).unwrap_or(NONE),
        };
        self.rows.push(row);
        self.scratch = Scratch { folded, name };
    }

    fn count_name(&mut self, lead: u32, last: u32, whole: u32) {
        let (lead, last) = (lead as usize, last as usize);
        if self.leads.len() <= lead {
            self.leads.resize(lead + 1, Lead::default());
        }
        if self.lasts.len() <= last {
            self.lasts.resize(last + 1, 0);
        }
        let Lead { signers, pairs, .. } = &mut self.leads[lead];
        *signers += 1;
        *pairs = pairs.saturating_add(self.wholes.count(whole) - 1);
        self.lasts[last] += 1;
    }

    /// Looks at which names go together, among all that are here.
    pub(crate) fn relate(&mut self) {
        /// It is by chance, as long as not many more pairs than this say otherwise.
        const PAIRS: f64 = 200.0;
        self.leads.iter_mut().for_each(|lead| lead.families = 0.0);
        for row in &self.rows {
            let words = &self.words[row.name as usize..][..usize::from(row.given) + usize::from(row.family)];
            if let (Some(lead), Some(last), 1..) = (words.first(), words.last(), row.family) {
                let [lead, last] = [lead, last].map(|word| self.tokens.get(*word).plain as usize);
                self.leads[lead].families += f64::from(self.lasts[last] - 1);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "no set of signers is that large")]
        let all = self.rows.len() as f64;
        for lead in &mut self.leads {
            let signers = f64::from(lead.signers);
            let by_chance = (lead.families / (signers * all).max(1.0)).max(1e-6);
            // Some of them are one person's.
            let strangers = (f64::from(lead.pairs) - signers).max(0.0);
            let often = (strangers + PAIRS * by_chance) / (signers * (signers - 1.0) / 2.0 + PAIRS);
            #[expect(clippy::cast_possible_truncation, reason = "it is a rough figure")]
            let together = (often / by_chance).max(1.0) as f32;
            lead.together = together;
        }
    }

    /// How many signers write their first names in the script of this word.
    pub(crate) fn in_script(&self, word: u32) -> f64 {
        f64::from(self.scripts[self.tokens.get(word).script as usize])
    }

    /// How many times as often those who share this first name, in plain letters, share the family's too, than by chance: names of one
    /// culture go together. As of the last [`Rows::relate`].
    pub(crate) fn together(&self, lead: u32) -> f64 {
        self.leads.get(lead as usize).map_or(1.0, |lead| f64::from(lead.together).max(1.0))
    }

    fn number(&mut self, text: &str) -> u32 {
        if text.is_empty() { NONE } else { self.numbers.number(text).0 }
    }

    /// How many signers gave this date of birth.
    pub(crate) fn born(&self, birth: u32) -> f64 {
        self.births.times_of(u64::from(birth))
    }

    /// The text of a house's or flat's number.
    pub(crate) fn number_text(&self, number: u32) -> &str {
        self.numbers.get(number)
    }
}

/// Numbers as one: the same on every computer.
pub(crate) fn mix(numbers: &[u32]) -> u64 {
    let mixed = numbers.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |mixed, number| {
        (mixed.rotate_left(23) ^ u64::from(*number)).wrapping_mul(0xff51_afd7_ed55_8ccd)
    });
    mixed ^ (mixed >> 29)
}

fn before_at(mailbox: &str) -> &str {
    mailbox.split('@').next().unwrap_or(mailbox)
}

fn first_letters(street: &str) -> &str {
    let end = street.char_indices().nth(3).map_or(street.len(), |(at, _)| at);
    &street[..end]
}

fn document(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a birth is a date, and not a year or nothing.
pub(crate) fn is_date(birth: u32) -> bool {
    birth != NONE && !birth.is_multiple_of(10_000)
}

/// A date as `YYYYMMDD`, a year times 10,000; [`NONE`] where it is neither.
fn birth(text: &str) -> u32 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match (digits.len(), digits.parse::<u32>()) {
        (8, Ok(date)) => date,
        (4, Ok(year)) => year * 10_000,
        _ => NONE,
    }
}
