//! Texts as they are compared: without case, accents, spaces and signs.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The letters and digits of a text, in lower case and without marks on them.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
    }
    let bare = text.nfkd().filter(|letter| !is_combining_mark(*letter));
    bare.flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()).collect()
}
