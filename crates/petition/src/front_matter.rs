//! The settings at the top of a petition's source: YAML front matter.

mod entries;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::de::value::StrDeserializer;
use serde::de::{Deserialize, IntoDeserializer};
use serde_saphyr::Spanned;

use self::entries::{Entries, Value, Written};
use crate::characters::{is_unshowable, normalized};
use crate::draft::{Asked, Choice, Field};
use crate::language::{is_known_language, is_language_tag};
use crate::source_problem::{SourceProblem, SourceProblemKind as Kind};

/// The language of a petition that does not say.
const DEFAULT_LANGUAGE: &str = "en";

/// What the front matter says, checked. Texts are in NFC.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) title: String,
    pub(crate) started_by: String,
    pub(crate) addressed_to: String,
    pub(crate) language: String,
    pub(crate) goal: Option<u64>,
    pub(crate) milestones: BTreeMap<u64, String>,
    pub(crate) choices: BTreeMap<Choice, String>,
    pub(crate) fields: BTreeMap<Field, Asked>,
    pub(crate) minimum_age: Option<u8>,
    pub(crate) erased_by: Option<String>,
}

/// Reads the front matter of a petition, or of a translation of `original`. `first_line` is the line of the source that `yaml`
/// begins on. Everything wrong goes to `problems`; the settings are good only where nothing did.
pub(crate) fn read_settings(
    yaml: &str,
    first_line: u64,
    original: Option<&Settings>,
    problems: &mut Vec<SourceProblem>,
) -> Settings {
    let mut reader = Reader {
        before: first_line - 1,
        original,
        problems,
        settings: Settings::default(),
        age_asked_at: None,
    };
    // A front matter without any key is no YAML map.
    let entries = if yaml.trim().is_empty() {
        Ok(Vec::new())
    } else {
        serde_saphyr::from_str::<Entries>(yaml).map(|map| map.0)
    };
    match entries {
        Ok(entries) => reader.read(entries),
        Err(error) => {
            let line = error.location().map(|location| location.line() + reader.before).unwrap_or_default();
            let text = error.without_snippet().to_string();
            // The parser counts lines from the front matter's first: the problem says the source's line instead.
            let text = text.split(" at line ").next().unwrap_or_default().trim_end_matches('.').to_owned();
            reader.problems.push(SourceProblem::at(line, Kind::Settings(text)));
        }
    }
    reader.settings
}

/// Turns entries into settings, and collects what is wrong.
struct Reader<'a> {
    /// Lines of the source before the YAML.
    before: u64,
    /// What it is a translation of.
    original: Option<&'a Settings>,
    problems: &'a mut Vec<SourceProblem>,
    settings: Settings,
    age_asked_at: Option<u64>,
}

impl Reader<'_> {
    fn read(&mut self, entries: Vec<(Spanned<String>, Value)>) {
        let mut language = None;
        for (key, value) in entries {
            let line = self.line(&key);
            match (key.value.as_str(), value) {
                ("title", Value::Scalar(value)) => self.settings.title = self.one_line("title", &value),
                ("started_by", Value::Scalar(value)) => {
                    self.settings.started_by = self.one_line("started_by", &value)
                }
                ("addressed_to", Value::Scalar(value)) => {
                    self.settings.addressed_to = self.one_line("addressed_to", &value);
                }
                ("milestones", Value::Map(pairs)) => {
                    pairs.into_iter().for_each(|(at, note)| self.milestone(at, note))
                }
                ("choices", Value::Map(pairs)) => {
                    pairs.into_iter().for_each(|(name, words)| self.choice(name, words))
                }
                ("translation", Value::Scalar(value)) if self.original.is_some() => {
                    language = Some((value.value.unwrap_or_default(), line));
                }
                ("translation", _) => self.problem(line, Kind::TranslationFirst),
                (_, Value::Unknown) => self.problem(line, Kind::UnknownKey(key.value)),
                _ if self.original.is_some() => self.problem(line, Kind::OnceOnly(key.value)),
                ("language", Value::Scalar(value)) => {
                    language = Some((value.value.unwrap_or_default(), line))
                }
                ("goal", Value::Scalar(value)) => self.settings.goal = self.number("goal", &value),
                ("minimum_age", Value::Scalar(value)) => self.settings.minimum_age = self.minimum_age(&value),
                ("erased_by", Value::Scalar(value)) => self.settings.erased_by = self.erased_by(value),
                ("fields", Value::Map(pairs)) => {
                    pairs.into_iter().for_each(|(name, asked)| self.field(name, asked))
                }
                _ => self.problem(line, Kind::UnknownKey(key.value)),
            }
        }
        match self.original {
            None => self.end_original(language),
            Some(original) => self.end_translation(original, language.unwrap_or_default()),
        }
    }

    /// What every petition needs.
    fn end_original(&mut self, language: Option<(String, u64)>) {
        for (name, value) in [
            ("title", &self.settings.title),
            ("started_by", &self.settings.started_by),
            ("addressed_to", &self.settings.addressed_to),
        ] {
            if value.trim().is_empty() {
                self.problems.push(SourceProblem::whole(Kind::Missing(name)));
            }
        }
        self.settings.language = match language {
            Some((tag, line)) if !is_language_tag(&tag) => {
                self.problem(line, Kind::Language);
                tag
            }
            Some((tag, _)) => tag,
            None => DEFAULT_LANGUAGE.to_owned(),
        };
        if let (Some(line), None) = (self.age_asked_at, self.settings.minimum_age) {
            self.problem(line, Kind::AgeWithoutMinimum);
        }
        if self.settings.minimum_age.is_some() {
            self.settings.fields.insert(Field::OfAge, Asked::Required);
        }
    }

    /// What a translation needs: all that the original says. Names may be the original's.
    fn end_translation(&mut self, original: &Settings, (tag, line): (String, u64)) {
        if !is_language_tag(&tag) {
            self.problem(line, Kind::Language);
        } else if !is_known_language(&tag) {
            self.problem(line, Kind::UnknownLanguage(tag.clone()));
        }
        self.settings.language = tag;
        if self.settings.title.trim().is_empty() {
            self.problem(line, Kind::Missing("title"));
        }
        for (name, of_original) in [
            (&mut self.settings.started_by, &original.started_by),
            (&mut self.settings.addressed_to, &original.addressed_to),
        ] {
            if name.trim().is_empty() {
                name.clone_from(of_original);
            }
        }
        for at in original.milestones.keys().filter(|at| !self.settings.milestones.contains_key(at)) {
            self.problems.push(SourceProblem::at(line, Kind::UntranslatedMilestone(*at)));
        }
        for choice in original.choices.keys().filter(|choice| !self.settings.choices.contains_key(choice)) {
            self.problems.push(SourceProblem::at(line, Kind::UntranslatedChoice(choice.name())));
        }
    }

    fn one_line(&mut self, name: &'static str, written: &Written) -> String {
        let text = normalized(written.value.as_deref().unwrap_or_default());
        if text.contains(['\n', '\r', '\t']) || is_unshowable(&text) {
            self.problem(self.line(written), Kind::NotOneLine(name));
        }
        text.to_string()
    }

    fn number(&mut self, name: &'static str, written: &Written) -> Option<u64> {
        let text = written.value.as_deref()?;
        let number = digits(text).filter(|number| *number > 0);
        if number.is_none() {
            self.problem(self.line(written), Kind::NotANumber(name));
        }
        number
    }

    fn minimum_age(&mut self, written: &Written) -> Option<u8> {
        let text = written.value.as_deref()?;
        let age = digits(text).and_then(|age| u8::try_from(age).ok()).filter(|age| (1..=120).contains(age));
        if age.is_none() {
            self.problem(self.line(written), Kind::MinimumAge);
        }
        age
    }

    fn erased_by(&mut self, written: Written) -> Option<String> {
        let line = self.line(&written);
        let text = written.value?;
        if !is_day(&text) {
            self.problem(line, Kind::Date);
        }
        Some(text)
    }

    fn milestone(&mut self, at: Spanned<String>, note: Written) {
        let line = self.line(&at);
        let Some(at) = digits(&at.value).filter(|at| *at > 0) else {
            return self.problem(line, Kind::NotANumber("count of a milestone"));
        };
        let note = self.one_line("milestones", &note);
        if note.trim().is_empty() {
            self.problem(line, Kind::MilestoneNote(at));
        }
        if self.original.is_some_and(|original| !original.milestones.contains_key(&at)) {
            self.problem(line, Kind::NoSuchMilestone(at));
        }
        self.settings.milestones.insert(at, note);
    }

    fn choice(&mut self, name: Spanned<String>, words: Written) {
        let line = self.line(&name);
        let Some(choice) = word::<Choice>(&name.value) else {
            return self.problem(line, Kind::UnknownChoice(name.value));
        };
        let words = self.one_line("choices", &words);
        if words.trim().is_empty() {
            self.problem(line, Kind::ChoiceWords(choice.name()));
        }
        if self.original.is_some_and(|original| !original.choices.contains_key(&choice)) {
            self.problem(line, Kind::NoSuchChoice(choice.name()));
        }
        self.settings.choices.insert(choice, words);
    }

    fn field(&mut self, name: Spanned<String>, asked: Written) {
        let line = self.line(&name);
        let Some(field) = word::<Field>(&name.value) else {
            return self.problem(line, Kind::UnknownField(name.value));
        };
        let Some(asked) = word::<Asked>(asked.value.as_deref().unwrap_or_default()) else {
            return self.problem(line, Kind::NotAsked(name.value));
        };
        match field {
            Field::FullName => return self.problem(line, Kind::AlwaysAsked),
            Field::OfAge => self.age_asked_at = Some(line),
            _ => {}
        }
        self.settings.fields.insert(field, asked);
    }

    /// The line of the source that something is on; 0 where unknown.
    fn line<T>(&self, spanned: &Spanned<T>) -> u64 {
        match spanned.referenced.line() {
            0 => 0,
            line => line + self.before,
        }
    }

    fn problem(&mut self, line: u64, kind: Kind) {
        self.problems.push(SourceProblem::at(line, kind));
    }
}

/// The value that a word stands for.
fn word<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    let deserializer: StrDeserializer<'de, serde::de::value::Error> = text.into_deserializer();
    T::deserialize(deserializer).ok()
}

/// A whole number written in digits and nothing else.
fn digits(text: &str) -> Option<u64> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// Whether a text is a day of the calendar, `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    text.parse::<Date>().is_ok_and(|day| day.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        for good in ["2027-01-31", "2028-02-29", "2000-02-29", "2027-12-31"] {
            assert!(is_day(good), "{good}");
        }
        for bad in [
            "2027-02-29",
            "2100-02-29",
            "2027-04-31",
            "2027-13-01",
            "2027-00-10",
            "2027-01-00",
            "27-01-01",
            "2027-1-1",
            "soon",
            "",
            "+027-01-01",
        ] {
            assert!(!is_day(bad), "{bad}");
        }
    }
}
