//! A petition's text in one language: what is read, and the hash that a signature is bound to.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::block::{Block, Reference};
use crate::body::{self, SourceNote};
use crate::draft::Choice;
use crate::front_matter::Settings;

/// A petition's text in one language: the original, or a translation of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PetitionText {
    language: String,
    title: String,
    started_by: String,
    addressed_to: String,
    milestones: BTreeMap<u64, String>,
    choices: BTreeMap<Choice, String>,
    body: Vec<Block>,
    references_heading: Option<String>,
    references: Vec<Reference>,
    notes: Vec<SourceNote>,
    hash: [u8; 32],
}

impl PetitionText {
    /// The text that settings and a body make. The body is normal already.
    pub(crate) fn new(settings: Settings, text: &str) -> PetitionText {
        let hash = text_hash(&settings, text);
        let body = body::read_body(text);
        let Settings { title, started_by, addressed_to, language, milestones, choices, .. } = settings;
        PetitionText {
            language,
            title,
            started_by,
            addressed_to,
            milestones,
            choices,
            body: body.blocks,
            references_heading: body.references_heading,
            references: body.references,
            notes: body.notes,
            hash,
        }
    }

    /// Its language, BCP 47.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Its title, one line.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Who started it.
    #[must_use]
    pub fn started_by(&self) -> &str {
        &self.started_by
    }

    /// To whom it is addressed.
    #[must_use]
    pub fn addressed_to(&self) -> &str {
        &self.addressed_to
    }

    /// Counts at which something happens, each with its note.
    #[must_use]
    pub fn milestones(&self) -> &BTreeMap<u64, String> {
        &self.milestones
    }

    /// The organizer's own words for choices beside the signature; a screen has its own for the others.
    #[must_use]
    pub fn choices(&self) -> &BTreeMap<Choice, String> {
        &self.choices
    }

    /// The text, without its list of references.
    #[must_use]
    pub fn body(&self) -> &[Block] {
        &self.body
    }

    /// What stands over its list of references, in the author's own words; none where it has only footnotes.
    #[must_use]
    pub fn references_heading(&self) -> Option<&str> {
        self.references_heading.as_deref()
    }

    /// The numbered references, in order of number, footnotes among them.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// What its organizer may want to look at: nothing that stops it.
    #[must_use]
    pub fn notes(&self) -> &[SourceNote] {
        &self.notes
    }

    /// SHA-256 of the text that a person signs (docs/protocol.md §5).
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// The text hash in hex, lower case.
    #[must_use]
    pub fn hash_hex(&self) -> String {
        HEXLOWER.encode(&self.hash)
    }
}

/// SHA-256 over title, started by, addressed to, language and body, and then each choice's name and own words, where there
/// are any: each with its length before it.
fn text_hash(settings: &Settings, body: &str) -> [u8; 32] {
    let Settings { title, started_by, addressed_to, language, choices, .. } = settings;
    let texts = [title, started_by, addressed_to, language, body];
    let choices = choices.iter().flat_map(|(choice, words)| [choice.name(), words]);
    let mut hash = Sha256::new();
    for part in texts.into_iter().chain(choices) {
        // A source has at most SOURCE_MAX_BYTES, which NFC makes three times as long at most.
        hash.update(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}
