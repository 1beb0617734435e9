//! Telephone numbers: brought to one form where they are known, kept as typed where they are not, never shortened unseen.

use rlibphonenumber::{
    PHONE_NUMBER_UTIL, PhoneNumberFormat,
    enums::{NumberLengthType, Region},
};
use zeroize::Zeroizing;

use crate::characters::{Limit, room_for};
use crate::draft::ProblemCode;

/// How long a telephone number may be, as typed.
pub(crate) const PHONE_LIMIT: Limit = Limit { graphemes: 60, bytes: 120 };

/// The longest number in E.164, the country's code included.
const E164_MAX_DIGITS: usize = 15;

/// A telephone number as it is kept. Numbering plans change before libraries know: nothing is refused here.
pub(crate) struct Phone {
    /// What is kept.
    pub(crate) form: PhoneForm,
    /// What is kept as people read it.
    pub(crate) shown: Zeroizing<String>,
    /// What to ask about it.
    pub(crate) doubt: Option<ProblemCode>,
}

/// The two forms in which a number is kept.
pub(crate) enum PhoneForm {
    /// E.164.
    E164(Zeroizing<String>),
    /// As typed, because no such number can be made of it without a guess.
    AsTyped(Zeroizing<String>),
}

/// A mended number. One without `+` is a number of `home` (ISO 3166-1 alpha-2, upper case).
pub(crate) fn read_phone(mended: &str, home: Option<&str>) -> Phone {
    let Some(dialled) = dialled(mended) else {
        return as_typed(mended, ProblemCode::PhoneShape);
    };
    let is_international = dialled.starts_with('+');
    let is_country = |region: &Region| PHONE_NUMBER_UTIL.get_country_code_for_region(*region).is_some();
    let region = home.and_then(|home| home.parse::<Region>().ok()).filter(is_country);
    if !is_international && region.is_none() {
        return as_typed(mended, ProblemCode::PhoneNoCountry);
    }
    if let Ok(number) = PHONE_NUMBER_UTIL.parse(&dialled, region) {
        let national = Zeroizing::new(number.get_national_significant_number());
        let e164 = Zeroizing::new(number.format_as(PhoneNumberFormat::E164).into_owned());
        let is_known = number.is_valid();
        // A trunk prefix that no rule took off is no part of a number in E.164.
        let is_possible = matches!(number.is_possible_with_reason(), Ok(NumberLengthType::IsPossible))
            && !national.starts_with('0');
        if is_e164(&e164) && (is_known || is_possible) {
            let shown = Zeroizing::new(number.format_as(PhoneNumberFormat::International).into_owned());
            let doubt = (!is_known).then_some(ProblemCode::PhoneShape);
            return Phone { form: PhoneForm::E164(e164), shown, doubt };
        }
    }
    // Whoever writes the country's code writes E.164; only a trunk prefix in parentheses is no part of it.
    if is_e164(&dialled) && !mended.contains('(') {
        let shown = dialled.clone();
        return Phone { form: PhoneForm::E164(dialled), shown, doubt: Some(ProblemCode::PhoneShape) };
    }
    as_typed(mended, ProblemCode::PhoneShape)
}

fn as_typed(mended: &str, doubt: ProblemCode) -> Phone {
    let typed = || Zeroizing::new(mended.to_owned());
    Phone { form: PhoneForm::AsTyped(typed()), shown: typed(), doubt: Some(doubt) }
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

/// What one would dial: an optional `+` and digits. None where there is anything but digits, a leading `+` and the
/// punctuation that people write between digits.
fn dialled(mended: &str) -> Option<Zeroizing<String>> {
    const MOST: usize = 32;
    let mut dialled = room_for(mended);
    for c in mended.chars() {
        if c.is_ascii_digit() || (c == '+' && dialled.is_empty()) {
            dialled.push(c);
        } else if !is_phone_punctuation(c) {
            return None;
        }
    }
    let digits = dialled.len() - usize::from(dialled.starts_with('+'));
    (1..=MOST).contains(&digits).then_some(dialled)
}

/// Punctuation between digits.
fn is_phone_punctuation(c: char) -> bool {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
    matches!(c, ' ' | '(' | ')' | '.' | '/' | '\u{2212}' | '\u{30fc}' | '\u{b7}')
        || c.general_category() == GeneralCategory::DashPunctuation
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mend::mended_code;

    fn read(typed: &str, home: Option<&str>) -> Phone {
        read_phone(&mended_code(typed), home)
    }

    fn kept(phone: &Phone) -> &str {
        match &phone.form {
            PhoneForm::E164(number) => number,
            PhoneForm::AsTyped(typed) => typed,
        }
    }

    #[track_caller]
    fn check(typed: &str, home: Option<&str>, expect: &str) {
        let phone = read(typed, home);
        assert_eq!((kept(&phone), phone.doubt), (expect, None), "{typed}");
        assert!(is_e164(expect));
    }

    #[test]
    fn a_number_is_brought_to_e164() {
        check("(206) 555-0100", Some("US"), "+12065550100");
        check("206.555.0100", Some("CA"), "+12065550100");
        check("+1 206 555 0100", None, "+12065550100");
        check("+1 206 555 0100", Some("DE"), "+12065550100");
        check("1-206-555-0100", Some("US"), "+12065550100");
        check("011 44 20 7946 0958", Some("US"), "+442079460958");
        check("+44 (0)20 7946 0958", None, "+442079460958");
        check("030 123456", Some("DE"), "+4930123456");
        check("0911 23 45 67", Some("ET"), "+251911234567");
        check("+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨", None, "+442079460958");
        check("\u{202a}+1 206‑555‑0100\u{202c}", None, "+12065550100");
        check("06 1234 5678", Some("IT"), "+390612345678");
        check("０９０－１２３４－５６７８", Some("JP"), "+819012345678");
    }

    #[test]
    fn prefixes_that_only_count_at_home_are_left_and_nothing_more() {
        check("011 15-2345-6789", Some("AR"), "+5491123456789");
        check("+54 11 15 2345-6789", None, "+5491123456789");
        check("338 123 4567", Some("IT"), "+393381234567");
        check("800 123 456", Some("IT"), "+39800123456");
        check("8 029 123-45-67", Some("BY"), "+375291234567");
        check("80291234567", Some("BY"), "+375291234567");
        check("8 801 100 1000", Some("BY"), "+3758011001000");
        check("8 (916) 123-45-67", Some("RU"), "+79161234567");
        check("8-800-555-35-35", Some("RU"), "+78005553535");
        check("0 15 11 91234-5678", Some("BR"), "+5511912345678");
        check("1588-1234", Some("KR"), "+8215881234");
    }

    #[track_caller]
    fn doubts(typed: &str, home: Option<&str>, expect: &str, code: ProblemCode) {
        let phone = read(typed, home);
        assert_eq!((kept(&phone), phone.doubt), (expect, Some(code)), "{typed}");
    }

    #[test]
    fn what_is_not_known_is_asked_about_and_kept_whole() {
        use ProblemCode::{PhoneNoCountry, PhoneShape};
        doubts("206 555 0100", None, "206 555 0100", PhoneNoCountry);
        doubts("206 555 0100", Some("ZZ"), "206 555 0100", PhoneNoCountry);
        for typed in [
            "call me",
            "+",
            "12",
            "911",
            "555-0100",
            "2065550100 ext 5",
            "1-800-FLOWERS",
            "1+2",
            "0044 20 7946 0958",
        ] {
            doubts(typed, Some("US"), typed, PhoneShape);
        }
        doubts(&"1".repeat(40), Some("US"), &"1".repeat(40), PhoneShape);
        // A new range, a plan of before, a plan to come.
        doubts("111 111 1111", Some("US"), "+11111111111", PhoneShape);
        doubts("07700 900123", Some("GB"), "+447700900123", PhoneShape);
        doubts("+999 1234567", None, "+9991234567", PhoneShape);
        doubts("+52 1 55 1234 5678", None, "+5215512345678", PhoneShape);
        doubts("+52 (1) 55 1234 5678", None, "+52 (1) 55 1234 5678", PhoneShape);
        doubts("044 55 1234 5678", Some("MX"), "044 55 1234 5678", PhoneShape);
        doubts("09 8765 4321", Some("CL"), "09 8765 4321", PhoneShape);
        doubts("01 23 45 67", Some("CI"), "01 23 45 67", PhoneShape);
        doubts("8 067 123 45 67", Some("UA"), "8 067 123 45 67", PhoneShape);
        doubts("95588", Some("CN"), "95588", PhoneShape);
        doubts("912345678 / 612345678", Some("ES"), "912345678 / 612345678", PhoneShape);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn no_digit_is_lost_without_a_word(home in "AR|BR|BY|ET|FR|IT|KR|MX|PH|RU|SO|UA|US|VN|[A-Z]{2}", typed in "[+]?[0-9]{1,18}") {
            let phone = read(&typed, Some(&home));
            match &phone.form {
                PhoneForm::AsTyped(kept) => {
                    prop_assert_eq!(kept.as_str(), typed.as_str());
                    prop_assert!(phone.doubt.is_some());
                }
                PhoneForm::E164(number) => {
                    prop_assert!(is_e164(number));
                    // All but what is dialled before a number at home: the last four digits are always the person's own.
                    let own = &typed[typed.len().saturating_sub(4)..];
                    prop_assert!(number.ends_with(own.trim_start_matches('+')), "{}", number.as_str());
                }
            }
        }

        #[test]
        fn what_is_shown_is_kept_again_as_the_same(home in "[A-Z]{2}", typed in "[+]?[0-9]{6,13}") {
            let phone = read(&typed, Some(&home));
            if phone.doubt.is_none() {
                let again = read(&phone.shown, None);
                prop_assert_eq!(kept(&again), kept(&phone));
            }
        }
    }

    #[test]
    fn e164_is_known_by_its_shape() {
        assert!(is_e164("+12065550100"));
        for bad in ["12065550100", "+", "+1", "+0123", "+1234567890123456", "+1 206"] {
            assert!(!is_e164(bad), "{bad}");
        }
        assert_eq!(dialled("+1 (2)").as_ref().map(|dialled| dialled.as_str()), Some("+12"));
    }
}
