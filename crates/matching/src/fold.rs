//! Texts brought to one form, so that spellings of the same thing are equal.

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

/// An e-mail address for comparing: NFC, case folded, its domain in Unicode also where it was typed in its `xn--` form.
/// Never for sending to.
pub(crate) fn fold_email(email: &str) -> String {
    let folded = fold_text(email);
    match folded.rsplit_once('@') {
        Some((local, domain)) if domain.contains(ENCODED) => {
            let labels: Vec<_> = domain.split('.').map(decoded).collect();
            format!("{local}@{}", labels.join("."))
        }
        _ => folded,
    }
}

/// What a label of a domain begins with that stands for another one in Unicode (RFC 5890).
const ENCODED: &str = "xn--";

/// What a label stands for (UTS #46); itself, where it stands for nothing else.
fn decoded(label: &str) -> String {
    if !label.starts_with(ENCODED) {
        return label.to_owned();
    }
    let (unicode, valid) = idna::domain_to_unicode(label);
    if valid.is_ok() { fold_text(&unicode) } else { label.to_owned() }
}

/// NFC, case folded.
fn fold_text(text: &str) -> String {
    // Folding can take a text out of its normal form, and the normal form can hide a capital from folding.
    let folded = fold_case(&text.nfc().collect::<String>());
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

    #[test]
    fn a_domain_and_its_encoded_form_are_one() {
        for (unicode, encoded) in [
            ("коля@пример.рф", "коля@xn--e1afmkfd.xn--p1ai"),
            ("user@例子.公司", "USER@XN--FSQU00A.XN--55QX5D"),
            ("sara@موقع.عمان", "sara@xn--4gbrim.xn--mgb9awbf"),
            ("hoa@ví-dụ.vn", "hoa@xn--v-d-rma6749a.vn"),
            ("ada@mail.Bücher.example", "ada@mail.xn--bcher-kva.example"),
        ] {
            assert_eq!(fold_email(unicode), fold_email(encoded), "{encoded}");
        }
        // What stands for nothing is itself, and what is before the @ is no domain.
        assert_eq!(fold_email("a@xn--a.example"), "a@xn--a.example");
        assert_ne!(fold_email("xn--e1afmkfd@x.org"), fold_email("пример@x.org"));
    }

    proptest! {
        #[test]
        fn an_encoded_domain_is_folded_once(label in "[a-zA-Z0-9-]{0,12}", local in "[a-z]{1,3}") {
            let email = fold_email(&format!("{local}@xn--{label}.org"));
            prop_assert_eq!(fold_email(&email), email);
        }

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
