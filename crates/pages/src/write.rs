//! Confirmed parts to the source of a petition.

use std::collections::BTreeSet;

use petition::{Petition, SourceProblem};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::line::Span;
use crate::markdown::heading_line;
use crate::marks::{Look, marks};
use crate::part::{Found, FoundReference, Milestone};

/// The parts of a petition as its organizer confirmed them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Parts {
    /// One line.
    pub title: String,
    /// Who started it.
    pub started_by: String,
    /// To whom it is addressed.
    pub addressed_to: String,
    /// BCP 47. Empty is a problem: no language is assumed.
    pub language: String,
    /// In signatures.
    pub goal: Option<u64>,
    /// Counts at which something happens.
    pub milestones: Vec<Milestone>,
    /// The text, as Markdown.
    pub body: String,
    /// What stands over the references, plain text. Without one, or where no mark leads to them, it is "References".
    pub references_heading: Option<String>,
    /// The references, in any order. Each is Markdown of one line.
    pub references: Vec<FoundReference>,
}

impl Found {
    /// The parts as they were found. What was not found is empty.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let text = |part: &Option<crate::part::Part<String>>| {
            part.as_ref().map(|part| part.value.clone()).unwrap_or_default()
        };
        Parts {
            title: text(&self.title),
            started_by: text(&self.started_by),
            addressed_to: text(&self.addressed_to),
            language: text(&self.language),
            goal: self.goal.as_ref().map(|goal| goal.value),
            milestones: self.milestones.iter().map(|milestone| milestone.value.clone()).collect(),
            body: text(&self.body),
            references_heading: self.references_heading.as_ref().map(|heading| heading.value.clone()),
            references: self.references.iter().map(|reference| reference.value.clone()).collect(),
        }
    }
}

/// The source that parts make, and what a petition does not take of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Written {
    /// The source: YAML front matter, then Markdown.
    pub source: String,
    /// What must be mended before it is a petition. None: it is one.
    pub problems: Vec<WriteProblem>,
}

/// Something that must be mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WriteProblem {
    /// Stable: a petition's code, such as `petition/missing-setting`, or one of `page/…`.
    pub code: String,
    /// The line of the source, from 1, where it is known.
    pub line: Option<u64>,
    /// What it is about: a setting's name, or the number of a reference.
    pub about: Option<String>,
}

/// The heading over a list of references that a petition knows even where nothing leads to it.
const REFERENCES: &str = "References";

/// Writes the source of a petition from its parts, and reads it back.
#[must_use]
pub fn write(parts: &Parts) -> Written {
    let source = source(parts);
    let mut problems = twice(&parts.references);
    match Petition::parse(Uuid::nil(), 1, &source) {
        Err(refused) => problems.extend(refused.iter().map(of_petition)),
        Ok(petition) => {
            let read: BTreeSet<u32> =
                petition.references().iter().map(|reference| reference.number).collect();
            let lost = parts.references.iter().filter(|reference| !read.contains(&reference.number));
            problems.extend(lost.map(|reference| of_reference("page/reference-lost", reference.number)));
        }
    }
    Written { source, problems }
}

fn of_petition(problem: &SourceProblem) -> WriteProblem {
    WriteProblem { code: problem.code().to_owned(), line: problem.line, about: problem.about() }
}

fn of_reference(code: &str, number: u32) -> WriteProblem {
    WriteProblem { code: code.to_owned(), line: None, about: Some(number.to_string()) }
}

/// Several references of one number: a petition would count them anew.
fn twice(references: &[FoundReference]) -> Vec<WriteProblem> {
    let (mut once, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for FoundReference { number, .. } in references {
        if !once.insert(*number) {
            twice.insert(*number);
        }
    }
    twice.into_iter().map(|number| of_reference("page/reference-twice", number)).collect()
}

fn source(parts: &Parts) -> String {
    let mut source = String::from("---\n");
    for (name, value) in [
        ("title", &parts.title),
        ("started_by", &parts.started_by),
        ("addressed_to", &parts.addressed_to),
        ("language", &parts.language),
    ] {
        source.push_str(&format!("{name}: {}\n", scalar(value)));
    }
    if let Some(goal) = parts.goal {
        source.push_str(&format!("goal: {goal}\n"));
    }
    if !parts.milestones.is_empty() {
        source.push_str("milestones:\n");
    }
    for Milestone { at, note } in &parts.milestones {
        source.push_str(&format!("  {at}: {}\n", scalar(note)));
    }
    source.push_str("---\n\n");
    source.push_str(parts.body.trim_matches(['\n', '\r']));
    source.push('\n');
    if !parts.references.is_empty() {
        source.push_str(&format!("\n## {}\n\n", heading(parts)));
    }
    let mut references: Vec<&FoundReference> = parts.references.iter().collect();
    references.sort_by_key(|reference| reference.number);
    for FoundReference { number, text } in references {
        let text = text.replace(['\n', '\r'], " ");
        source.push_str(format!("{number}. {}", text.trim()).trim_end());
        source.push('\n');
    }
    source
}

/// The heading over the references: the author's own where the text leads to them, as a petition knows them by.
fn heading(parts: &Parts) -> String {
    let numbers: BTreeSet<u32> = parts.references.iter().map(|reference| reference.number).collect();
    let is_used = marks(&parts.body).iter().any(|mark| {
        mark.look == Look::Round && matches!(mark.numbers.as_slice(), [number] if numbers.contains(number))
    });
    let own = parts.references_heading.as_deref().map(str::trim).filter(|own| !own.is_empty() && is_used);
    heading_line(&[Span::plain(&own.unwrap_or(REFERENCES).replace(['\n', '\r'], " "))])
}

/// A text as a scalar of YAML: plain where it can be nothing else, or between double quotes (YAML 1.2.2 §7.3.1).
fn scalar(text: &str) -> String {
    let text = text.trim_matches([' ', '\t']);
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if is_hidden(c) => quoted.push_str(&format!("\\U{:08x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// What YAML would not take as it is, or would take for a line's end.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text stands for itself in YAML without quotes: it begins with a letter, and holds only letters, digits, spaces and
/// marks that mean nothing there.
fn is_plain(text: &str) -> bool {
    /// Words that other readers of YAML take for something else.
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || " ,.!?'()’“”–—…-/".contains(c))
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}
