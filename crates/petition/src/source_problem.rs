//! What can be wrong with a petition's source.

use thiserror::Error;

/// One thing wrong with a petition's source, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}{kind}", line.map(|line| format!("Line {line}: ")).unwrap_or_default())]
pub struct SourceProblem {
    /// The line, from 1, where it is known.
    pub line: Option<u64>,
    /// Which problem.
    pub kind: SourceProblemKind,
}

impl SourceProblem {
    /// A problem at a line.
    pub(crate) fn at(line: u64, kind: SourceProblemKind) -> SourceProblem {
        SourceProblem { line: (line > 0).then_some(line), kind }
    }

    /// A problem of the source as a whole.
    pub(crate) fn whole(kind: SourceProblemKind) -> SourceProblem {
        SourceProblem { line: None, kind }
    }

    /// Stable, for screens and scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        use SourceProblemKind as Kind;
        match self.kind {
            Kind::TooLarge => "petition/too-large",
            Kind::NoSettings => "petition/no-settings",
            Kind::Settings(_) => "petition/settings",
            Kind::UnknownKey(_) => "petition/unknown-setting",
            Kind::Missing(_) => "petition/missing-setting",
            Kind::NotOneLine(_) => "petition/not-one-line",
            Kind::Language => "petition/language",
            Kind::NotANumber(_) => "petition/not-a-number",
            Kind::MinimumAge => "petition/minimum-age",
            Kind::Date => "petition/date",
            Kind::MilestoneNote(_) => "petition/milestone-note",
            Kind::UnknownField(_) => "petition/unknown-field",
            Kind::AlwaysAsked => "petition/always-asked",
            Kind::NotAsked(_) => "petition/not-asked",
            Kind::AgeWithoutMinimum => "petition/age-without-minimum",
            Kind::NoText => "petition/no-text",
            Kind::Unshowable => "petition/unshowable",
            Kind::UnknownChoice(_) => "petition/unknown-choice",
            Kind::ChoiceWords(_) => "petition/choice-words",
            Kind::TranslationFirst => "petition/translation-first",
            Kind::OnceOnly(_) => "petition/once-only",
            Kind::UnknownLanguage(_) => "petition/unknown-language",
            Kind::SameLanguage(_) => "petition/same-language",
            Kind::UntranslatedMilestone(_) => "petition/untranslated-milestone",
            Kind::NoSuchMilestone(_) => "petition/no-such-milestone",
            Kind::UntranslatedChoice(_) => "petition/untranslated-choice",
            Kind::NoSuchChoice(_) => "petition/no-such-choice",
        }
    }

    /// What it is about, for a screen's own words: the setting or field, the count of the milestone, or what the parser said.
    #[must_use]
    pub fn about(&self) -> Option<String> {
        use SourceProblemKind as Kind;
        match &self.kind {
            Kind::Settings(said) => Some(said.clone()),
            Kind::UnknownKey(name)
            | Kind::UnknownField(name)
            | Kind::NotAsked(name)
            | Kind::UnknownChoice(name)
            | Kind::OnceOnly(name)
            | Kind::UnknownLanguage(name)
            | Kind::SameLanguage(name) => Some(name.clone()),
            Kind::Missing(name)
            | Kind::NotOneLine(name)
            | Kind::NotANumber(name)
            | Kind::ChoiceWords(name)
            | Kind::UntranslatedChoice(name)
            | Kind::NoSuchChoice(name) => Some((*name).to_owned()),
            Kind::MilestoneNote(count)
            | Kind::UntranslatedMilestone(count)
            | Kind::NoSuchMilestone(count) => Some(count.to_string()),
            Kind::TooLarge
            | Kind::NoSettings
            | Kind::Language
            | Kind::MinimumAge
            | Kind::Date
            | Kind::AlwaysAsked
            | Kind::AgeWithoutMinimum
            | Kind::NoText
            | Kind::TranslationFirst
            | Kind::Unshowable => None,
        }
    }
}

/// Which problem a source has.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SourceProblemKind {
    /// More than [`SOURCE_MAX_BYTES`](crate::SOURCE_MAX_BYTES).
    #[error("The file is too large to be a petition.")]
    TooLarge,
    /// No front matter.
    #[error("The file must begin with its settings, between two lines of three hyphens (---).")]
    NoSettings,
    /// Front matter that is no YAML map of the right shape.
    #[error("The settings cannot be read: {0}.")]
    Settings(String),
    /// A key that no petition has.
    #[error(
        "There is no setting “{0}”. The settings are title, started_by, addressed_to, language, goal, milestones, choices, \
         fields, minimum_age and erased_by."
    )]
    UnknownKey(String),
    /// A key that every petition needs.
    #[error("The setting “{0}” is missing or empty.")]
    Missing(&'static str),
    /// A title or name with line breaks or control characters.
    #[error("The setting “{0}” must be one line of plain text.")]
    NotOneLine(&'static str),
    /// Not the shape of BCP 47.
    #[error("The language must be a tag such as en, es or zh-Hans.")]
    Language,
    /// A goal, or the count of a milestone.
    #[error("The {0} must be a whole number from 1, written in digits.")]
    NotANumber(&'static str),
    /// Outside 1 to 120.
    #[error("The minimum age must be a whole number from 1 to 120.")]
    MinimumAge,
    /// Not a day of the calendar.
    #[error("The date by which signatures are erased must be a day written as YYYY-MM-DD.")]
    Date,
    /// A milestone that says nothing.
    #[error("The milestone at {0} needs a note.")]
    MilestoneNote(u64),
    /// A key under `fields` that is no field.
    #[error(
        "There is no field “{0}”. The fields are email, phone, country, postal_code, city, region, street, comment, of_age \
         and ink."
    )]
    UnknownField(String),
    /// `full_name` under `fields`.
    #[error("The full name is always asked, so it is not listed among the fields.")]
    AlwaysAsked,
    /// A value under `fields` that is neither of the two words.
    #[error("The field “{0}” must be optional or required.")]
    NotAsked(String),
    /// `of_age` without `minimum_age`.
    #[error("The field of_age needs the setting minimum_age: without an age there is nothing to state.")]
    AgeWithoutMinimum,
    /// Nothing after the front matter.
    #[error("There is no text after the settings.")]
    NoText,
    /// A character that would show another text than was written.
    #[error("There is a control character, or one that overrides the direction of text. Remove it.")]
    Unshowable,
    /// A key under `choices` that is no choice.
    #[error("There is no choice “{0}”. The choices are show_publicly, send_updates and share.")]
    UnknownChoice(String),
    /// A choice that says nothing.
    #[error("The choice “{0}” needs its words.")]
    ChoiceWords(&'static str),
    /// `translation` in the first text.
    #[error("The first text is the original, which says language. A translation comes after it.")]
    TranslationFirst,
    /// A setting of the petition in a translation.
    #[error("The setting “{0}” stands in the original alone, and holds for every translation.")]
    OnceOnly(String),
    /// The shape of a tag, and no language.
    #[error("There is no language “{0}”. Use its tag of ISO 639, such as es, zh-Hans or fil.")]
    UnknownLanguage(String),
    /// A second text in a language.
    #[error("There is a text in the language {0} already.")]
    SameLanguage(String),
    /// A milestone of the original.
    #[error("This translation has no note for the milestone at {0}.")]
    UntranslatedMilestone(u64),
    /// A milestone that the original has not.
    #[error("The original has no milestone at {0}.")]
    NoSuchMilestone(u64),
    /// A choice of the original.
    #[error("This translation has no words for the choice “{0}”.")]
    UntranslatedChoice(&'static str),
    /// A choice that has no words in the original.
    #[error("The original has no words for the choice “{0}”.")]
    NoSuchChoice(&'static str),
}

#[cfg(test)]
mod tests {
    use super::{SourceProblem, SourceProblemKind as Kind};

    #[test]
    fn a_problem_says_what_it_is_about_where_its_words_name_it() {
        let about = |kind| SourceProblem::at(3, kind).about();
        assert_eq!(about(Kind::UnknownKey("colour".into())).as_deref(), Some("colour"));
        assert_eq!(about(Kind::Missing("title")).as_deref(), Some("title"));
        assert_eq!(about(Kind::NotANumber("goal")).as_deref(), Some("goal"));
        assert_eq!(about(Kind::MilestoneNote(20)).as_deref(), Some("20"));
        assert_eq!(about(Kind::NoText), None);
    }
}
