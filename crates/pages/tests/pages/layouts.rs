//! A petition of any words, laid out as a page in several ways, is recognised with its parts.

use pages::read_text;
use proptest::prelude::*;

use crate::every_line_is_told;

/// Words that are in no list of a page's own words.
fn words(from: usize, to: usize) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Alder",
        "bridge",
        "crossing",
        "Dorrit",
        "elm",
        "ferry",
        "gate",
        "harbour",
        "ivy",
        "järv",
        "kiln",
        "lantern",
        "meadow",
        "north",
        "orchard",
        "pond",
        "quay",
        "river",
        "sluice",
        "tower",
        "“under”",
        "valley",
        "weir",
        "yew",
        "l’étang",
        "(2018)",
        "1,204",
    ]);
    prop::collection::vec(word, from..to).prop_map(|words| format!("Z{}", words.join(" ")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_page_of_any_words_has_its_parts(
        title in words(3, 9), by in words(1, 4), to in words(1, 4), paragraphs in prop::collection::vec(words(12, 30), 2..5),
        references in prop::collection::vec(words(2, 8), 1..5), signed in 0u64..100_000, more in 1u64..5000, layout in 0usize..4,
    ) {
        let goal = signed + more;
        let mut body: Vec<String> = paragraphs.iter().map(|text| format!("{text}.")).collect();
        let (open, close) = if layout % 2 == 0 { ("(", ")") } else { ("[", "]") };
        for number in 1..=references.len() {
            body[0] = format!("{} {open}{number}{close}", body[0]);
        }
        let list = |mark: fn(usize) -> String| -> String {
            references.iter().enumerate().map(|(at, text)| format!("{} {text}\n", mark(at + 1))).collect()
        };
        let text = body.join("\n\n");
        let page = match layout {
            0 => format!(
                "Search\n{title}\n\n{signed} have signed. Let’s get to {goal}!\n{by} started this petition to {to}\n\n{text}\n\n{}\n\
                 Share this petition\n{title}\n{signed} have signed. Let’s get to {goal}!\n",
                list(|number| format!("({number})"))
            ),
            1 => format!(
                "{title}\nStarted by\n{by}\nPetition to\n{to}\n\n{signed}\nVerified signatures\n{goal}\nNext goal\n\n{text}\n\nSources\n{}\n\
                 Report a policy violation\n",
                list(|number| format!("[{number}]"))
            ),
            2 => format!(
                "To: {to}\n{title}\n{signed} of {goal} signatures\n\n{text}\n\nFootnotes:\n\n{}\nCreated by {by}\nUpdates\nNobody knows more.\n",
                list(|number| format!("{number}."))
            ),
            _ => format!(
                "Log in\n{title}\n\n{signed} / {goal}\n\nPetition started by {by}\nAddressed to: {to}\n\n{text}\n\n{}\nFacebook\n{title}\n",
                list(|number| format!("[{number}]"))
            ),
        };
        let found = read_text(&page).unwrap();
        every_line_is_told(&found);
        let parts = found.parts();
        prop_assert_eq!(&parts.title, &title, "{}", page);
        prop_assert_eq!((&parts.started_by, &parts.addressed_to), (&by, &to), "{}", page);
        prop_assert_eq!((found.signed.map(|signed| signed.value), parts.goal), (Some(signed), Some(goal)), "{}", page);
        prop_assert_eq!(&parts.body, &text.replace('[', "(").replace(']', ")"), "{}", page);
        let read: Vec<&str> = parts.references.iter().map(|reference| reference.text.as_str()).collect();
        prop_assert_eq!(read, references, "{}", page);
        prop_assert_eq!(found.doubts, []);
    }
}
