//! Every language from the invitation to the thanks, and every screen in every theme.

use serde_json::json;
use system_tests::{Computer, Window};

use crate::{
    look, looks, screens,
    street::{EVERYTHING, NAME_ONLY, Street, column, done},
};

/// Those of the kiosk, as its buttons name them.
pub(crate) const LANGUAGES: [&str; 12] =
    ["en", "es", "vi", "zh-Hans", "fil", "ko", "so", "am", "ru", "uk", "ar", "fr"];

/// Latin, Arabic, Han and Ethiopic: their pictures are kept.
const PICTURED: [&str; 4] = ["es", "ar", "zh-Hans", "am"];

#[tokio::test]
async fn each_language_goes_from_start_to_end() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    for language in LANGUAGES {
        walk(&window, language, "light").await;
    }
    window.close().await.unwrap();
    let mut signed = column(&street.ledger(), "language");
    signed.sort();
    let mut languages = LANGUAGES;
    languages.sort_unstable();
    assert_eq!(signed, languages, "each signature says the language of its screen");
}

#[tokio::test]
async fn each_language_is_as_good_in_the_dark() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open_with(&[("GTK_THEME", "Adwaita:dark")]).await;
    let dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    assert_eq!(window.run(dark, Vec::new()).await.unwrap(), true);
    for language in LANGUAGES {
        walk(&window, language, "dark").await;
    }
    window.close().await.unwrap();
}

#[tokio::test]
async fn each_language_is_as_good_in_the_largest_letters_and_high_contrast() {
    if looks::are_asked_for() {
        return looks::are_all_good().await;
    }
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    for language in LANGUAGES {
        window.click(&format!("language-{language}")).await.unwrap();
        show(&window, "largest", true).await;
        through(&window, &format!("{language}-light-contrast-largest"), PICTURED.contains(&language)).await;
        is_as_ever(&window).await;
    }
    window.close().await.unwrap();
}

#[tokio::test]
async fn every_size_of_letters_is_as_good_in_the_dark() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open_with(&[("GTK_THEME", "Adwaita:dark")]).await;
    for language in ["en", "ar", "ko", "so"] {
        for size in ["small", "large", "largest"] {
            window.click(&format!("language-{language}")).await.unwrap();
            show(&window, size, size != "large").await;
            through(&window, &format!("{language}-dark-{size}"), PICTURED.contains(&language)).await;
            is_as_ever(&window).await;
        }
    }
    window.close().await.unwrap();
}

#[tokio::test]
async fn the_choice_among_petitions_fits_in_every_language() {
    let street = Street::set_up(&[EVERYTHING, NAME_ONLY]).await;
    let window = street.open().await;
    for size in ["normal", "largest"] {
        show(&window, size, false).await;
        for language in LANGUAGES {
            window.click(&format!("language-{language}")).await.unwrap();
            look::is_good(&window, &format!("the choice in {language}, {size}")).await;
        }
    }
    window.close().await.unwrap();
}

/// Letters of that size, and high contrast, by the kiosk's own choices.
pub(crate) async fn show(window: &Window, size: &str, contrast: bool) {
    window.click("display").await.unwrap();
    window.click(&format!("size-{size}")).await.unwrap();
    if contrast {
        window.click("high-contrast").await.unwrap();
    }
    // By its key: what can be read aloud is told meanwhile, and moves the button.
    window.press("\u{e00c}").await.unwrap();
    window.wait_until_gone("[data-testid=display-close]").await.unwrap();
}

/// What somebody chose goes with them: language, size and contrast.
pub(crate) async fn is_as_ever(window: &Window) {
    let page = "const page = document.documentElement;
        return [page.lang, page.className, page.style.getPropertyValue('--capital')]";
    let page = window.run(page, Vec::new()).await.unwrap();
    assert_eq!(page, json!(["en", "kiosk", "4.9"]), "the next person finds the kiosk as it was");
}

#[tokio::test]
async fn every_screen_fits_a_small_and_a_large_display() {
    if let Some(languages) = screens::asked_for() {
        return screens::are_pictured_in(&languages).await;
    }
    for (width, height) in [(1024, 768), (1920, 1080)] {
        let street = Street::on(Computer::with_screen(width, height, true).await.unwrap(), &[EVERYTHING]);
        let window = street.open().await;
        for language in ["en", "ru", "ar", "fil"] {
            window.click(&format!("language-{language}")).await.unwrap();
            through(&window, &format!("{language}-{width}"), language == "ru").await;
        }
        window.close().await.unwrap();
    }
}

async fn walk(window: &Window, language: &str, theme: &str) {
    window.click(&format!("language-{language}")).await.unwrap();
    let page = "return [document.documentElement.lang, document.documentElement.dir]";
    let page = window.run(page, Vec::new()).await.unwrap();
    assert_eq!(page[0], language);
    assert_eq!(page[1], if language == "ar" { "rtl" } else { "ltr" });
    through(window, &format!("{language}-{theme}"), PICTURED.contains(&language)).await;
}

/// Every screen once: looked at by machine, and as a picture where one is kept.
pub(crate) async fn through(window: &Window, name: &str, pictured: bool) {
    let language = name.split('-').next().unwrap();
    let seen = async |screen: &str| look::is_kept(window, name, screen, pictured).await;
    visit(window, language, seen).await;
}

/// A whole visit by somebody of that language: each screen once, told to `seen` by its name.
pub(crate) async fn visit(window: &Window, language: &str, seen: impl AsyncFn(&str)) {
    let person = screens::person(language);
    window.wait_for("[data-testid=kiosk-sign]").await.unwrap();
    seen("0-invite").await;
    for (testid, close) in [("language", "language-close"), ("display", "display-close")] {
        window.click(testid).await.unwrap();
        seen(&format!("1-{testid}")).await;
        window.click(close).await.unwrap();
    }
    window.click("take-back").await.unwrap();
    window.wait_for("[data-testid=pin]").await.unwrap();
    seen("2-pin").await;
    window.click("pin-forgotten").await.unwrap();
    window.wait_for("[data-testid=reset-code]").await.unwrap();
    seen("2-pin-reset").await;
    window.click("pin-cancel").await.unwrap();
    window.click("kiosk-read").await.unwrap();
    window.wait_for("[data-testid=reference-mark-1]").await.unwrap();
    seen("3-read").await;
    window.click("privacy").await.unwrap();
    seen("4-privacy").await;
    window.click("privacy-close").await.unwrap();
    window.click("kiosk-sign").await.unwrap();
    window.wait_for("[data-testid=field-full_name]").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=error-summary]").await.unwrap();
    seen("5-sign-errors").await;
    window.type_into("field-full_name", person).await.unwrap();
    window.type_into("field-email", "sukarno@example.org").await.unwrap();
    window.draw("field-ink", &[(0.2, 0.5), (0.4, 0.3), (0.5, 0.6), (0.8, 0.4)]).await.unwrap();
    window.click("field-of_age").await.unwrap();
    window.wait_until_gone("[data-testid=error-summary]").await.unwrap();
    seen("7-sign").await;
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    seen("8-thanks").await;
    done(window).await;
}
