//! A volunteer's whole day in the window: kit, PIN, practice, shift, signers, paper by keyboard alone, sending, end of shift.

use std::fs;

use system_tests::{CommandLine, Computer, Endpoint, Window, path, sample_petition};

use crate::{
    look::is_good,
    street::{PIN, done, take_back, type_keys},
};

/// A letter for each: digits in a name would be odd.
fn name(number: usize) -> String {
    format!("Day Person{}", char::from(b'a' + number as u8))
}

#[tokio::test]
async fn a_whole_day_from_the_kit_to_the_end_of_the_shift() {
    let computer = Computer::start().await.unwrap();
    let endpoint = Endpoint::start(&computer.folder().join("endpoint")).unwrap();
    let at = |name: &str| path(computer.folder(), name).unwrap();
    let organizer = CommandLine::on(&computer, &computer.profile("organizer"));
    fs::write(at("passphrase"), "a passphrase for the backup").unwrap();
    let new =
        ["desk", "new", "--name", "Neighbors", "--endpoint", &endpoint.url(), "--backup", &at("c.backup")];
    organizer.run(&[&new[..], &["--backup-passphrase-file", &at("passphrase")]].concat()).unwrap();
    organizer.run(&["desk", "add-petition", sample_petition().to_str().unwrap()]).unwrap();
    organizer.run(&["desk", "make-kit", "--label", "Saturday", "--out", &at("street.kit")]).unwrap();

    // The morning: the kit, a PIN, practice, the shift.
    let window = Window::open(&computer, &computer.profile("volunteer")).await.unwrap();
    window.click("choose-table").await.unwrap();
    window.click("kit-paste").await.unwrap();
    let paste = "const field = document.querySelector('[data-testid=kit-text]');
        field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    window.wait_for("[data-testid=kit-text]").await.unwrap();
    window.run(paste, vec![fs::read_to_string(at("street.kit")).unwrap().into()]).await.unwrap();
    window.type_into("table-name", " Market steps ").await.unwrap();
    window.type_into("pin-new", PIN).await.unwrap();
    window.type_into("pin-repeat", PIN).await.unwrap();
    window.click("open-kit").await.unwrap();
    window.click("practise").await.unwrap();
    window.wait_for("[data-testid=practice]").await.unwrap();
    window.click("take-back").await.unwrap();
    window.type_into("pin", PIN).await.unwrap();
    window.click("pin-open").await.unwrap();
    window.type_into("shift-place", "Market").await.unwrap();
    window.type_into("shift-volunteer", "D. R.").await.unwrap();
    window.click("start-shift").await.unwrap();

    // Signers.
    window.click("hand-to-signers").await.unwrap();
    for signer in ["Ada Byron", "Amina Yusuf"] {
        window.click("kiosk-sign").await.unwrap();
        window.type_into("field-full_name", signer).await.unwrap();
        window.click("submit").await.unwrap();
        window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
        done(&window).await;
    }
    take_back(&window).await;

    // Paper: twenty lines, and no hand leaves the keys.
    window.click("nav-paper").await.unwrap();
    window.wait_for("[data-testid=sheet-number]:focus").await.unwrap();
    type_keys(&computer, "7\n");
    window.wait_for_text("line-title", "Line 1").await.unwrap();
    let fields = "return document.querySelectorAll('form input:not([type=checkbox]), form select').length";
    let fields = window.run(fields, Vec::new()).await.unwrap().as_u64().unwrap();
    let rest = "\n".repeat(usize::try_from(fields).unwrap());
    let lines: String = (0..20).map(|number| format!("{}{rest}", name(number))).collect();
    type_keys(&computer, &lines);
    window.wait_for_present("[data-line='20'][data-kept=true]").await.unwrap();
    window.click("close-sheet").await.unwrap();
    window.wait_for("[data-testid=sheet-total]:focus").await.unwrap();
    type_keys(&computer, "20\n");
    window.wait_for_text("sheet-closed", "20 signatures saved").await.unwrap();

    // The evening: everything is received, and the sums agree.
    window.click("nav-table-home").await.unwrap();
    window.wait_for_text("table-received", "22").await.unwrap();
    window.wait_for_text("table-today", "22").await.unwrap();
    window.click("nav-end-shift").await.unwrap();
    window.click("end-shift").await.unwrap();
    window.wait_for_text("shift-saved", "22").await.unwrap();
    window.wait_for_text("shift-not-received", "0").await.unwrap();
    window.wait_for_text("shift-petitions", "22").await.unwrap();
    window.wait_for_text("sum-visits", "2 begun = 2 signed").await.unwrap();
    window
        .wait_for_text("sum-signatures", "2 at the kiosk + 20 from paper = 22 more in the log")
        .await
        .unwrap();
    window.wait_for_text("sum-lines", "20 on 1 sheet = 20 entered").await.unwrap();
    window.wait_for("[data-testid=receipt]").await.unwrap();
    is_good(&window, "the end of a whole day").await;
    window.screenshot("whole-day").await.unwrap();
    window.close().await.unwrap();
    organizer.run(&["desk", "pull"]).unwrap();
    assert_eq!(organizer.run(&["desk", "count"]).unwrap()[0]["collected"], 22);
    organizer.run(&["desk", "verify"]).unwrap();
    assert_eq!(organizer.run(&["desk", "tables"]).unwrap()[0]["label"], "Market steps");
}
