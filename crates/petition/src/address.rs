//! Parts of an address.

use isocountry::CountryCode;

use crate::characters::{Limit, decimal_digit};

/// How long a postal code may be.
pub(crate) const POSTAL_CODE_LIMIT: Limit = Limit { graphemes: 20, bytes: 60 };
/// How long the name of a city may be.
pub(crate) const CITY_LIMIT: Limit = Limit { graphemes: 200, bytes: 200 };
/// How long the name of a state, province or region may be.
pub(crate) const REGION_LIMIT: Limit = Limit { graphemes: 200, bytes: 200 };
/// How long street and number may be.
pub(crate) const STREET_LIMIT: Limit = Limit { graphemes: 200, bytes: 300 };

/// The ISO 3166-1 alpha-2 code that a text is, in either case.
pub(crate) fn country_code(text: &str) -> Option<&'static str> {
    // Upper case is taken of ASCII only: that of "ß" is "SS", which is South Sudan.
    CountryCode::for_alpha2(&text.to_ascii_uppercase()).ok().map(|country| country.alpha2())
}

/// Every country that a draft may name: its ISO 3166-1 alpha-2 code, in order.
pub fn country_codes() -> impl Iterator<Item = &'static str> {
    CountryCode::as_array_alpha2().iter().map(CountryCode::alpha2)
}

/// Whether a postal code has the usual shape for a country (alpha-2, upper case). Spaces, hyphens and case do not
/// matter. A country whose shape is not known here takes anything.
pub(crate) fn has_usual_postal_code(country: &str, postal_code: &str) -> bool {
    let shape: String = postal_code
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–'))
        .map(|c| match c {
            _ if decimal_digit(c).is_some() => 'N',
            _ if c.is_ascii_alphabetic() => 'A',
            _ => '?',
        })
        .collect();
    let shapes = usual_postal_codes(country);
    shapes.is_empty() || shapes.contains(&shape.as_str())
}

/// The usual shapes of a country's postal codes, without spaces: N a digit, A a letter.
fn usual_postal_codes(country: &str) -> &'static [&'static str] {
    match country {
        "AT" | "AU" | "BE" | "BG" | "CH" | "DK" | "ET" | "HU" | "LU" | "NO" | "NZ" | "PH" | "TN" | "ZA" => {
            &["NNNN"]
        }
        "CZ" | "DE" | "EE" | "ES" | "FI" | "FR" | "GR" | "HR" | "ID" | "IT" | "KE" | "KR" | "MA" | "MX"
        | "MY" | "PK" | "PL" | "RS" | "SE" | "SK" | "TH" | "TR" | "UA" => &["NNNNN"],
        "BY" | "CN" | "CO" | "IN" | "KZ" | "NG" | "RO" | "RU" | "SG" => &["NNNNNN"],
        "CL" | "IL" | "JP" | "PT" => &["NNNNNNN"],
        "BR" => &["NNNNNNNN"],
        "CA" => &["ANANAN"],
        "GB" => &["ANNAA", "ANNNAA", "AANNAA", "AANNNAA", "ANANAA", "AANANAA", "AAANAA"],
        "NL" => &["NNNNAA"],
        "SO" => &["AANNNNN"],
        "US" => &["NNNNN", "NNNNNNNNN"],
        "VN" => &["NNNNN", "NNNNNN"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_the_codes_of_iso_3166() {
        assert_eq!(country_code("us"), Some("US"));
        assert_eq!(country_code("ET"), Some("ET"));
        for bad in ["", "U", "USA", "ZZ", "UK", "ß", "日本"] {
            assert_eq!(country_code(bad), None, "{bad}");
        }
    }

    #[track_caller]
    fn check(country: &str, postal_code: &str, expect: bool) {
        assert_eq!(has_usual_postal_code(country, postal_code), expect, "{country} {postal_code}");
    }

    #[test]
    fn postal_codes_have_usual_shapes() {
        check("US", "98101", true);
        check("US", "98101-1234", true);
        check("US", "9810", false);
        check("US", "K1A 0B1", false);
        check("CA", "k1a 0b1", true);
        check("CA", "K1A0B1", true);
        check("CA", "12345", false);
        check("GB", "SW1A 1AA", true);
        check("GB", "M1 1AE", true);
        check("GB", "GIR 0AA", true);
        check("GB", "12345", false);
        check("DE", "10115", true);
        check("DE", "D-10115", false);
        check("NL", "1011 AB", true);
        check("PL", "00-950", true);
        check("JP", "１００-０００１", true);
        check("HK", "anything", true);
    }
}
