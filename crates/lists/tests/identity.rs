//! The same file again, or the same rows in another file of the same export, are the same signatures.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{collections::BTreeSet, io::Cursor};

use lists::{Identities, Reading, Row, Table};
use proptest::prelude::*;
use uuid::Uuid;

fn ids(text: &str, petition: Uuid) -> Vec<Uuid> {
    let mut table = Table::open(Cursor::new(text.as_bytes()), &Reading::text("UTF-8", ',')).unwrap();
    let mut identities = Identities::new(petition, table.headings());
    let (mut row, mut ids) = (Row::default(), Vec::new());
    while table.next(&mut row).unwrap() {
        ids.push(identities.next(&row));
    }
    ids
}

#[test]
fn an_id_is_of_version_8_and_stays_what_it_is() {
    let one = ids("Name,E-Mail\nAda Example,ada@example.org\n", Uuid::from_u128(1))[0];
    assert_eq!(one.get_version_num(), 8);
    // Whoever changes how ids are made takes every list in twice.
    assert_eq!(one.to_string(), "971b5b86-dac6-8610-b57f-7468b8a94aed");
    assert_ne!(ids("Name,E-Mail\nAda Example,ada@example.org\n", Uuid::from_u128(2)), [one]);
}

#[test]
fn two_people_of_one_row_are_two() {
    let twice = ids("Name,City\nAda,Ulm\nAda,Ulm\nBo,Ulm\n", Uuid::nil());
    assert_eq!(twice.iter().collect::<BTreeSet<_>>().len(), 3);
    // What stands in another column is another row.
    assert_ne!(ids("Name,City\nUlm,\n", Uuid::nil()), ids("Name,City\n,Ulm\n", Uuid::nil()));
}

#[test]
fn new_columns_that_are_empty_and_headings_written_otherwise_change_nothing() {
    let plain = ids("Name,E-Mail\nAda,a@example.org\n", Uuid::nil());
    assert_eq!(ids("e_mail,Phone,NAME \na@example.org,, Ada\n", Uuid::nil()), plain);
}

proptest! {
    #[test]
    fn rows_and_columns_may_be_in_any_order(
        rows in prop::collection::vec(prop::collection::vec("[ab]{0,2}", 3), 1..12),
        (columns, order) in (Just(vec![0_usize, 1, 2]).prop_shuffle(), any::<u64>()),
    ) {
        let table = |rows: &[Vec<String>], columns: &[usize]| {
            let line = |cells: &[String]| columns.iter().map(|at| format!("\"{}\"", cells[*at])).collect::<Vec<_>>().join(",");
            let headings = ["One", "Two", "Three"].map(str::to_owned);
            std::iter::once(line(&headings)).chain(rows.iter().map(|row| line(row))).collect::<Vec<_>>().join("\n")
        };
        let mut turned = rows.clone();
        let middle = usize::try_from(order).unwrap_or_default() % rows.len();
        turned.rotate_left(middle);
        let sorted = |text: &str| ids(text, Uuid::nil()).into_iter().collect::<BTreeSet<_>>();
        let plain = sorted(&table(&rows, &[0, 1, 2]));
        prop_assert_eq!(plain.len(), rows.len());
        prop_assert_eq!(sorted(&table(&turned, &columns)), plain);
    }
}
