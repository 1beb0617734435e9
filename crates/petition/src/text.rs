//! A petition: its texts, and what it asks.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::block::{Block, Reference};
use crate::body::SourceNote;
use crate::draft::{Asked, Field};
use crate::front_matter::{Settings, read_settings};
use crate::petition_text::PetitionText;
use crate::section::texts_of;
use crate::source_problem::{SourceProblem, SourceProblemKind as Kind};

/// The most bytes that a petition's source may have.
pub const SOURCE_MAX_BYTES: usize = 256 * 1024;

/// A petition at a version: its texts and settings, parsed from its Markdown source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Petition {
    id: Uuid,
    version: u32,
    goal: Option<u64>,
    fields: BTreeMap<Field, Asked>,
    minimum_age: Option<u8>,
    erased_by: Option<String>,
    original: PetitionText,
    translations: Vec<PetitionText>,
}

impl Petition {
    /// Parses a petition's source: YAML front matter, then CommonMark; then its translations (docs/protocol.md §5).
    ///
    /// # Errors
    /// Everything that is wrong with the source, in order, as far as it can be read.
    pub fn parse(id: Uuid, version: u32, source: &str) -> Result<Petition, Vec<SourceProblem>> {
        if source.len() > SOURCE_MAX_BYTES {
            return Err(vec![SourceProblem::whole(Kind::TooLarge)]);
        }
        let source =
            source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n").replace('\r', "\n");
        let mut texts = texts_of(&source).into_iter();
        let original = texts.next().unwrap_or_default();
        let mut problems = Vec::new();
        let (settings, text) = read_text(original, 0, None, &mut problems);
        let mut translations = Vec::new();
        let mut languages = vec![settings.language.clone()];
        let mut before = line_count(original);
        for translation in texts {
            let (translated, text) = read_text(translation, before, Some(&settings), &mut problems);
            let is_same = |known: &String| known.eq_ignore_ascii_case(&translated.language);
            if !translated.language.is_empty() && languages.iter().any(is_same) {
                problems.push(SourceProblem::at(before + 2, Kind::SameLanguage(translated.language.clone())));
            }
            languages.push(translated.language.clone());
            before += line_count(translation);
            translations.push((translated, text));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Petition {
            id,
            version,
            goal: settings.goal,
            fields: settings.fields.clone(),
            minimum_age: settings.minimum_age,
            erased_by: settings.erased_by.clone(),
            original: PetitionText::new(settings, &text),
            translations: translations
                .into_iter()
                .map(|(settings, text)| PetitionText::new(settings, &text))
                .collect(),
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

    /// The original's title, one line.
    #[must_use]
    pub fn title(&self) -> &str {
        self.original.title()
    }

    /// Who started it.
    #[must_use]
    pub fn started_by(&self) -> &str {
        self.original.started_by()
    }

    /// To whom it is addressed.
    #[must_use]
    pub fn addressed_to(&self) -> &str {
        self.original.addressed_to()
    }

    /// The language of the original, BCP 47.
    #[must_use]
    pub fn language(&self) -> &str {
        self.original.language()
    }

    /// The goal that its organizer set, if any. What to show is [`Petition::goal`].
    #[must_use]
    pub fn own_goal(&self) -> Option<u64> {
        self.goal
    }

    /// Counts at which something happens, each with its note.
    #[must_use]
    pub fn milestones(&self) -> &BTreeMap<u64, String> {
        self.original.milestones()
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

    /// The original, without its list of references.
    #[must_use]
    pub fn body(&self) -> &[Block] {
        self.original.body()
    }

    /// The numbered references, in order of number.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        self.original.references()
    }

    /// What its organizer may want to look at: nothing that stops it.
    #[must_use]
    pub fn notes(&self) -> &[SourceNote] {
        self.original.notes()
    }

    /// SHA-256 of the original as a person signs it (docs/protocol.md §5). Each translation has its own.
    #[must_use]
    pub fn text_hash(&self) -> [u8; 32] {
        self.original.hash()
    }

    /// The text hash in hex, lower case.
    #[must_use]
    pub fn text_hash_hex(&self) -> String {
        self.original.hash_hex()
    }

    /// The text as it was first written.
    #[must_use]
    pub fn original(&self) -> &PetitionText {
        &self.original
    }

    /// Its translations, in the order in which they are written.
    #[must_use]
    pub fn translations(&self) -> &[PetitionText] {
        &self.translations
    }

    /// All of its texts, the original first.
    pub fn texts(&self) -> impl Iterator<Item = &PetitionText> {
        [&self.original].into_iter().chain(&self.translations)
    }

    /// The text in a language, by its tag as the source writes it.
    #[must_use]
    pub fn text_in(&self, language: &str) -> Option<&PetitionText> {
        self.texts().find(|text| text.language() == language)
    }

    /// The text of a hash in hex, as a draft has it: the original where it has none.
    #[must_use]
    pub fn text_of(&self, hash: &str) -> Option<&PetitionText> {
        if hash.is_empty() { Some(&self.original) } else { self.texts().find(|text| text.hash_hex() == hash) }
    }

    /// Whether a person signs the very same texts under both, in whatever language.
    #[must_use]
    pub fn has_same_texts(&self, other: &Petition) -> bool {
        self.texts().map(PetitionText::hash).eq(other.texts().map(PetitionText::hash))
    }
}

/// One text of a source, of which so many lines are before it: its settings, and its body as it is hashed and shown.
fn read_text(
    source: &str,
    before: u64,
    original: Option<&Settings>,
    problems: &mut Vec<SourceProblem>,
) -> (Settings, String) {
    let Some(front) = front_matter(source) else {
        problems.push(SourceProblem::at(before + 1, Kind::NoSettings));
        return (Settings::default(), String::new());
    };
    let settings = read_settings(source.get(front.yaml).unwrap_or_default(), before + 2, original, problems);
    problems.extend(unshowable_lines(source, front.end, before));
    let text = normal_body(source.get(front.end..).unwrap_or_default());
    if text.is_empty() {
        let line = original.map_or(0, |_| before + 1);
        problems.push(SourceProblem::at(line, Kind::NoText));
    }
    (settings, text)
}

fn line_count(text: &str) -> u64 {
    text.matches('\n').count() as u64
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
fn unshowable_lines(source: &str, start: usize, lines_before: u64) -> impl Iterator<Item = SourceProblem> {
    let overrides = |c| matches!(c, '\u{202d}' | '\u{202e}');
    let before = lines_before + line_count(source.get(..start).unwrap_or_default());
    let lines = source.get(start..).unwrap_or_default().split('\n');
    lines.zip(1 + before..).filter_map(move |(line, number)| {
        let bad = line.chars().any(|c| (c.is_control() && c != '\t') || overrides(c));
        bad.then(|| SourceProblem::at(number, Kind::Unshowable))
    })
}
