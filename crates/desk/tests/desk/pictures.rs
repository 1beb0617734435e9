//! Pictures of paper sheets: put together from what tables sent, shown only where they are whole and what they say.

use desk::{Desk, DeskError, NoteAbout, SheetNote, SheetPicture};
use petition::{Method, Note, PaperLine, Picture, PicturePiece, Shift};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::hand_made::{HandMadeCampaign, HandMadeTable, merge};

const SHEET: u32 = 12;
/// Noon of a day, UTC.
const DAY: u64 = 1_790_337_600;

fn note(about: NoteAbout, number: u128) -> Vec<u8> {
    let shift = Shift { id: Uuid::from_u128(5), place: "Market".into(), volunteer: String::new() };
    Note { id: Uuid::from_u128(number), written_at: DAY, shift, about }.to_cbor().unwrap().to_vec()
}

fn sheet_note(petition: Uuid) -> NoteAbout {
    NoteAbout::Sheet(SheetNote {
        petition,
        number: SHEET,
        day: DAY,
        entered: 2,
        blank: 0,
        struck: 0,
        illegible: 0,
        total: None,
        explanation: None,
    })
}

fn pieces(petition: Uuid, bytes: &[u8], hash: [u8; 32]) -> Vec<PicturePiece> {
    PicturePiece::all_of(bytes, (petition, SHEET), 1, hash)
}

/// A table that closed a sheet: its note, which lies before its pieces here, and two lines of it.
fn table_of(campaign: &HandMadeCampaign, pieces: &[PicturePiece]) -> HandMadeTable {
    let mut table = HandMadeTable::new(campaign, 1, 1);
    for (number, line) in [(1, 3), (2, 1)] {
        let mut signature = campaign.signature(number, 0, &format!("Person {number}"), None);
        (signature.method, signature.signed_at) = (Method::Paper, DAY);
        (signature.withdrawal_code, signature.ink) = (None, None);
        signature.paper = Some(PaperLine { sheet: SHEET, line });
        table.append(&signature);
    }
    let mut other = campaign.signature(3, 0, "Another sheet", None);
    (other.method, other.signed_at, other.withdrawal_code, other.ink) = (Method::Paper, DAY, None, None);
    other.paper = Some(PaperLine { sheet: SHEET + 1, line: 2 });
    table.append(&other);
    table.append_content(&note(sheet_note(campaign.petitions[0]), 1), Uuid::nil());
    for (number, piece) in (2..).zip(pieces) {
        table.append_content(&note(NoteAbout::Picture(piece.clone()), number), Uuid::nil());
    }
    table
}

fn pictures(desk: &Desk) -> Vec<SheetPicture> {
    let notes = desk.notes().unwrap();
    assert_eq!(notes.len(), 1, "pieces are told with their sheet");
    notes[0].pictures.clone()
}

fn hash_of(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn id_of(hash: [u8; 32]) -> String {
    data_encoding::HEXLOWER.encode(&hash)
}

#[test]
fn a_picture_is_put_together_and_one_that_lacks_pieces_says_so() {
    let campaign = HandMadeCampaign::new(91);
    let jpeg = Picture::of_file(&fixtures::photograph(1_000, 800, 3)).unwrap().jpeg;
    let (hash, petition) = (hash_of(&jpeg), campaign.petitions[0]);
    let pieces = pieces(petition, &jpeg, hash);
    let table = table_of(&campaign, &pieces);
    assert!(pieces.len() > 3, "{}", pieces.len());
    let (folder, mut desk) = campaign.desk();
    merge(&mut desk, &table.batch(0, 6));
    let missing = pieces.len() as u32 - 2;
    assert_eq!(pictures(&desk), [SheetPicture { id: id_of(hash), number: 1, missing }]);
    let mut reader = desk.reader().unwrap();
    let error = reader.picture(&id_of(hash)).err().unwrap();
    assert!(matches!(error, DeskError::PictureIncomplete { missing: told } if told == missing));
    for _ in 0..2 {
        merge(&mut desk, &table.whole());
        assert_eq!(pictures(&desk)[0].missing, 0);
    }
    let shown = reader.picture(&id_of(hash)).unwrap();
    assert!(shown != *jpeg && Picture::of_received(&shown).is_ok(), "it is drawn again");
    let file = folder.path().join("sheet.jpg");
    desk.write_picture(&id_of(hash).to_uppercase(), &file).unwrap();
    assert!(std::fs::read(&file).unwrap() == *jpeg);
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions()) & 0o777,
        0o600
    );
    let lines = reader.sheet_lines((table.origin.table, petition), (SHEET, DAY)).unwrap();
    let lines: Vec<_> = lines.iter().map(|line| (line.line, line.name.as_str())).collect();
    assert_eq!(lines, [(1, "Person 2"), (3, "Person 1")]);
    assert_eq!(desk.count(None).unwrap().collected, 3, "a picture is no signature");
    assert!(desk.verify().unwrap()[0].is_whole());
}

#[test]
fn what_is_not_what_its_table_said_or_no_picture_is_never_shown() {
    let campaign = HandMadeCampaign::new(92);
    let petition = campaign.petitions[0];
    let jpeg = Picture::of_file(&fixtures::photograph(600, 500, 3)).unwrap().jpeg;
    let other = Picture::of_file(&fixtures::photograph(600, 500, 4)).unwrap().jpeg;
    let (script, claimed) = (b"<svg onload='alert(1)'/>".to_vec(), [7; 32]);
    for (bytes, hash) in [(other.to_vec(), claimed), (script.clone(), hash_of(&script))] {
        let (_folder, mut desk) = campaign.desk();
        merge(&mut desk, &table_of(&campaign, &pieces(petition, &bytes, hash)).whole());
        assert_eq!(pictures(&desk)[0].missing, 0);
        let told = desk.reader().unwrap().picture(&id_of(hash)).err().unwrap();
        assert_eq!(told.code(), "desk/picture-damaged");
    }
    // Another piece in the place of one: whichever came first, it is the same.
    let hash = hash_of(&jpeg);
    let (own, mut lie) = (pieces(petition, &jpeg, hash), pieces(petition, &jpeg, hash));
    lie[0].bytes.reverse();
    for order in [[&own, &lie], [&lie, &own]] {
        let (_folder, mut desk) = campaign.desk();
        let all: Vec<PicturePiece> = order.into_iter().flatten().cloned().collect();
        merge(&mut desk, &table_of(&campaign, &all).whole());
        let first = hash_of(&own[0].bytes) < hash_of(&lie[0].bytes);
        let told = desk.reader().unwrap().picture(&id_of(hash));
        assert_eq!(told.is_ok(), first);
    }
    let (_folder, desk) = campaign.desk();
    for id in ["", "zz", &id_of(hash), &id_of(hash)[..62]] {
        assert_eq!(desk.reader().unwrap().picture(id).err().unwrap().code(), "desk/no-picture");
    }
}
