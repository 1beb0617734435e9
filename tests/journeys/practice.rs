//! A volunteer rehearses before the first shift: the whole way, and nothing of it is saved or counted.

use system_tests::Window;

use crate::{
    look::is_good,
    street::{NAME_ONLY, Street, done, kill, take_back},
};

async fn sign(window: &Window, name: &str) -> String {
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", name).await.unwrap();
    window.click("submit").await.unwrap();
    window.text("withdrawal-code").await.unwrap()
}

#[tokio::test]
async fn practice_goes_the_whole_way_says_so_and_leaves_nothing() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    street.command_line().run(&["table", "end-shift"]).unwrap();
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for("[data-testid=practise]").await.unwrap();
    is_good(&window, "a table before its first shift").await;
    window.click("practise").await.unwrap();
    window.wait_for("[data-testid=practice]").await.unwrap();
    is_good(&window, "practice").await;
    window.screenshot("practice").await.unwrap();
    // What is wrong is told as it would be.
    window.click("kiosk-sign").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=error-summary]").await.unwrap();
    window.wait_for("[data-testid=practice]").await.unwrap();
    window.click("start-over").await.unwrap();
    let code = sign(&window, "Nobody Zqxj").await;
    assert!(code.contains("00000"), "a code that is nobody's: {code}");
    window.wait_for("[data-testid=practice]").await.unwrap();
    is_good(&window, "thanks in practice").await;
    done(&window).await;
    // A power cut comes back to practice, locked.
    kill(window);
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for("[data-testid=practice]").await.unwrap();
    window.click("take-back").await.unwrap();
    window.type_into("pin", crate::street::PIN).await.unwrap();
    window.click("pin-open").await.unwrap();
    window.wait_for_text("table-saved", "0").await.unwrap();

    window.type_into("shift-place", "Market").await.unwrap();
    window.type_into("shift-volunteer", "D. R.").await.unwrap();
    window.click("start-shift").await.unwrap();
    window.click("hand-to-signers").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    assert!(!window.shows("practice").await.unwrap(), "what is signed now counts");
    let code = sign(&window, "Ada Byron").await;
    assert!(!code.contains("00000"), "{code}");
    done(&window).await;
    take_back(&window).await;
    window.wait_for_text("table-saved", "1").await.unwrap();
    // Of the visits that count, one signed and one only looked.
    window.click("hand-to-signers").await.unwrap();
    window.click("kiosk-sign").await.unwrap();
    window.click("start-over").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    window.wait_for_present("[data-testid=announced]:not(:empty)").await.unwrap();
    take_back(&window).await;
    window.click("nav-end-shift").await.unwrap();
    window.click("end-shift").await.unwrap();
    window.wait_for_text("sum-visits", "2 begun = 1 signed + 1 abandoned + 0 wiped").await.unwrap();
    window.wait_for_text("sum-lines", "no sheet was typed in").await.unwrap();
    is_good(&window, "the end of a shift").await;
    window.screenshot("shift-ended").await.unwrap();
    window.close().await.unwrap();
    let ledger = street.ledger();
    assert_eq!(crate::street::column(&ledger, "name"), ["Ada Byron"]);
}
