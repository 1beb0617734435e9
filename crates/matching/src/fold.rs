//! Texts brought to one form, so that spellings of the same thing are equal.

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

/// An e-mail address for comparing: NFC, case folded. Never for sending to.
pub fn fold_email(email: &str) -> String {
    // Folding can take a text out of its normal form, and the normal form can hide a capital from folding.
    let folded = fold_case(&email.nfc().collect::<String>());
    fold_case(&folded.nfc().collect::<String>()).nfc().collect()
}

/// A name, or any text that is searched, for comparing: NFKC, case folded, every run of white space one space,
/// none at the ends.
pub fn fold_name(name: &str) -> String {
    let folded = fold_case(&name.nfkc().collect::<String>());
    let folded: String = fold_case(&folded.nfkc().collect::<String>()).nfkc().collect();
    // Last, because NFKC makes spaces: U+00A8, for one, becomes a space and a mark.
    let mut spaced = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// Full case folding of Unicode, the same in every language.
fn fold_case(text: &str) -> String {
    UniCase::new(text).to_folded_case()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_same_name(one: &str, other: &str) {
        assert_eq!(fold_name(one), fold_name(other));
    }

    #[test]
    fn spellings_of_one_name_are_equal() {
        check_same_name("Ada Lovelace", "ADA  LOVELACE");
        check_same_name(" Zoë\u{a0}Weiß ", "Zoe\u{308} WEISS");
        check_same_name("Ａｄａ", "ada");
        check_same_name("ΣΊΣΥΦΟΣ", "σίσυφος");
        check_same_name("山田\u{3000}太郎", "山田 太郎");
        check_same_name("ﬁona", "Fiona");
        check_same_name("Ǆemal", "ǆemal");
    }

    #[test]
    fn different_names_stay_different() {
        for (one, other) in [("Ada Lovelace", "AdaLovelace"), ("José", "Jose"), ("Ng", "Ngo"), ("李", "季")]
        {
            assert_ne!(fold_name(one), fold_name(other));
        }
    }

    #[test]
    fn addresses_fold_their_case_and_nothing_else() {
        assert_eq!(fold_email("Ada@Example.ORG"), "ada@example.org");
        assert_eq!(fold_email("JOSE\u{301}@x.org"), fold_email("josé@x.org"));
        assert_ne!(fold_email("ada+petition@x.org"), fold_email("ada@x.org"));
        assert_ne!(fold_email("a.da@x.org"), fold_email("ada@x.org"));
        // NFC keeps compatibility forms apart, where NFKC would not.
        assert_ne!(fold_email("ﬀ\u{2460}@x.org"), fold_email("ff1@x.org"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let name = fold_name(&text);
            prop_assert_eq!(fold_name(&name), name);
            let email = fold_email(&text);
            prop_assert_eq!(fold_email(&email), email);
        }

        #[test]
        fn case_does_not_matter(text in "[a-zA-ZäöüÄÖÜßéÉñÑœŒа-яА-Яα-ωΑ-Ω ]{0,40}") {
            prop_assert_eq!(fold_name(&text), fold_name(&text.to_uppercase()));
            prop_assert_eq!(fold_email(&text), fold_email(&text.to_uppercase()));
        }
    }
}
