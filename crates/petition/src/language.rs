//! The shape of a language tag.

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

#[cfg(test)]
mod tests {
    use super::is_language_tag;

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
