//! A table whose keys are lost comes back by its recovery words, with all that was signed.

use table::{RecoveryWords, Table, TableError};

use crate::kit::{NOW, keys, receive, rng, sign, signed};

fn words(key: &table::DatabaseKey) -> String {
    RecoveryWords::of(key).unwrap().iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_table_whose_keys_are_lost_comes_back_with_all_that_was_signed_and_goes_on_in_the_next_generation() {
    let (folder, mut table) = signed(5);
    receive(&mut table, 2);
    drop(table);
    let path = folder.path().join("table");
    let mut kept = Vec::new();
    let keep = |keys: &[(&str, &[u8; 32])]| {
        kept.extend(keys.iter().map(|(name, key)| ((*name).to_owned(), **key)));
        Ok::<_, TableError>(())
    };
    let mut table = Table::recover(&path, &words(&keys().database), None, keep, NOW, &mut rng()).unwrap();
    let counts = table.counts().unwrap();
    assert_eq!((counts.saved, counts.received, counts.waiting, table.generation()), (5, 2, 3, 2));
    sign(&mut table, "Amina Yusuf");
    drop(table);
    let names: Vec<&str> = kept.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["table/database", "table/device"]);
    assert_eq!(kept[0].1, *keys().database.expose());
    assert_ne!(kept[1].1, *keys().device.expose(), "another device");
    let found = |name: &str| {
        let key = kept.iter().find(|(known, _)| known == name).unwrap().1;
        Ok::<_, TableError>(zeroize::Zeroizing::new(key))
    };
    let table = Table::open(&path, table::Keys::from_named(found).unwrap(), NOW).unwrap();
    assert_eq!((table.counts().unwrap().saved, table.generation()), (6, 2));
}

#[test]
fn a_device_key_that_is_still_there_goes_on_in_its_generation() {
    let (folder, table) = signed(1);
    drop(table);
    let (path, device) = (folder.path().join("table"), Some(keys().device));
    let keep = |_: &[(&str, &[u8; 32])]| Ok::<_, TableError>(());
    let table = Table::recover(&path, &words(&keys().database), device, keep, NOW, &mut rng()).unwrap();
    assert_eq!(table.generation(), 1);
}

#[test]
fn the_words_of_another_table_and_words_that_are_none_change_nothing() {
    let (folder, table) = signed(1);
    drop(table);
    let path = folder.path().join("table");
    let of_another = words(&table::DatabaseKey::from_bytes([9; 32]));
    for (typed, code) in
        [(of_another.as_str(), "table/recovery-other"), ("abandon art", "table/recovery-count")]
    {
        let keep = |_: &[(&str, &[u8; 32])]| Err(TableError::Damaged);
        let refused = Table::recover(&path, typed, None, keep, NOW, &mut rng()).err().unwrap();
        assert_eq!(refused.code(), code, "no key is kept");
    }
    assert_eq!(Table::open(&path, keys(), NOW).unwrap().counts().unwrap().saved, 1);
}
