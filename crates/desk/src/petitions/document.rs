//! A petition as the document that kits and updates carry.

use petition::{Petition, texts_of};
use wire::Translation;

/// A petition with the source that it was parsed from: the original, and each translation by itself, with its own hash.
pub(super) fn document_of(petition: &Petition, source: &str) -> wire::Petition {
    let mut texts = texts_of(source).into_iter();
    let original = texts.next().unwrap_or_default();
    let translations = texts.zip(petition.translations()).map(|(source, text)| Translation {
        language: text.language().to_owned(),
        source: source.to_owned(),
        text_hash: text.hash_hex(),
    });
    wire::Petition {
        petition: petition.id(),
        version: petition.version(),
        source: original.to_owned(),
        text_hash: petition.text_hash_hex(),
        translations: translations.collect(),
    }
}
