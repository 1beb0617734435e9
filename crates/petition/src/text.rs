//! A petition: its text, what it asks, and the hash that a signature is bound to.

use std::collections::BTreeMap;
use std::ops::Range;

use data_encoding::HEXLOWER;
use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::block::{Block, Reference};
use crate::body::{self, SourceNote};
use crate::draft::{Asked, Field};
use crate::front_matter::{Settings, read_settings};
use crate::source_problem::{SourceProblem, SourceProblemKind as Kind};

/// The most bytes that a petition's source may have.
pub const SOURCE_MAX_BYTES: usize = 256 * 1024;

/// A petition at a version: text and settings, parsed from its Markdown source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Petition {
    id: Uuid,
    version: u32,
    title: String,
    started_by: String,
    addressed_to: String,
    language: String,
    goal: Option<u64>,
    milestones: BTreeMap<u64, String>,
    fields: BTreeMap<Field, Asked>,
    minimum_age: Option<u8>,
    erased_by: Option<String>,
    body: Vec<Block>,
    references: Vec<Reference>,
    notes: Vec<SourceNote>,
    text_hash: [u8; 32],
}

impl Petition {
    /// Parses a petition's source: YAML front matter, then CommonMark (docs/protocol.md §5).
    ///
    /// # Errors
    /// Everything that is wrong with the source, in order, as far as it can be read.
    pub fn parse(id: Uuid, version: u32, source: &str) -> Result<Petition, Vec<SourceProblem>> {
        if source.len() > SOURCE_MAX_BYTES {
            return Err(vec![SourceProblem::whole(Kind::TooLarge)]);
        }
        let source =
            source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n").replace('\r', "\n");
        let Some(front) = front_matter(&source) else {
            return Err(vec![SourceProblem::at(1, Kind::NoSettings)]);
        };
        let mut problems = Vec::new();
        let settings = read_settings(source.get(front.yaml).unwrap_or_default(), 2, &mut problems);
        let written = source.get(front.end..).unwrap_or_default();
        problems.extend(unshowable_lines(&source, front.end));
        let text = normal_body(written);
        if text.is_empty() {
            problems.push(SourceProblem::whole(Kind::NoText));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let text_hash = text_hash(&settings, &text);
        let body = body::read_body(&text);
        let Settings {
            title,
            started_by,
            addressed_to,
            language,
            goal,
            milestones,
            fields,
            minimum_age,
            erased_by,
        } = settings;
        Ok(Petition {
            id,
            version,
            title,
            started_by,
            addressed_to,
            language,
            goal,
            milestones,
            fields,
            minimum_age,
            erased_by,
            body: body.blocks,
            references: body.references,
            notes: body.notes,
            text_hash,
        })
    }

    /// Which petition.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Which version of it, from 1.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
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

    /// The language of its text, BCP 47.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The goal that its organizer set, if any. What to show is [`Petition::goal`].
    #[must_use]
    pub fn own_goal(&self) -> Option<u64> {
        self.goal
    }

    /// Counts at which something happens, each with its note.
    #[must_use]
    pub fn milestones(&self) -> &BTreeMap<u64, String> {
        &self.milestones
    }

    /// The fields asked beside the full name, in the order of the form.
    pub fn fields(&self) -> impl Iterator<Item = (Field, Asked)> + '_ {
        self.fields.iter().map(|(field, asked)| (*field, *asked))
    }

    /// Whether it asks for a field, and how. The full name is always required.
    #[must_use]
    pub fn asks(&self, field: Field) -> Option<Asked> {
        if field == Field::FullName { Some(Asked::Required) } else { self.fields.get(&field).copied() }
    }

    /// The age that signers must state to have, in years.
    #[must_use]
    pub fn minimum_age(&self) -> Option<u8> {
        self.minimum_age
    }

    /// The day by which signatures are erased, `YYYY-MM-DD`.
    #[must_use]
    pub fn erased_by(&self) -> Option<&str> {
        self.erased_by.as_deref()
    }

    /// The text, without its list of references.
    #[must_use]
    pub fn body(&self) -> &[Block] {
        &self.body
    }

    /// The numbered references, in order of number.
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
    pub fn text_hash(&self) -> [u8; 32] {
        self.text_hash
    }

    /// The text hash in hex, lower case.
    #[must_use]
    pub fn text_hash_hex(&self) -> String {
        HEXLOWER.encode(&self.text_hash)
    }
}

/// Where the front matter is.
struct FrontMatter {
    /// The YAML between the fences.
    yaml: Range<usize>,
    /// Where the text after it begins.
    end: usize,
}

/// Finds the front matter: a YAML metadata block that is the first thing in the source.
fn front_matter(source: &str) -> Option<FrontMatter> {
    let mut events = Parser::new_ext(source, Options::ENABLE_YAML_STYLE_METADATA_BLOCKS).into_offset_iter();
    let (first, block) = events.next()?;
    let is_block =
        first == Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) && block.start == 0;
    let opening = source.find('\n').map(|newline| newline + 1)?;
    let closing = source.get(..block.end)?.trim_end().rfind('\n').map(|newline| newline + 1)?;
    is_block.then_some(FrontMatter { yaml: opening..closing.max(opening), end: block.end })
}

/// The body as it is hashed and shown: no spaces and tabs at line ends, no blank lines at both ends, no line end
/// after the last line, NFC. Line ends are LF already.
fn normal_body(written: &str) -> String {
    let lines: Vec<_> = written.split('\n').map(|line| line.trim_end_matches([' ', '\t'])).collect();
    lines.join("\n").trim_matches('\n').nfc().collect()
}

/// The lines from `start` that hold what cannot be shown as it was written.
fn unshowable_lines(source: &str, start: usize) -> impl Iterator<Item = SourceProblem> {
    let overrides = |c| matches!(c, '\u{202d}' | '\u{202e}');
    let before = source.get(..start).unwrap_or_default().matches('\n').count();
    let lines = source.get(start..).unwrap_or_default().split('\n');
    lines.zip(1 + before as u64..).filter_map(move |(line, number)| {
        let bad = line.chars().any(|c| (c.is_control() && c != '\t') || overrides(c));
        bad.then(|| SourceProblem::at(number, Kind::Unshowable))
    })
}

/// SHA-256 over title, started by, addressed to, language and body, each with its length before it.
fn text_hash(settings: &Settings, body: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [&settings.title, &settings.started_by, &settings.addressed_to, &settings.language, body] {
        // A source has at most SOURCE_MAX_BYTES, which NFC makes three times as long at most.
        hash.update(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}
