//! Petitions in several languages at the desk: each text is known by its hash, and each signature says which it is of.

use desk::Standing;
use petition::Petition;
use rand::{SeedableRng, rngs::StdRng};
use wire::Kit;

use crate::hand_made::{DAY, HandMadeCampaign, HandMadeTable, NOW, csv, merge, source, taken};

const SPANISH: &str = "---\ntranslation: es\ntitle: Árboles\n---\nLo pedimos.\n";
const SOMALI: &str = "---\ntranslation: so\ntitle: Geedo\n---\nWaan codsanaynaa.\n";

fn with_translations() -> String {
    [&source("Trees"), SPANISH, SOMALI].concat()
}

/// The rows of the CSV: name, the hash of the text that was signed, its language, and what the signature stands for.
fn rows(csv: &str) -> Vec<[String; 4]> {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let columns = ["name", "text_hash", "text_language", "standing"]
        .map(|name| header.iter().position(|column| column == name).unwrap());
    let mut rows: Vec<_> =
        reader.records().map(|row| row.unwrap()).map(|row| columns.map(|at| row[at].to_owned())).collect();
    rows.sort();
    rows
}

#[test]
fn a_signature_of_a_translation_counts_and_says_its_language() {
    let campaign = HandMadeCampaign::new(11);
    let (_folder, mut desk) = campaign.desk();
    let petition = campaign.petitions[0];
    let translated = Petition::parse(petition, 2, &with_translations()).unwrap();
    let of = |number: u128, name: &str, language: &str, said: Option<&str>| {
        let mut signature = campaign.signature(number, 0, name, None);
        signature.text_hash = translated.text_in(language).unwrap().hash();
        signature.text_language = said.map(str::to_owned);
        signature
    };
    let mut table = HandMadeTable::new(&campaign, 1, 1);
    table.append(&campaign.signature(1, 0, "Ada", None));
    table.append(&of(2, "Bela", "es", Some("es")));
    table.append(&of(3, "Chen", "so", Some("so")));
    table.append(&of(4, "Dee", "en", Some("en")));
    table.append(&of(5, "Eve", "es", Some("so")));
    assert_eq!(taken(&merge(&mut desk, &table.batch(0, 1))), (1, 0, 1, 0));
    assert_eq!(desk.correct_petition(petition, &with_translations(), NOW).unwrap(), 2);
    assert_eq!(taken(&merge(&mut desk, &table.whole())), (4, 1, 4, 0));
    let hash = |language: &str| translated.text_in(language).unwrap().hash_hex();
    let row = |name: &str, text: &str, language: &str, standing: &str| {
        [name.to_owned(), hash(text), language.to_owned(), standing.to_owned()]
    };
    assert_eq!(
        rows(&csv(&desk)),
        [
            row("Ada", "en", "en", "counted"),
            row("Bela", "es", "es", "counted"),
            row("Chen", "so", "so", "counted"),
            row("Dee", "en", "en", "counted"),
            row("Eve", "es", "so", "in_review"),
        ],
        "whose words say another language than the text's waits for the organizer"
    );
    assert!(csv(&desk).contains("signature/other-language"));
    let ledger = desk.ledger("Bela", 0, 9).unwrap();
    assert_eq!(ledger.rows[0].text_language.as_deref(), Some("es"));
    assert_eq!(ledger.rows[0].text_hash, hash("es"));
    assert_eq!(ledger.rows[0].standing, Standing::Counted);
}

#[test]
fn a_text_that_is_not_known_waits_and_its_language_is_what_the_signature_says() {
    let campaign = HandMadeCampaign::new(12);
    let (_folder, mut desk) = campaign.desk();
    let mut table = HandMadeTable::new(&campaign, 1, 1);
    for (number, name, said) in [(1, "Ada", Some("es")), (2, "Bela", None)] {
        let mut signature = campaign.signature(number, 0, name, None);
        signature.text_hash = [7; 32];
        signature.text_language = said.map(str::to_owned);
        table.append(&signature);
    }
    merge(&mut desk, &table.whole());
    let found: Vec<_> =
        rows(&csv(&desk)).into_iter().map(|[name, _, language, _]| (name, language)).collect();
    assert_eq!(found, [("Ada".to_owned(), "es".to_owned()), ("Bela".to_owned(), String::new())]);
}

#[test]
fn a_kit_carries_the_original_by_itself_and_each_translation_with_its_hash() {
    let campaign = HandMadeCampaign::new(13);
    let (_folder, mut desk) = campaign.desk();
    let plain = campaign.kit.clone();
    assert!(!plain.contains("translations"), "a kit without any is as it was");
    let petition = campaign.petitions[0];
    desk.correct_petition(petition, &with_translations(), NOW).unwrap();
    let mut rng = StdRng::seed_from_u64(1);
    let (_, kit) = desk.make_kit("Kit", 9, NOW + 30 * DAY, NOW, &mut rng).unwrap();
    let kit = Kit::open(&kit, NOW, None).unwrap();
    let document = kit.petitions.iter().map(|note| &note.body).find(|body| body.version == 2).unwrap();
    assert_eq!(document.source, source("Trees"));
    assert_eq!(document.whole_source(), with_translations());
    let parsed = Petition::parse(petition, 2, &with_translations()).unwrap();
    let said: Vec<_> =
        document.translations.iter().map(|text| (text.language.clone(), text.text_hash.clone())).collect();
    let expect: Vec<_> =
        parsed.translations().iter().map(|text| (text.language().to_owned(), text.hash_hex())).collect();
    assert_eq!(said, expect);
    assert_eq!(document.text_hash, parsed.text_hash_hex());
    assert_eq!(parsed.text_hash(), campaign.text_hash(0), "the original is the text that it was");
    // The very same source again changes nothing.
    assert_eq!(desk.correct_petition(petition, &with_translations(), NOW).unwrap(), 2);
}
