//! Petitions in several languages at a table: each signature stands for the text that was shown, in its language.

use fixtures::{Terms, version_of};
use jiff::civil::date;
use petition::{Petition, Signature};
use table::{Change, Draft, SheetEnd, SheetLine, SignOutcome, Table, VisitEnd};
use tempfile::TempDir;
use wire::Update;

use crate::{
    kit::{NOW, PETITION, draft, keys, rng, world},
    opened::opened,
};

const ORIGINAL: &str = "---\ntitle: Open\nstarted_by: Us\naddressed_to: Them\n---\nWe ask for it.\n";
const SPANISH: &str = "---\ntranslation: es\ntitle: Abrir\n---\nLo pedimos.\n";
const ARABIC: &str = "---\ntranslation: ar\ntitle: فتح\n---\nنطلب ذلك.\n";

fn source(texts: &[&str]) -> String {
    texts.concat()
}

fn hash(version: &str, language: &str) -> String {
    let petition = Petition::parse(PETITION, 1, version).unwrap();
    petition.text_in(language).unwrap().hash_hex()
}

fn kit_of(petition: wire::Petition) -> String {
    let world = world();
    let terms = Terms { max_tables: 5, until: NOW + 1_000, ..Terms::default() };
    let epoch = fixtures::epoch(&world.epoch, NOW - 100, NOW + 100);
    world.campaign.kit_file(&world.campaign.kit(terms), vec![petition], vec![epoch])
}

fn opened_by(petition: wire::Petition) -> Result<(TempDir, Table), &'static str> {
    let folder = tempfile::tempdir().unwrap();
    let set_up = table::SetUp::new(&kit_of(petition), "Table 4", None, NOW).map_err(|error| error.code())?;
    let table = Table::create(&folder.path().join("table"), keys(), set_up, NOW, &mut rng());
    let mut table = table.map_err(|error| error.code())?;
    table.start_shift("Market", "D. R.", NOW, &mut rng()).unwrap();
    Ok((folder, table))
}

fn table_of(source: &str) -> (TempDir, Table) {
    opened_by(version_of(PETITION, 1, source)).unwrap()
}

fn shown(name: &str, text_hash: String) -> Draft {
    let mut draft = draft(name);
    draft.text_hash = text_hash;
    draft
}

fn is_saved(table: &mut Table, draft: &Draft) -> bool {
    matches!(table.sign(draft, true, NOW, &mut rng()).unwrap(), SignOutcome::Saved(_))
}

/// What each signature says of its text: the hash, and the language.
fn texts(table: &Table) -> Vec<(String, Option<String>)> {
    let of = |signature: &Signature| {
        (data_encoding::HEXLOWER.encode(&signature.text_hash), signature.text_language.clone())
    };
    opened(table, 0).iter().map(of).collect()
}

fn take(table: &mut Table, seq: u64, petitions: Vec<wire::Petition>) -> Result<bool, &'static str> {
    let campaign = world().campaign;
    let update = Update {
        seq,
        petitions: petitions.into_iter().map(|petition| campaign.note(petition)).collect(),
        epochs: vec![campaign.note(fixtures::epoch(&world().epoch, NOW - 100, NOW + 100))],
        ended: Vec::new(),
        certificates: Vec::new(),
    };
    table.accept_update(&campaign.note(update), NOW).map_err(|error| error.code())
}

#[test]
fn who_is_shown_a_translation_signs_it() {
    let source = source(&[ORIGINAL, SPANISH, ARABIC]);
    let (folder, mut table) = table_of(&source);
    for language in ["es", "en", "ar"] {
        assert!(is_saved(&mut table, &shown("Ada Byron", hash(&source, language))));
    }
    assert!(is_saved(&mut table, &draft("Bela Kun")));
    drop(table);
    let table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    let said = |language: &str| (hash(&source, language), Some(language.to_owned()));
    assert_eq!(texts(&table), [said("es"), said("en"), said("ar"), said("en")]);
    assert_eq!(table.languages(PETITION, 1), ["en", "es", "ar"]);
}

#[test]
fn a_petition_in_one_language_is_signed_as_it_always_was() {
    let (_folder, mut table) = table_of(ORIGINAL);
    assert!(is_saved(&mut table, &shown("Ada Byron", hash(ORIGINAL, "en"))));
    assert_eq!(texts(&table), [(hash(ORIGINAL, "en"), None)]);
    let spanish = hash(&source(&[ORIGINAL, SPANISH]), "es");
    assert!(!is_saved(&mut table, &shown("Bela Kun", spanish)), "nobody was shown that here");
}

#[test]
fn a_correction_is_of_every_language_and_a_visit_goes_on_with_the_text_that_it_shows() {
    let before = source(&[ORIGINAL, SPANISH]);
    let after = source(&[ORIGINAL, &SPANISH.replace("pedimos", "exigimos")]);
    let (_folder, mut table) = table_of(&before);
    let versions = || vec![version_of(PETITION, 1, &before), version_of(PETITION, 2, &after)];
    assert_eq!(take(&mut table, 1, versions()), Ok(true));
    let title = "Open".to_owned();
    assert_eq!(
        table.news()[0].change,
        Change::Corrected { title, version: 2 },
        "a translation is a text too"
    );
    let old = shown("Ada Byron", hash(&before, "es"));
    assert!(is_saved(&mut table, &old));
    table.end_visit(VisitEnd::Signed).unwrap();
    assert!(!is_saved(&mut table, &shown("Bela Kun", hash(&before, "es"))));
    assert!(is_saved(&mut table, &shown("Bela Kun", hash(&after, "es"))));
    let es = Some("es".to_owned());
    assert_eq!(texts(&table), [(hash(&before, "es"), es.clone()), (hash(&after, "es"), es)]);
    // Another translation under a version that is known takes a signed word back.
    let other = source(&[ORIGINAL, &SPANISH.replace("pedimos", "queremos")]);
    let contradicting = vec![version_of(PETITION, 1, &before), version_of(PETITION, 2, &other)];
    assert_eq!(take(&mut table, 2, contradicting), Err("update/unreadable"));
}

#[test]
fn a_kit_whose_translations_are_not_what_it_says_is_refused() {
    let good = version_of(PETITION, 1, &source(&[ORIGINAL, SPANISH, ARABIC]));
    opened_by(good.clone()).unwrap();
    let mut false_hash = good.clone();
    false_hash.translations[1].text_hash = good.text_hash.clone();
    let mut false_language = good.clone();
    false_language.translations[0].language = "ca".to_owned();
    let mut changed = good.clone();
    changed.translations[0].source = changed.translations[0].source.replace("pedimos", "negamos");
    let mut hidden = good.clone();
    hidden.source.push_str(&hidden.translations[0].source.clone());
    hidden.translations.remove(0);
    let mut twice = good.clone();
    twice.translations.push(good.translations[0].clone());
    for bad in [false_hash, false_language, changed, hidden, twice] {
        assert_eq!(opened_by(bad).err(), Some("kit/petition"));
    }
}

#[test]
fn a_sheet_says_which_language_is_on_its_paper() {
    let source = source(&[ORIGINAL, SPANISH]);
    let (folder, mut table) = table_of(&source);
    let mut heading = table.next_heading(date(2026, 9, 20)).unwrap();
    heading.language = Some("so".to_owned());
    assert_eq!(table.open_sheet(&heading, NOW).unwrap_err().code(), "table/no-translation");
    heading.language = Some("es".to_owned());
    table.open_sheet(&heading, NOW).unwrap();
    let line = |name| SheetLine::Entered { draft: draft(name).into(), as_on_paper: true };
    table.set_line(1, line("Ada Byron")).unwrap();
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert!(table.set_line(2, line("Bela Kun")).unwrap().problems.is_empty());
    table.close_sheet(&SheetEnd::default(), NOW, &mut rng()).unwrap();
    // The next sheet of the same stack is in the same language.
    let mut next = table.next_heading(date(2026, 9, 20)).unwrap();
    assert_eq!(next.language.as_deref(), Some("es"));
    next.language = None;
    table.open_sheet(&next, NOW).unwrap();
    table.set_line(1, line("Chen Wei")).unwrap();
    table.close_sheet(&SheetEnd::default(), NOW, &mut rng()).unwrap();
    let said = |language: &str| (hash(&source, language), Some(language.to_owned()));
    assert_eq!(texts(&table), [said("es"), said("es"), said("en")]);
}
