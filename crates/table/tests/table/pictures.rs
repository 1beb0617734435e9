//! Pictures of a sheet: kept until it is closed, then sealed in pieces with its lines, all or none.

use std::fs;

use fixtures::{photograph, scan};
use petition::{NoteAbout, Picture, PicturePiece};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use table::{SheetEnd, SheetHeading, SheetLine, Table};
use tempfile::TempDir;

use crate::{
    kit::{NOW, PETITION, draft, keys, rng, signed, verified, world},
    opened::notes,
};

fn begun() -> (TempDir, Table) {
    let (folder, mut table) = signed(0);
    begin(&mut table, 12);
    (folder, table)
}

fn begin(table: &mut Table, number: u32) {
    let (place, volunteer) = ("Church hall".to_owned(), "D. R.".to_owned());
    let heading = SheetHeading {
        petition: PETITION,
        number,
        day: "2026-09-20".into(),
        place,
        volunteer,
        language: None,
        version: None,
    };
    table.open_sheet(&heading, NOW).unwrap();
    let draft = Box::new(draft("Ada Byron"));
    table.set_line(1, SheetLine::Entered { draft, as_on_paper: true }).unwrap();
}

fn close(table: &mut Table) {
    table.close_sheet(&SheetEnd::default(), NOW, &mut rng()).unwrap();
}

/// The pieces of pictures in a log, from an entry on.
fn pieces(table: &Table, from: u64) -> Vec<PicturePiece> {
    let piece = |about| match about {
        NoteAbout::Picture(piece) => Some(piece),
        _ => None,
    };
    notes(table, from).into_iter().filter_map(piece).collect()
}

fn rows(folder: &TempDir) -> i64 {
    let db = Connection::open(folder.path().join("table/table.db")).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "05".repeat(32))).unwrap();
    db.query_row("SELECT count(*) FROM picture", [], |row| row.get(0)).unwrap()
}

#[test]
fn pictures_are_sealed_in_pieces_with_their_sheet_and_nothing_of_them_stays() {
    let (folder, mut table) = begun();
    let kept = table.add_picture(&photograph(1_500, 2_000, 1)).unwrap();
    assert_eq!((kept.number, kept.width, kept.height), (1, 1_200, 1_600));
    table.add_picture(&scan(900, 700, 2)).unwrap();
    let jpegs: Vec<Vec<u8>> = (1..=2).map(|number| table.picture(number).unwrap().to_vec()).collect();
    // A crash: they are there, as the lines are.
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!(table.sheet().unwrap().unwrap().pictures.len(), 2);
    close(&mut table);
    assert!(table.sheet().unwrap().is_none());
    let pieces = pieces(&table, 0);
    let sheet = notes(&table, 0).pop().unwrap();
    assert!(matches!(sheet, NoteAbout::Sheet(sheet) if sheet.number == 12), "its note is the last");
    for (number, jpeg) in (1..).zip(&jpegs) {
        let own: Vec<&PicturePiece> = pieces.iter().filter(|piece| piece.picture == number).collect();
        assert_eq!(
            own.iter().map(|piece| piece.piece).collect::<Vec<_>>(),
            (0..own.len() as u32).collect::<Vec<_>>()
        );
        let together: Vec<u8> = own.iter().flat_map(|piece| piece.bytes.clone()).collect();
        assert!(together == *jpeg, "picture {number}");
        let hash: [u8; 32] = Sha256::digest(jpeg).into();
        let is_whole = |piece: &&PicturePiece| {
            (piece.sheet, piece.petition, piece.hash, piece.pieces as usize)
                == (12, PETITION, hash, own.len())
        };
        assert!(own.iter().all(is_whole));
        assert!(Picture::of_received(&together).is_ok());
    }
    let counts = table.counts().unwrap();
    assert_eq!((counts.saved, counts.waiting), (1, 1), "a picture is no signature");
    assert_eq!(counts.entries_waiting, 1 + pieces.len() as u64 + 1);
    let batch = table.next_batch(1, 0, 4_096).unwrap();
    assert_eq!(verified(&world(), &batch.bytes).entries.len() as u64, counts.entries_waiting);
    drop(table);
    assert_eq!(rows(&folder), 0);
    let database = fs::read(folder.path().join("table/table.db")).unwrap();
    assert!(!database.windows(8).any(|eight| eight == &jpegs[0][200..208]));
}

#[test]
fn a_picture_is_taken_off_and_a_dropped_sheet_leaves_none() {
    let (folder, mut table) = begun();
    for seed in 1..=3 {
        table.add_picture(&photograph(400, 300, seed)).unwrap();
    }
    let third = table.picture(3).unwrap();
    table.remove_picture(2).unwrap();
    assert!(table.picture(2).unwrap() == third, "those after it move up");
    let numbers = |table: &Table| {
        table.sheet().unwrap().unwrap().pictures.iter().map(|kept| kept.number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&table), [1, 2]);
    for number in [0, 3] {
        assert_eq!(table.remove_picture(number).err().unwrap().code(), "table/no-picture");
    }
    table.drop_sheet().unwrap();
    assert_eq!(table.add_picture(&photograph(400, 300, 1)).err().unwrap().code(), "table/no-sheet");
    begin(&mut table, 13);
    assert!(numbers(&table).is_empty());
    close(&mut table);
    assert!(pieces(&table, 0).is_empty());
    drop(table);
    assert_eq!(rows(&folder), 0);
}

#[test]
fn what_is_no_picture_and_one_too_many_leave_the_sheet_as_it_was() {
    let (_folder, mut table) = begun();
    for (file, code) in [
        (b"%PDF-1.7\n".to_vec(), "picture/format"),
        (photograph(400, 300, 1)[..900].to_vec(), "picture/damaged"),
        (vec![0; 33 << 20], "picture/too-large"),
    ] {
        assert_eq!(table.add_picture(&file).err().unwrap().code(), code);
    }
    for seed in 1..=8 {
        table.add_picture(&photograph(200, 150, seed)).unwrap();
    }
    assert_eq!(table.add_picture(&photograph(200, 150, 9)).err().unwrap().code(), "table/pictures-many");
    let sheet = table.sheet().unwrap().unwrap();
    assert_eq!((sheet.lines.len(), sheet.pictures.len()), (1, 8));
    close(&mut table);
    assert_eq!(pieces(&table, 0).iter().map(|piece| piece.picture).max(), Some(8));
}
