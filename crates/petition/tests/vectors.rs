//! The vectors that implementations in other languages are checked by too.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use petition::{Ink, Method, Petition, Signature};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    text_hash: Vec<TextHash>,
    signatures: Vec<Good>,
    signatures_refused: Vec<Refused>,
    strokes: Vec<Strokes>,
    strokes_refused: Vec<Refused>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextHash {
    name: String,
    file: Option<String>,
    source: Option<String>,
    hash: String,
    #[serde(default)]
    translations: Vec<TranslationHash>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct TranslationHash {
    language: String,
    hash: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Good {
    name: String,
    cbor: String,
    id: Uuid,
    petition: Uuid,
    signed_at: u64,
    language: String,
    text_language: Option<String>,
    method: Method,
    full_name: String,
    email: Option<String>,
    phone: Option<String>,
    #[serde(default)]
    address: [Option<String>; 5],
    comment: Option<String>,
    of_age: Option<bool>,
    ink: Option<String>,
    typed_signature: Option<String>,
    phone_as_typed: Option<String>,
    #[serde(default)]
    consents: [bool; 3],
    shift: Option<Shift>,
    withdrawal_code: Option<String>,
    paper: Option<(u32, u32)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shift {
    id: Uuid,
    place: String,
    volunteer: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    name: String,
    #[serde(alias = "cbor")]
    bytes: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Strokes {
    name: String,
    bytes: String,
    width: u16,
    height: u16,
    strokes: Vec<Vec<(u16, u16, u8)>>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn vectors() -> Vectors {
    serde_json::from_str(&fs::read_to_string(root().join("tests/vectors/petition.json")).unwrap()).unwrap()
}

fn unhex(hex: &str) -> Vec<u8> {
    HEXLOWER.decode(hex.as_bytes()).unwrap()
}

#[test]
fn text_hashes_are_those_of_the_vectors() {
    for case in vectors().text_hash {
        let source =
            case.source.unwrap_or_else(|| fs::read_to_string(root().join(case.file.unwrap())).unwrap());
        let petition = Petition::parse(Uuid::nil(), 1, &source).unwrap();
        assert_eq!(petition.text_hash_hex(), case.hash, "{}", case.name);
        let found: Vec<_> = petition
            .translations()
            .iter()
            .map(|text| TranslationHash { language: text.language().to_owned(), hash: text.hash_hex() })
            .collect();
        assert_eq!(found, case.translations, "{}", case.name);
    }
}

#[test]
fn signatures_are_read_and_written_as_in_the_vectors() {
    for case in vectors().signatures {
        let name = &case.name;
        let cbor = unhex(&case.cbor);
        let read = Signature::from_cbor(&cbor);
        let signature = read.unwrap_or_else(|error| unreachable!("{name}: {error}"));
        assert_eq!(
            (signature.id, signature.petition, signature.signed_at),
            (case.id, case.petition, case.signed_at),
            "{name}"
        );
        assert_eq!((&signature.language, signature.method), (&case.language, case.method), "{name}");
        assert_eq!(signature.text_language, case.text_language, "{name}");
        assert_eq!(signature.full_name, case.full_name, "{name}");
        assert_eq!(
            (&signature.email, &signature.phone, &signature.comment),
            (&case.email, &case.phone, &case.comment),
            "{name}"
        );
        let address = &signature.address;
        let [country, postal_code, city, region, street] = &case.address;
        assert_eq!(
            (&address.country, &address.postal_code, &address.city),
            (country, postal_code, city),
            "{name}"
        );
        assert_eq!((&address.region, &address.street), (region, street), "{name}");
        assert_eq!(signature.of_age, case.of_age, "{name}");
        let ink = signature.ink.as_ref().map(|ink| HEXLOWER.encode(&ink.to_bytes().unwrap()));
        assert_eq!(ink, case.ink, "{name}");
        assert_eq!(signature.typed_signature, case.typed_signature, "{name}");
        assert_eq!(signature.phone_as_typed, case.phone_as_typed, "{name}");
        let consents = signature.consents;
        assert_eq!([consents.public_display, consents.updates, consents.sharing], case.consents, "{name}");
        let shift =
            signature.shift.as_ref().map(|shift| (shift.id, shift.place.as_str(), shift.volunteer.as_str()));
        let expected =
            case.shift.as_ref().map(|shift| (shift.id, shift.place.as_str(), shift.volunteer.as_str()));
        assert_eq!(shift, expected, "{name}");
        assert_eq!(
            signature.withdrawal_code.as_ref().map(ToString::to_string),
            case.withdrawal_code,
            "{name}"
        );
        assert_eq!(signature.paper.map(|paper| (paper.sheet, paper.line)), case.paper, "{name}");
        assert_eq!(signature.to_cbor().unwrap().as_slice(), cbor, "{name}");
    }
}

#[test]
fn signatures_are_refused_for_the_reason_in_the_vectors() {
    let refused = vectors().signatures_refused;
    assert!(refused.len() > 40);
    for case in refused {
        let error = Signature::from_cbor(&unhex(&case.bytes)).err();
        assert_eq!(error.map(|error| error.code()), Some(case.reason.as_str()), "{}", case.name);
    }
}

#[test]
fn strokes_are_read_and_written_as_in_the_vectors() {
    for case in vectors().strokes {
        let bytes = unhex(&case.bytes);
        let ink = Ink::from_bytes(&bytes).unwrap_or_else(|error| unreachable!("{}: {error}", case.name));
        let strokes: Vec<Vec<_>> = ink
            .strokes
            .iter()
            .map(|stroke| stroke.iter().map(|p| (p.x, p.y, p.pressure)).collect())
            .collect();
        assert_eq!(
            (ink.width, ink.height, &strokes),
            (case.width, case.height, &case.strokes),
            "{}",
            case.name
        );
        assert_eq!(ink.to_bytes().unwrap().as_slice(), bytes, "{}", case.name);
    }
}

#[test]
fn strokes_are_refused_for_the_reason_in_the_vectors() {
    for case in vectors().strokes_refused {
        let error = Ink::from_bytes(&unhex(&case.bytes)).err();
        assert_eq!(error.map(|error| error.code()), Some(case.reason.as_str()), "{}", case.name);
    }
}
