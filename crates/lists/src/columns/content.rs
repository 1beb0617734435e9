//! What a column holds by what is written in it.

use super::holds::Holds;
use crate::people::{is_country_name, is_date};

/// Of what is written in a column, at least so much must look alike.
const SHARE: f64 = 0.8;

/// What the texts of a column look like, empty ones left out; none where nothing is sure.
pub(super) fn look_of(texts: &[&str]) -> Option<Holds> {
    type Looks = (Holds, fn(&str) -> bool);
    const LOOKS: [Looks; 5] = [
        (Holds::Email, is_email),
        (Holds::SignedAt, is_date),
        (Holds::Country, is_country_name),
        (Holds::Phone, is_phone),
        (Holds::PostalCode, is_postal_code),
    ];
    let enough = (texts.len() as f64 * SHARE).ceil() as usize;
    let looks_like = |is: fn(&str) -> bool| texts.iter().filter(|text| is(text)).count() >= enough;
    LOOKS.into_iter().find(|(_, is)| !texts.is_empty() && looks_like(*is)).map(|(holds, _)| holds)
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace)
    })
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_dialled = text
        .chars()
        .all(|letter| letter.is_ascii_digit() || matches!(letter, '+' | ' ' | '-' | '.' | '(' | ')' | '/'));
    // A bare number of so many digits may be anything.
    is_dialled && (9..=15).contains(&digits) && (text.starts_with(['+', '0', '(']) || digits < text.len())
}

/// Five digits, or the shapes of Britain, Canada and the Netherlands.
fn is_postal_code(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|letter| match letter {
            '0'..='9' => 'N',
            'A'..='Z' => 'A',
            letter => letter,
        })
        .collect();
    matches!(
        shape.as_str(),
        "NNNNN"
            | "NNNNN-NNNN"
            | "ANA NAN"
            | "NNNN AA"
            | "AN NAA"
            | "ANN NAA"
            | "AAN NAA"
            | "AANN NAA"
            | "ANA NAA"
            | "AANA NAA"
    )
}
