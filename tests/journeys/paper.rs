//! Paper sheets, typed by keyboard alone: nothing is lost, mixed or left lying about, a power cut in the middle included.

use std::fs;

use data_encoding::BASE64;
use system_tests::Window;

use crate::{
    break_out::xdotool,
    look::is_good,
    street::{Street, column, kill, type_keys},
};

const PETITION: &str = "---
title: A bench at the pond
started_by: Friends of the Pond
addressed_to: The Parks Department
goal: 50
fields:
  postal_code: optional
  email: optional
---

There is no place to sit.
";

fn name(number: usize) -> String {
    format!("Canaria Zqxj{}", ["ab", "cde", "fghi", "klmno"][number % 4].repeat(1 + number / 4))
}

async fn wait_for_line(window: &Window, number: usize) {
    window.wait_for_present(&format!("[data-line='{number}'][data-kept=true]")).await.unwrap();
}

#[tokio::test]
async fn twenty_lines_come_from_the_keyboard_to_the_ledger_and_a_power_cut_loses_none() {
    let street = Street::set_up(&[PETITION]).await;
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("nav-paper").await.unwrap();
    window.wait_for("[data-testid=sheet-number]:focus").await.unwrap();
    is_good(&window, "a sheet that is begun").await;
    type_keys(&street.computer, "12\n");
    window.wait_for_text("line-title", "Line 1").await.unwrap();
    let lines = |numbers: std::ops::RangeInclusive<usize>| -> String {
        numbers
            .map(|number| format!("{}\nperson{number}@example.org\n{:05}\n", name(number), 98_100 + number))
            .collect()
    };
    type_keys(&street.computer, &lines(1..=7));
    wait_for_line(&window, 7).await;
    kill(window);

    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("nav-paper").await.unwrap();
    window.wait_for_text("line-title", "Line 8").await.unwrap();
    for mark in ["F4", "F8", "F2"] {
        xdotool(&street.computer, &["key", mark]);
    }
    type_keys(&street.computer, &lines(11..=18));
    // Without an @, and looked at again.
    type_keys(&street.computer, &format!("{}\nperson19\n98119\n{}", name(19), lines(20..=20)));
    wait_for_line(&window, 20).await;
    window.wait_for_text("sheet-status", "1 line is to be looked at").await.unwrap();
    is_good(&window, "a sheet with a line that is to be looked at").await;
    window.screenshot("paper").await.unwrap();
    xdotool(&street.computer, &["key", "Page_Up", "Page_Up"]);
    window.wait_for_text("line-title", "Line 19").await.unwrap();
    type_keys(&street.computer, "\nperson19@example.org\n\n");
    window.wait_for_text("line-title", "Line 21").await.unwrap();
    window.wait_for_text("sheet-status", "Page up goes").await.unwrap();
    xdotool(&street.computer, &["key", "ctrl+Return"]);
    window.wait_for("[data-testid=sheet-total]:focus").await.unwrap();
    is_good(&window, "a sheet that is to be closed").await;
    // Eighteen are found: the struck one was counted.
    type_keys(&street.computer, "19\n");
    window.wait_for_text("sheet-explanation-error", "Say why").await.unwrap();
    type_keys(&street.computer, "The struck one was counted\n");
    window.wait_for_text("sheet-closed", "Sheet 12 is closed").await.unwrap();
    window.wait_for_text("sheet-closed", "17 signatures saved").await.unwrap();
    is_good(&window, "a sheet that is closed").await;
    let next = "return document.querySelector('[data-testid=sheet-number]').value";
    assert_eq!(window.run(next, Vec::new()).await.unwrap(), "13");
    window.click("nav-table-home").await.unwrap();
    window.wait_for_text("table-this-shift", "17").await.unwrap();
    // The page that signers get is a fresh one: nothing of the names is in it.
    window.run("window.typed = true", Vec::new()).await.unwrap();
    window.click("hand-to-signers").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    assert_eq!(window.run("return typeof window.typed", Vec::new()).await.unwrap(), "undefined");
    window.close().await.unwrap();

    let ledger = street.ledger();
    let mut found: Vec<_> = column(&ledger, "paper_line")
        .iter()
        .map(|line| line.parse::<usize>().unwrap())
        .zip(column(&ledger, "name"))
        .zip(column(&ledger, "postal_code"))
        .zip(column(&ledger, "email"))
        .map(|(((line, name), postal_code), email)| (line, name, postal_code, email))
        .collect();
    found.sort();
    let expect: Vec<_> = (1..=7)
        .chain(11..=20)
        .map(|number| {
            (number, name(number), format!("{:05}", 98_100 + number), format!("person{number}@example.org"))
        })
        .collect();
    assert_eq!(found, expect);
    // The names are nowhere in clear.
    for file in walk(&street.profile) {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(4).any(|four| four == b"Zqxj"), "{}", file.display());
    }
}

#[tokio::test]
async fn a_photograph_is_sealed_with_its_sheet_and_looked_at_by_the_organizer_and_what_is_none_has_its_answer()
 {
    let street = Street::set_up(&[PETITION]).await;
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("nav-paper").await.unwrap();
    window.wait_for("[data-testid=sheet-number]:focus").await.unwrap();
    type_keys(&street.computer, "12\n");
    window.wait_for_text("line-title", "Line 1").await.unwrap();
    // As the system's dialog hands a file to the page.
    let choose = "const bytes = Uint8Array.from(atob(arguments[0]), (one) => one.charCodeAt(0))
        const chosen = new DataTransfer()
        chosen.items.add(new File([bytes], 'sheet.jpg'))
        const input = document.querySelector('[data-testid=add-picture]')
        input.files = chosen.files
        input.dispatchEvent(new Event('change', { bubbles: true }))";
    let file = |bytes: &[u8]| vec![BASE64.encode(bytes).into()];
    window.run(choose, file(b"%PDF-1.7")).await.unwrap();
    window.wait_for_text("failure", "no picture in JPEG or PNG").await.unwrap();
    window.run(choose, file(&fixtures::photograph(1_200, 900, 1))).await.unwrap();
    window.wait_for_text("pictures-status", "Sealed with the sheet when it is closed").await.unwrap();
    window.click("picture-1").await.unwrap();
    window.wait_for("[data-testid=picture-shown]").await.unwrap();
    let width = "return document.querySelector('[data-testid=picture-shown]').naturalWidth";
    assert_eq!(window.run(width, Vec::new()).await.unwrap(), 1_200);
    is_good(&window, "a picture that is looked at").await;
    window.screenshot("paper-picture").await.unwrap();
    window.click("picture-remove").await.unwrap();
    window.wait_for_text("pictures-status", "choose it, or drop it here").await.unwrap();
    window.run(choose, file(&fixtures::photograph(1_200, 900, 2))).await.unwrap();
    window.wait_for_text("pictures-status", "Sealed with the sheet when it is closed").await.unwrap();
    window.run("document.querySelector('form input').focus()", Vec::new()).await.unwrap();
    type_keys(&street.computer, "Ada Byron\nada@example.org\n98118\n");
    wait_for_line(&window, 1).await;
    xdotool(&street.computer, &["key", "ctrl+Return"]);
    window.wait_for("[data-testid=sheet-total]:focus").await.unwrap();
    type_keys(&street.computer, "1\n");
    window.wait_for_text("sheet-closed", "Sheet 12 is closed").await.unwrap();
    window.close().await.unwrap();

    // What was carried to the desk is looked at there.
    assert_eq!(column(&street.ledger(), "name"), ["Ada Byron"]);
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("nav-desk").await.unwrap();
    window.click("nav-tables").await.unwrap();
    window.click("note-picture-12-1").await.unwrap();
    window.wait_for("[data-testid=sheet-picture]").await.unwrap();
    window.wait_for_text("sheet-picture-lines", "Ada Byron").await.unwrap();
    let width = "return document.querySelector('[data-testid=sheet-picture]').naturalWidth";
    assert_eq!(window.run(width, Vec::new()).await.unwrap(), 1_200);
    is_good(&window, "a picture beside its lines").await;
    window.screenshot("sheet-picture").await.unwrap();
    window.close().await.unwrap();
}

/// Every file of a folder; of the desk there is none that is not encrypted.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => files.extend(walk(&entry.path())),
            kind if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
    files
}
