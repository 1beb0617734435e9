//! The tags of languages.

use isolang::Language;

/// The longest tag taken, in bytes: what BCP 47 advises to make room for (RFC 5646 §4.4.1).
const MAX_BYTES: usize = 35;

/// Whether a text has the shape of a BCP 47 language tag: a language of 2 to 8 letters, then subtags of 1 to 8
/// letters and digits. Not whether such a language exists.
pub(crate) fn is_language_tag(text: &str) -> bool {
    let mut subtags = text.split('-');
    let language = subtags.next().unwrap_or_default();
    text.len() <= MAX_BYTES
        && (2..=8).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// Whether a tag of that shape begins with a language of ISO 639: an organizer who writes `sp` or `cn` meant another.
pub(crate) fn is_known_language(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let known = match language.len() {
        2 => Language::from_639_1(&language),
        3 => Language::from_639_3(&language),
        _ => None,
    };
    known.is_some()
}

#[cfg(test)]
mod tests {
    use super::{is_known_language, is_language_tag};

    #[test]
    fn a_language_is_one_that_there_is() {
        for good in ["en", "es-419", "zh-Hans", "fil", "tl", "so", "am", "TI", "hmn", "yue-Hant", "prs"] {
            assert!(is_known_language(good), "{good}");
        }
        for bad in ["sp", "cn", "jp", "english", "xx", "zzz"] {
            assert!(!is_known_language(bad), "{bad}");
        }
    }

    #[test]
    fn the_shape_of_a_tag_is_checked() {
        for good in ["en", "am", "fil", "zh-Hans", "zh-Hant-TW", "es-419", "de-CH-1996"] {
            assert!(is_language_tag(good), "{good}");
        }
        for bad in ["", "e", "english language", "en_US", "en-", "-en", "12", "zh-Hanssssss", "en-é"] {
            assert!(!is_language_tag(bad), "{bad}");
        }
        assert!(!is_language_tag(&format!("en{}", "-abcdefgh".repeat(4))));
    }
}
