//! E-mail addresses and telephone numbers: their shape, never whether someone answers.

use email_address::{EmailAddress, Options};
use phonenumber::Type;
use phonenumber::metadata::DATABASE;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use zeroize::Zeroizing;

use crate::characters::decimal_digit;
use crate::draft::ProblemCode;

/// The longest e-mail address (RFC 5321 §4.5.3.1.3 with its erratum), in bytes.
pub(crate) const EMAIL_MAX_BYTES: usize = 254;

/// The longest number in E.164, the country's code included.
const E164_MAX_DIGITS: usize = 15;

/// What is wrong with a trimmed, non-empty e-mail address.
pub(crate) fn email_problem(email: &str) -> Option<ProblemCode> {
    let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
    match email.rsplit_once('@') {
        None => Some(ProblemCode::EmailNoAt),
        Some((_, "")) => Some(ProblemCode::EmailNoDomain),
        Some(_) if email.len() > EMAIL_MAX_BYTES => Some(ProblemCode::TooLong),
        Some(_) if email.chars().any(|c| c.is_control() || c.is_whitespace()) => {
            Some(ProblemCode::EmailShape)
        }
        Some(_) => EmailAddress::parse_with_options(email, options).err().map(|_| ProblemCode::EmailShape),
    }
}

/// A telephone number in E.164.
pub(crate) struct Phone {
    /// `+` and digits.
    pub(crate) e164: Zeroizing<String>,
    /// It is of a range that is known to be in use.
    pub(crate) known: bool,
}

/// A typed number in E.164. A number without `+` is one of `country` (ISO 3166-1 alpha-2, upper case).
///
/// # Errors
/// [`ProblemCode::PhoneNoCountry`] where the country is needed and not known; [`ProblemCode::PhoneShape`] where
/// no number has this shape.
pub(crate) fn phone_number(typed: &str, country: Option<&str>) -> Result<Phone, ProblemCode> {
    let dialled = dialled(typed).ok_or(ProblemCode::PhoneShape)?;
    let international = dialled.starts_with('+');
    let region = match country.and_then(|country| country.parse::<phonenumber::country::Id>().ok()) {
        Some(id) if DATABASE.by_id(id.as_ref()).is_some() => Some(id),
        _ => None,
    };
    if !international && region.is_none() {
        return Err(ProblemCode::PhoneNoCountry);
    }
    let number = phonenumber::parse(if international { None } else { region }, dialled.as_str())
        .map_err(|_| ProblemCode::PhoneShape)?;
    let national = Zeroizing::new(number.national().to_string());
    let code = number.code().value();
    let e164 = Zeroizing::new(format!("+{code}{}", national.as_str()));
    if has_possible_length(code, national.len()) && is_e164(&e164) {
        Ok(Phone { known: phonenumber::is_valid(&number), e164 })
    } else {
        Err(ProblemCode::PhoneShape)
    }
}

/// Whether numbers of a calling code can have so many digits after it.
fn has_possible_length(code: u16, digits: usize) -> bool {
    /// The kinds of number that a person may have.
    const KINDS: [Type; 10] = [
        Type::FixedLine,
        Type::Mobile,
        Type::TollFree,
        Type::PremiumRate,
        Type::SharedCost,
        Type::PersonalNumber,
        Type::Voip,
        Type::Pager,
        Type::Uan,
        Type::Voicemail,
    ];
    DATABASE.by_code(&code).unwrap_or_default().iter().any(|metadata| {
        let kinds = KINDS.iter().filter_map(|kind| metadata.descriptors().get(*kind));
        kinds.flat_map(|kind| kind.possible_length()).any(|length| usize::from(*length) == digits)
    })
}

/// Whether a text is a number in E.164: `+`, then 2 to 15 digits, the first of them not 0.
#[must_use]
pub fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (2..=E164_MAX_DIGITS).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// What one would dial: an optional `+` and ASCII digits. None where there is anything but digits, a leading `+`
/// and the punctuation that people write between digits.
fn dialled(typed: &str) -> Option<Zeroizing<String>> {
    const MOST: usize = 32;
    let mut dialled = Zeroizing::new(String::with_capacity(MOST + 1));
    for c in typed.chars() {
        if let Some(digit) = decimal_digit(c) {
            dialled.push(digit);
        } else if matches!(c, '+' | '＋') && dialled.is_empty() {
            dialled.push('+');
        } else if !is_phone_punctuation(c) {
            return None;
        }
        if dialled.len() > MOST {
            return None;
        }
    }
    (dialled.len() > usize::from(dialled.starts_with('+'))).then_some(dialled)
}

/// Punctuation between digits, and the invisible marks that telephone books put around a number.
fn is_phone_punctuation(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | ')' | '.' | '/' | '（' | '）' | '\u{2212}')
        || matches!(c.general_category(), GeneralCategory::DashPunctuation | GeneralCategory::Format)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check_email(email: &str, expect: Option<ProblemCode>) {
        assert_eq!(email_problem(email), expect, "{email}");
    }

    #[test]
    fn the_shape_of_an_email_address_is_checked() {
        for good in [
            "a@b.co",
            "first.last+tag@sub.example.org",
            "用户@例子.公司",
            "o'neil@example.ie",
            "x_y@example-x.com",
        ] {
            check_email(good, None);
        }
        check_email("ada", Some(ProblemCode::EmailNoAt));
        check_email("ada.example.org", Some(ProblemCode::EmailNoAt));
        check_email("ada@", Some(ProblemCode::EmailNoDomain));
        for bad in [
            "@example.org",
            "ada@localhost",
            "a b@example.org",
            "ada@@example.org",
            "ada@example..org",
            "ada@.org",
            "ada@-x.org",
            "Ada <ada@example.org>",
            "ada@[127.0.0.1]",
            "ada.@example.org",
            "a\u{202e}@example.org",
            "\"a\tb\"@example.org",
        ] {
            check_email(bad, Some(ProblemCode::EmailShape));
        }
        check_email(&format!("a@{}.org", "b.".repeat(130)), Some(ProblemCode::TooLong));
    }

    #[track_caller]
    fn check_phone(typed: &str, country: Option<&str>, expect: Result<&str, ProblemCode>) {
        let found = phone_number(typed, country);
        assert_eq!(found.as_ref().map(|phone| phone.e164.as_str()).map_err(|code| *code), expect, "{typed}");
    }

    #[test]
    fn a_number_is_brought_to_e164() {
        check_phone("(206) 555-0100", Some("US"), Ok("+12065550100"));
        check_phone("206.555.0100", Some("CA"), Ok("+12065550100"));
        check_phone("+1 206 555 0100", None, Ok("+12065550100"));
        check_phone("+1 206 555 0100", Some("DE"), Ok("+12065550100"));
        check_phone("1-206-555-0100", Some("US"), Ok("+12065550100"));
        check_phone("011 44 20 7946 0958", Some("US"), Ok("+442079460958"));
        check_phone("+44 (0)20 7946 0958", None, Ok("+442079460958"));
        check_phone("030 123456", Some("DE"), Ok("+4930123456"));
        check_phone("0911 23 45 67", Some("ET"), Ok("+251911234567"));
        check_phone("+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨", None, Ok("+442079460958"));
        check_phone("\u{202a}+1 206‑555‑0100\u{202c}", None, Ok("+12065550100"));
        check_phone("06 1234 5678", Some("IT"), Ok("+390612345678"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        check_phone("206 555 0100", None, Err(ProblemCode::PhoneNoCountry));
        check_phone("206 555 0100", Some("ZZ"), Err(ProblemCode::PhoneNoCountry));
        for bad in [
            "call me",
            "+",
            "12",
            "911",
            "+1 206 555",
            "+999 1234567",
            "2065550100 ext 5",
            "1+2",
            "+1+2065550100",
        ] {
            check_phone(bad, Some("US"), Err(ProblemCode::PhoneShape));
        }
        check_phone(&"1".repeat(40), Some("US"), Err(ProblemCode::PhoneShape));
    }

    #[test]
    fn a_number_of_an_unknown_range_is_only_odd() {
        assert!(phone_number("206 555 0100", Some("US")).unwrap_or_else(|_| unreachable!()).known);
        assert!(!phone_number("111 111 1111", Some("US")).unwrap_or_else(|_| unreachable!()).known);
    }

    proptest! {
        #[test]
        fn no_digits_make_the_phone_rules_panic(country in "[A-Z]{2}", typed in "[+]?[0-9]{1,18}") {
            if let Ok(phone) = phone_number(&typed, Some(&country)) {
                prop_assert!(is_e164(&phone.e164));
            }
        }
    }

    #[test]
    fn e164_is_known_by_its_shape() {
        assert!(is_e164("+12065550100"));
        for bad in ["12065550100", "+", "+1", "+0123", "+1234567890123456", "+1 206"] {
            assert!(!is_e164(bad), "{bad}");
        }
        assert_eq!(dialled("+1 (2)").unwrap().as_str(), "+12");
    }
}
