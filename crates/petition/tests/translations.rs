//! Petitions with translations: what belongs to which text, and what is wrong with them.
#![expect(clippy::unwrap_used, reason = "tests")]

use petition::{Choice, Draft, Facts, Method, Petition, PetitionText, ProblemCode, texts_of};
use proptest::prelude::*;
use uuid::Uuid;

const ORIGINAL: &str = "---\ntitle: Open on Sundays\nstarted_by: Friends\naddressed_to: The Council\nlanguage: en\ngoal: 50\nmilestones:\n  \
    10: Ten\n  20: Twenty\nchoices:\n  share: Pass it on\nfields: {email: required}\n---\nText (1).\n\n## References\n\n1. One\n\n";
const SPANISH: &str = "---\ntranslation: es\ntitle: Abrir los domingos\naddressed_to: El Concejo\nmilestones: {10: Diez, 20: Veinte}\n\
    choices: {share: Compartir}\n---\nTexto (1).\n\n## Referencias\n\n1. Uno\n\n";
const ARABIC: &str = "---\ntranslation: ar\ntitle: العنوان\nmilestones: {10: عشرة, 20: عشرون}\nchoices: {share: مشاركة}\n---\nنص.\n";

fn parse(texts: &[&str]) -> Petition {
    Petition::parse(Uuid::nil(), 1, &texts.concat()).unwrap()
}

#[track_caller]
fn check_problems(source: &str, expect: &[&str]) {
    let problems = Petition::parse(Uuid::nil(), 1, source).err().unwrap_or_default();
    let said: Vec<_> = problems.iter().map(|problem| format!("{} {problem}", problem.code())).collect();
    assert_eq!(said, expect, "{source}");
}

#[test]
fn each_text_has_its_own_words_and_hash_and_the_petition_its_settings() {
    let petition = parse(&[ORIGINAL, SPANISH, ARABIC]);
    let languages: Vec<_> = petition.texts().map(PetitionText::language).collect();
    assert_eq!(languages, ["en", "es", "ar"]);
    let spanish = petition.text_in("es").unwrap();
    assert_eq!(
        (spanish.title(), spanish.started_by(), spanish.addressed_to()),
        ("Abrir los domingos", "Friends", "El Concejo")
    );
    assert_eq!(spanish.milestones()[&20], "Veinte");
    assert_eq!(spanish.choices()[&Choice::Share], "Compartir");
    assert_eq!(spanish.references_heading(), Some("Referencias"));
    assert_eq!((spanish.references().len(), spanish.body().len()), (1, 1));
    assert_eq!(petition.text_in("ar").unwrap().addressed_to(), "The Council");
    assert_eq!(petition.own_goal(), Some(50));
    let goal = petition.goal(10);
    assert_eq!((goal.milestone, goal.milestone_note.as_deref()), (Some(20), Some("Twenty")));
    for text in petition.texts() {
        assert_eq!(petition.text_of(&text.hash_hex()), Some(text));
    }
    assert_eq!(petition.text_of(""), Some(petition.original()));
    assert_eq!(petition.text_of(&"0".repeat(64)), None);
}

#[test]
fn a_translation_changes_no_other_text() {
    let alone = parse(&[ORIGINAL]);
    let one = parse(&[ORIGINAL, SPANISH]);
    let both = parse(&[ORIGINAL, ARABIC, SPANISH]);
    assert_eq!(one.original(), alone.original());
    assert_eq!(both.text_in("es"), one.text_in("es"));
    assert!(!one.has_same_texts(&alone) && !both.has_same_texts(&one) && one.has_same_texts(&one.clone()));
    // It is the text that a petition in that language alone would have.
    let spanish = SPANISH.replace("translation: es", "language: es\nstarted_by: Friends");
    assert_eq!(parse(&[&spanish]).text_hash(), one.text_in("es").unwrap().hash());
}

#[test]
fn own_words_of_a_choice_are_signed() {
    let hash = |choices: &str| {
        let source = format!("---\ntitle: T\nstarted_by: S\naddressed_to: A\n{choices}---\nText.\n");
        Petition::parse(Uuid::nil(), 1, &source).unwrap().text_hash()
    };
    let (none, empty) = (hash(""), hash("choices: {}\n"));
    assert_eq!(none, empty);
    assert_ne!(hash("choices: {share: Yes}\n"), none);
    assert_ne!(hash("choices: {share: Yes}\n"), hash("choices: {share: No}\n"));
    assert_ne!(hash("choices: {share: Yes}\n"), hash("choices: {send_updates: Yes}\n"));
    assert_eq!(
        hash("choices: {share: A, send_updates: B}\n"),
        hash("choices: {send_updates: B, share: A}\n")
    );
}

#[test]
fn what_a_translation_lacks_is_said_with_its_line() {
    let one = |translation: &str| format!("{ORIGINAL}{translation}");
    check_problems(
        &one("---\ntranslation: es\n---\nTexto.\n"),
        &[
            "petition/missing-setting Line 21: The setting “title” is missing or empty.",
            "petition/untranslated-milestone Line 21: This translation has no note for the milestone at 10.",
            "petition/untranslated-milestone Line 21: This translation has no note for the milestone at 20.",
            "petition/untranslated-choice Line 21: This translation has no words for the choice “share”.",
        ],
    );
    let whole = "milestones: {10: a, 20: b}\nchoices: {share: c}\n";
    check_problems(
        &one(&format!("---\ntranslation: es\ntitle: T\n{whole}---\n\n")),
        &["petition/no-text Line 20: There is no text after the settings."],
    );
    check_problems(
        &one(&format!("---\ntranslation: es\ntitle: T\n{whole}---\n\nOne\n\nTwo \u{202e}\n")),
        &[
            "petition/unshowable Line 29: There is a control character, or one that overrides the direction of text. Remove it.",
        ],
    );
    check_problems(
        &one(
            "---\ntranslation: es\ntitle: T\nmilestones:\n  10: a\n  20: b\n  250: c\n  x: d\nchoices:\n  share: e\n  send_updates: f\n  \
              spam: g\ngoal: 5\ncolour: red\n---\nTexto.\n",
        ),
        &[
            "petition/no-such-milestone Line 26: The original has no milestone at 250.",
            "petition/not-a-number Line 27: The count of a milestone must be a whole number from 1, written in digits.",
            "petition/no-such-choice Line 30: The original has no words for the choice “send_updates”.",
            "petition/unknown-choice Line 31: There is no choice “spam”. The choices are show_publicly, send_updates and share.",
            "petition/once-only Line 32: The setting “goal” stands in the original alone, and holds for every translation.",
            "petition/unknown-setting Line 33: There is no setting “colour”. The settings are title, started_by, addressed_to, \
             language, goal, milestones, choices, fields, minimum_age and erased_by.",
        ],
    );
    check_problems(
        &one("---\ntranslation: es\ntitle: \"T\n---\nTexto.\n"),
        &["petition/settings Line 22: The settings cannot be read: unclosed quote."],
    );
    let unread = "---\ntranslation: es\ntitle: [T]\n---\nTexto.\n";
    let said = Petition::parse(Uuid::nil(), 1, &one(&unread.repeat(2))).unwrap_err();
    let lines: Vec<_> = said.iter().map(|problem| (problem.code(), problem.line)).collect();
    assert_eq!(lines, [("petition/settings", Some(22)), ("petition/settings", Some(27))]);
}

#[test]
fn a_language_is_one_that_there_is_and_has_one_text() {
    let rest = "title: T\nmilestones: {10: a, 20: b}\nchoices: {share: c}\n---\nTexto.\n";
    for (tag, problem) in [
        ("", "petition/language Line 21: The language must be a tag such as en, es or zh-Hans."),
        ("español", "petition/language Line 21: The language must be a tag such as en, es or zh-Hans."),
        (
            "sp",
            "petition/unknown-language Line 21: There is no language “sp”. Use its tag of ISO 639, such as es, zh-Hans or fil.",
        ),
        ("en", "petition/same-language Line 21: There is a text in the language en already."),
        ("EN", "petition/same-language Line 21: There is a text in the language EN already."),
    ] {
        check_problems(&format!("{ORIGINAL}---\ntranslation: {tag}\n{rest}"), &[problem]);
    }
    check_problems(
        &format!("{ORIGINAL}---\ntranslation: es\n{rest}---\ntranslation: es\n{rest}"),
        &["petition/same-language Line 28: There is a text in the language es already."],
    );
    check_problems(
        &format!("---\ntranslation: es\nstarted_by: S\naddressed_to: A\n{rest}"),
        &[
            "petition/translation-first Line 2: The first text is the original, which says language. A translation comes after it.",
        ],
    );
}

#[test]
fn choices_need_words() {
    check_problems(
        "---\ntitle: T\nstarted_by: S\naddressed_to: A\nchoices:\n  share:\n  spam: x\n  send_updates: \"a\\nb\"\n---\nText.\n",
        &[
            "petition/choice-words Line 6: The choice “share” needs its words.",
            "petition/unknown-choice Line 7: There is no choice “spam”. The choices are show_publicly, send_updates and share.",
            "petition/not-one-line Line 8: The setting “choices” must be one line of plain text.",
        ],
    );
}

fn facts() -> Facts {
    Facts {
        id: Uuid::nil(),
        signed_at: 0,
        method: Method::Kiosk,
        shift: None,
        withdrawal_code: None,
        paper: None,
    }
}

fn draft(text_hash: &str) -> Draft {
    let mut draft = Draft::default();
    draft.full_name = "Ada".into();
    draft.email = "a@b.co".into();
    draft.text_hash = text_hash.into();
    draft.language = "vi".into();
    draft
}

#[test]
fn a_signature_says_which_text_was_shown() {
    let petition = parse(&[ORIGINAL, SPANISH, ARABIC]);
    for text in petition.texts() {
        let signature = draft(&text.hash_hex()).sign(&petition, facts(), true).ok().unwrap();
        assert_eq!(signature.text_hash, text.hash());
        assert_eq!(signature.text_language.as_deref(), Some(text.language()));
        assert_eq!(signature.language, "vi", "the screen's");
    }
    let unsaid = draft("").sign(&petition, facts(), true).ok().unwrap();
    assert_eq!((unsaid.text_hash, unsaid.text_language.as_deref()), (petition.text_hash(), Some("en")));
    let alone = parse(&[ORIGINAL]);
    assert_eq!(
        draft("").sign(&alone, facts(), true).ok().unwrap().text_language,
        None,
        "there was nothing to choose"
    );
    let spanish = petition.text_in("es").unwrap().hash_hex();
    let problems = draft(&spanish).validate(&alone, Method::Kiosk);
    assert_eq!(problems[0].code, ProblemCode::TextChanged, "a text that this version has not");
}

proptest! {
    /// Whatever an organizer writes, the texts apart are the texts together.
    #[test]
    fn texts_apart_are_the_texts_together(
        bodies in prop::collection::vec("[a-zñ\n(1)#>-]{0,40}[a-z]", 1..4), end in prop::sample::select(vec!["\n", "\r\n"])
    ) {
        let languages = ["en", "es", "so", "ar"];
        let mut source = String::new();
        for (language, body) in languages.iter().zip(&bodies) {
            let key = if source.is_empty() { "started_by: S\naddressed_to: A\nlanguage" } else { "translation" };
            let head = format!("---\n{key}: {language}\ntitle: T\n---\n");
            source.push_str(&format!("{head}{body}\n"));
        }
        let source = source.replace('\n', end);
        let whole = Petition::parse(Uuid::nil(), 1, &source).unwrap();
        let apart = texts_of(&source);
        prop_assert_eq!(apart.concat(), source.clone());
        prop_assert_eq!(apart.len(), bodies.len());
        let original = Petition::parse(Uuid::nil(), 1, apart[0]).unwrap();
        prop_assert_eq!(original.original(), whole.original());
        for (text, alone) in whole.translations().iter().zip(&apart[1..]) {
            let with_it = Petition::parse(Uuid::nil(), 1, &[apart[0], alone].concat()).unwrap();
            prop_assert_eq!(&with_it.translations()[0], text);
        }
    }
}
