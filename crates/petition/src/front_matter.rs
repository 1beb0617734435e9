//! The settings at the top of a petition's source: YAML front matter.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::de::value::StrDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, IntoDeserializer, MapAccess, Visitor};
use serde_saphyr::Spanned;

use crate::characters::{is_unshowable, normalized};
use crate::draft::{Asked, Field};
use crate::language::is_language_tag;
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
    pub(crate) fields: BTreeMap<Field, Asked>,
    pub(crate) minimum_age: Option<u8>,
    pub(crate) erased_by: Option<String>,
}

/// Reads the front matter. `first_line` is the line of the source that `yaml` begins on. Everything wrong goes to
/// `problems`; the settings are good only where nothing did.
pub(crate) fn read_settings(yaml: &str, first_line: u64, problems: &mut Vec<SourceProblem>) -> Settings {
    let mut reader =
        Reader { before: first_line - 1, problems, settings: Settings::default(), age_asked_at: None };
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

/// A value as written, with its line.
type Written = Spanned<Option<String>>;

/// What a key may have.
enum Value {
    Scalar(Written),
    Map(Vec<(Spanned<String>, Written)>),
    Unknown,
}

/// The keys of the front matter in order, each with its value.
struct Entries(Vec<(Spanned<String>, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("settings, each as “name: value”")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entries, M::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    let value = match key.value.as_str() {
                        "title" | "started_by" | "addressed_to" | "language" | "goal" | "minimum_age"
                        | "erased_by" => Value::Scalar(map.next_value()?),
                        "milestones" | "fields" => {
                            Value::Map(map.next_value::<Option<Pairs>>()?.unwrap_or_default().0)
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            Value::Unknown
                        }
                    };
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// A map below a key: names and texts in order.
#[derive(Default)]
struct Pairs(Vec<(Spanned<String>, Written)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("indented lines, each as “name: value”")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Pairs, M::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Names)
    }
}

/// Turns entries into settings, and collects what is wrong.
struct Reader<'a> {
    /// Lines of the source before the YAML.
    before: u64,
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
                ("language", Value::Scalar(value)) => {
                    language = Some((value.value.unwrap_or_default(), line))
                }
                ("goal", Value::Scalar(value)) => self.settings.goal = self.number("goal", &value),
                ("minimum_age", Value::Scalar(value)) => self.settings.minimum_age = self.minimum_age(&value),
                ("erased_by", Value::Scalar(value)) => self.settings.erased_by = self.erased_by(value),
                ("milestones", Value::Map(pairs)) => {
                    pairs.into_iter().for_each(|(at, note)| self.milestone(at, note))
                }
                ("fields", Value::Map(pairs)) => {
                    pairs.into_iter().for_each(|(name, asked)| self.field(name, asked))
                }
                _ => self.problem(line, Kind::UnknownKey(key.value)),
            }
        }
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
        self.settings.milestones.insert(at, note);
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
