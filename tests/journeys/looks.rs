//! The long form of `languages`: every screen of the kiosk in every language, both themes, letters as they are and the largest, each
//! without and with high contrast.
//!
//! `UNDERSIGNED_LOOKS=all` asks for it; `cargo xtask looks` runs it.

use std::{cell::Cell, env};

use system_tests::{Computer, Window};

use crate::{
    languages::{LANGUAGES, is_as_ever, show, visit},
    look,
    screens::{BENCH, LIBRARY, among_two, is_told_what_is_read_aloud},
    street::Street,
};

const THEMES: [(&str, &[(&str, &str)]); 2] = [("light", &[]), ("dark", &[("GTK_THEME", "Adwaita:dark")])];

/// A size of letters, and whether it is in high contrast.
const LOOKS: [(&str, bool); 4] = [("normal", false), ("largest", false), ("normal", true), ("largest", true)];

/// Whether it is to be the long form.
pub(crate) fn are_asked_for() -> bool {
    env::var("UNDERSIGNED_LOOKS").is_ok_and(|looks| looks == "all")
}

/// Looks at them all, both themes at a time; says how many screens were looked at and what is wrong, and fails if anything is.
#[expect(clippy::print_stdout, reason = "figures, for whoever looks")]
pub(crate) async fn are_all_good() {
    let looked = Looked::default();
    let [light, dark] = THEMES.map(|(theme, environment)| looked.at_all_in(theme, environment));
    tokio::join!(light, dark);
    let (screens, wrong) = (looked.screens.get(), looked.wrong.get());
    println!(
        "{screens} screens looked at, in {} languages, {} themes and {} looks: {wrong} violations",
        LANGUAGES.len(),
        THEMES.len(),
        LOOKS.len(),
    );
    assert_eq!(wrong, 0);
}

/// What was seen so far.
#[derive(Default)]
struct Looked {
    screens: Cell<usize>,
    wrong: Cell<usize>,
}

impl Looked {
    /// In one theme: with one petition, and with two.
    #[expect(clippy::print_stdout, reason = "how far it is, for whoever waits")]
    async fn at_all_in(&self, theme: &str, environment: &[(&str, &str)]) {
        for petitions in [&[LIBRARY][..], &[LIBRARY, BENCH]] {
            let street = Street::on(Computer::start().await.unwrap(), petitions);
            let window = street.open_with(environment).await;
            let is_dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
            assert_eq!(window.run(is_dark, Vec::new()).await.unwrap(), theme == "dark");
            for (size, contrast) in LOOKS {
                let name = format!("{theme}, {size}{}", if contrast { ", high contrast" } else { "" });
                for language in LANGUAGES {
                    window.click(&format!("language-{language}")).await.unwrap();
                    show(&window, size, contrast).await;
                    let seen = async |screen: &str| {
                        self.at(&window, &format!("{screen} in {language}, {name}")).await
                    };
                    match petitions {
                        [_] => visit(&window, language, seen).await,
                        _ => among_two(&window, language, seen).await,
                    }
                    is_as_ever(&window).await;
                }
                println!("{name}, petitions: {}; {} screens so far", petitions.len(), self.screens.get());
            }
            window.close().await.unwrap();
        }
    }

    #[expect(clippy::print_stdout, reason = "what is wrong, for whoever waits")]
    async fn at(&self, window: &Window, screen: &str) {
        if screen.starts_with("1-display") {
            is_told_what_is_read_aloud(window).await;
        }
        self.screens.set(self.screens.get() + 1);
        for wrong in look::wrong_with(window).await {
            println!("{screen}: {wrong}");
            self.wrong.set(self.wrong.get() + 1);
        }
    }
}
