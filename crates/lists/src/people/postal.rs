//! The noughts that a spreadsheet took from postal codes.

/// Countries whose codes are digits alone and may begin with a nought: how many digits, and how many of them noughts may lead.
const NOUGHTS: [(&str, usize, usize); 6] = [
    // Puerto Rico and New York begin with two.
    ("US PR VI AS GU MP FM MH PW UM", 5, 2),
    ("FI AX", 5, 2),
    ("DE FR ES IT MC SM VA GP MQ GF RE YT PM MX MY TR UA DZ PE KR CU LK SN EE BA", 5, 1),
    ("NO SJ", 4, 3),
    ("AU DK NZ ZA", 4, 1),
    ("CN RO SG KZ", 6, 1),
];

/// The code with its noughts, where a number of so few digits can only be one that lost them.
pub(super) fn with_noughts(text: &str, country: &str) -> Option<String> {
    let (_, digits, most) =
        NOUGHTS.iter().find(|(countries, ..)| countries.split(' ').any(|one| one == country))?;
    let lost = digits.checked_sub(text.len()).filter(|lost| (1..=*most).contains(lost))?;
    let is_number =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    is_number.then(|| format!("{}{text}", "0".repeat(lost)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_have_lost_noughts_gets_them_back() {
        for (text, country, code) in [
            ("2139", "US", Some("02139")),
            ("601", "US", Some("00601")),
            ("73301", "US", None),
            ("13", "US", None),
            ("4109", "DE", Some("04109")),
            ("109", "DE", None),
            ("100", "FI", Some("00100")),
            ("1", "NO", Some("0001")),
            ("800", "AU", Some("0800")),
            ("1010", "AT", None),
            ("2139", "GB", None),
            ("02139", "US", None),
            ("2A04", "FR", None),
            ("", "NO", None),
        ] {
            assert_eq!(with_noughts(text, country).as_deref(), code, "{text} {country}");
        }
    }
}
