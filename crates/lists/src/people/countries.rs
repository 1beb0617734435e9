//! Countries as people and platforms write them, in many languages (`README.md` says where the names are from).

use std::{collections::HashMap, sync::LazyLock};

use isocountry::CountryCode;

use crate::fold::fold;

/// Which country a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// This one: ISO 3166-1 alpha-2.
    One(&'static str),
    /// One of these: Georgia, the country or the state.
    Several(&'static [&'static str]),
    /// None that is known.
    None,
}

static BY_NAME: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_name = HashMap::<String, Vec<&'static str>>::new();
    for line in include_str!("countries.txt").lines().chain(include_str!("own.txt").lines()) {
        let mut names = line.split('|');
        let Some(code) = names.next() else { continue };
        for name in names {
            let codes = by_name.entry(fold(name)).or_default();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    by_name
});

/// The country that a text names: by a code of two or three letters, or a name.
pub(super) fn find_country(text: &str) -> Named {
    let folded = fold(text);
    let upper = || folded.to_ascii_uppercase();
    let code = match folded.len() {
        2 => CountryCode::for_alpha2(&upper()).ok(),
        3 => CountryCode::for_alpha3(&upper()).ok(),
        _ => None,
    };
    if let Some(code) = code {
        return Named::One(code.alpha2());
    }
    match BY_NAME.get(&folded).map(Vec::as_slice) {
        Some([one]) => Named::One(one),
        Some(several) => Named::Several(several),
        None => Named::None,
    }
}

/// Whether a text is the name of a country. A code alone may be anything.
pub(crate) fn is_country_name(text: &str) -> bool {
    text.len() > 3 && find_country(text) != Named::None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_of_a_country_that_there_is() {
        for (name, codes) in BY_NAME.iter() {
            for code in codes {
                assert!(petition::country_codes().any(|known| known == *code), "{name}: {code}");
            }
        }
    }

    #[test]
    fn codes_and_names_in_many_languages() {
        for (text, code) in [
            ("us", "US"),
            ("U.S.", "US"),
            ("deu", "DE"),
            ("UK", "GB"),
            ("The Netherlands", "NL"),
            ("Pays-Bas", "NL"),
            ("Côte d’Ivoire", "CI"),
            ("COTE D'IVOIRE", "CI"),
            ("Schweiz", "CH"),
            ("Україна", "UA"),
            ("مصر", "EG"),
            ("대한민국", "KR"),
            ("Soomaaliya", "SO"),
            ("Pilipinas", "PH"),
            ("Việt Nam", "VN"),
            ("ኢትዮጵያ", "ET"),
            ("México", "MX"),
            ("Grèce", "GR"),
        ] {
            assert_eq!(find_country(text), Named::One(code), "{text}");
        }
        assert_eq!(find_country("Georgia"), Named::Several(&["GE", "US"]));
        for text in ["Congo", "Korea", "Virgin Islands", "Saint Martin"] {
            assert!(matches!(find_country(text), Named::Several(_)), "{text}");
        }
        for text in ["", "Kosovo", "Yugoslavia", "Ruritania", "ZZ", "-"] {
            assert_eq!(find_country(text), Named::None, "{text}");
        }
    }
}
