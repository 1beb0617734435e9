//! Parts of an address.

use isocountry::CountryCode;

use crate::characters::Limit;

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
}
