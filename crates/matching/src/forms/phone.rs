//! Telephone numbers by their digits.

/// The digits of a number, for comparing: `+` before them where the country's are among them (E.164). None below seven.
pub fn phone_digits(phone: &str) -> Option<String> {
    let phone = phone.trim().trim_start_matches('\u{200e}');
    let digits: String = any_ascii::any_ascii(phone).chars().filter(char::is_ascii_digit).collect();
    let is_plus = phone.starts_with(['+', '\u{ff0b}']);
    let (is_international, digits) = match digits.strip_prefix("00") {
        Some(rest) if !is_plus => (true, rest),
        // The nought that is dialled within a country is not part of its numbers.
        _ if !is_plus => (false, digits.strip_prefix('0').unwrap_or(&digits)),
        _ => (true, &*digits),
    };
    (digits.len() >= 7).then(|| if is_international { format!("+{digits}") } else { digits.to_owned() })
}

/// The last eight digits of what [`phone_digits`] gave: what is the same with and without a country.
pub(crate) fn phone_end(digits: &str) -> &str {
    let digits = digits.trim_start_matches('+');
    &digits[digits.len().saturating_sub(8)..]
}

/// Whether two numbers, as [`phone_digits`] gives them, can be one: the same, or the same but for a country that one leaves out.
pub(crate) fn is_one_phone(one: &str, other: &str) -> bool {
    match (one.strip_prefix('+'), other.strip_prefix('+')) {
        (Some(whole), None) => whole.ends_with(other),
        (None, Some(whole)) => whole.ends_with(one),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_number_with_and_without_its_country_is_one() {
        let whole = phone_digits("+1 206-555-0143").unwrap();
        assert_eq!(whole, "+12065550143");
        for text in ["(206) 555-0143", "0012065550143", "٢٠٦ ٥٥٥ ٠١٤٣", "+１２０６５５５０１４３"]
        {
            let other = phone_digits(text).unwrap();
            assert!(is_one_phone(&whole, &other) && phone_end(&whole) == phone_end(&other), "{text}");
        }
        assert!(is_one_phone(
            &phone_digits("+441134960000").unwrap(),
            &phone_digits("0113 496 0000").unwrap()
        ));
        assert!(!is_one_phone("+12065550143", "+442065550143"));
        assert!(phone_digits("12-34").is_none());
    }
}
