//! Names: any script, one word or many, with no pattern that a person could fail.

use linkify::{LinkFinder, LinkKind};

use crate::characters::{Limit, has_letter, is_single_cased_letter, is_unshowable, most_marks};
use crate::draft::Field::FullName;
use crate::draft::{Problem, ProblemCode};
use crate::email::email_problem;
use crate::mend::mended_email;

/// How long a full name may be.
pub(crate) const NAME_LIMIT: Limit = Limit { graphemes: 200, bytes: 600 };

/// More marks than this on one letter are odd, in every script that people write names in.
const USUAL_MARKS: usize = 6;

/// Endings of a host that no name is known to end in when written without a space after its dot.
const HOST_ENDINGS: [&str; 11] =
    ["com", "net", "org", "info", "biz", "edu", "gov", "xyz", "online", "site", "website"];

/// What is wrong or odd with a tidied, non-empty name.
pub(crate) fn name_problems(name: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !NAME_LIMIT.holds(name) {
        problems.push(Problem::error(FullName, ProblemCode::TooLong));
    }
    if is_unshowable(name) {
        problems.push(Problem::error(FullName, ProblemCode::ControlCharacters));
    }
    // Somebody who typed into the wrong field is asked; an address in a name is no web address.
    if is_email_address(name) {
        problems.push(Problem::warning(FullName, ProblemCode::LooksLikeEmail));
    } else if holds_web_address(name) {
        problems.push(Problem::error(FullName, ProblemCode::LooksLikeUrl));
    }
    if !has_letter(name) {
        problems.push(Problem::warning(FullName, ProblemCode::NoLetters));
    }
    if is_single_cased_letter(name) || most_marks(name) > USUAL_MARKS {
        problems.push(Problem::warning(FullName, ProblemCode::UnusualName));
    }
    problems
}

/// Whether a text is an e-mail address, or a word of it is one.
fn is_email_address(text: &str) -> bool {
    text.contains('@')
        && (email_problem(&mended_email(text)).is_none()
            || text.split_whitespace().any(|word| email_problem(word).is_none()))
}

/// Whether a text holds a web address.
///
/// A scheme, `www.` or a path after a host written small tells; without these only a well-known ending does,
/// because `A.B.Vajpayee` and `St.John` have the shape of a host as well.
fn holds_web_address(text: &str) -> bool {
    let tells = |word: &str| word.contains("://") || word.to_lowercase().starts_with("www.");
    let mut hosts = LinkFinder::new();
    hosts.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    text.split_whitespace().any(tells) || hosts.links(text).any(|link| is_web_address(link.as_str()))
}

/// Whether something of the shape of a host, with or without a path, is a web address.
fn is_web_address(link: &str) -> bool {
    let host = link.split(['/', '?', '#', ':']).next().unwrap_or(link);
    let small = host.to_lowercase();
    let mut labels = small.rsplit('.').map(|label| (label, label.chars().count() > 1));
    let (ending, ending_is_long) = labels.next().unwrap_or_default();
    let (_, name_is_long) = labels.next().unwrap_or_default();
    let has_path = link.len() > host.len() && small == host;
    (has_path && ending_is_long) || (HOST_ENDINGS.contains(&ending) && name_is_long)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mend::mended_line;

    #[track_caller]
    fn check(typed: &str, expect: &[ProblemCode]) {
        let found: Vec<_> =
            name_problems(&mended_line(typed)).into_iter().map(|problem| problem.code).collect();
        assert_eq!(found, expect, "{typed}");
    }

    #[test]
    fn names_of_the_world_pass_without_a_word() {
        for name in [
            "Ng",
            "Oe",
            "李",
            "김",
            "Sukarno",
            "St. John",
            "St.John",
            "J.R. Smith",
            "J.R.R. Tolkien",
            "A.B.Vajpayee",
            "A.P.J. Abdul Kalam",
            "Md.Rahman",
            "Mary-Jane O'Neil",
            "Mary‑Jane O’Neil",
            "Jean-Luc d'Ormesson",
            "Ó Súilleabháin",
            "Þórður Jónsson",
            "Søren Kierkegaard",
            "Dvořák",
            "Nguyễn Thị Minh Khai",
            "Đặng Văn Lâm",
            "毛 泽东",
            "欧阳 娜娜",
            "山田太郎",
            "やまだ",
            "ヤマダ タロウ",
            "박찬욱",
            "남궁 민",
            "Олександра Шевченко",
            "Пётр Ильич Чайковский",
            "Ґалаґан",
            "محمد بن سلمان",
            "فاطمة الزهراء",
            "می\u{200c}ترا",
            "דוד בן־גוריון",
            "አበበ ቢቂላ",
            "ጥሩነሽ ዲባባ",
            "ሀ",
            "Xuseen Cabdi",
            "Maxamed Siyaad Barre",
            "नरेन्द्र मोदी",
            "শেখ মুজিবুর রহমান",
            "தமிழ்ச்செல்வன்",
            "శ్రీనివాస్",
            "ഗോപാലകൃഷ്ണൻ",
            "ක්\u{200d}රිස්තෝපර්",
            "အောင်ဆန်းစုကြည်",
            "สมชาย ใจดี",
            "ភូមិ",
            "ລາວ",
            "བསྟན་འཛིན་རྒྱ་མཚོ",
            "გიორგი",
            "Արամ Խաչատրյան",
            "Ελένη Καραΐνδρου",
            "ʻOkina Kahananui",
            "Kʼinich Ajaw",
            "ᏍᏏᏉᏯ",
            "ᐃᓄᒃ",
            "!Xóõ ǂKhoan",
            "Ka'ahumanu",
            "X Æ A-12",
            "Jennifer 8 Lee",
            "Robert III",
            "Martin Luther King, Jr.",
            "Dr. h.c. Anna Meier",
            "Sammy Davis Jr.",
            "Raj s/o Kumar",
            "Siti a/p Rajan",
            "M.K. Gandhi s/o K. Gandhi",
            "K.Rao/M.Devi",
            "María José de la Cruz y Ortiz",
            "de Souza",
            "van 't Hoff",
            "Kapil.Dev",
            "Ma. Teresa Santos",
            "Ñ. Peña",
            "Weiß (geb. Müller)",
            "\"Buzz\" Aldrin",
            "Null",
            "Test User",
            "Hawwa & Adam",
            "Fatou N'Diaye",
            "𞤀𞤣𞤤𞤢𞤥",
            "مُحَمَّدٌ",
            "שִׂמְחָה",
        ] {
            check(name, &[]);
        }
    }

    #[test]
    fn web_addresses_are_refused() {
        for name in [
            "http://example.org",
            "Visit https://x.example now",
            "www.x.com",
            "WWW.X.COM",
            "spam.example/path",
            "buy at spam.com",
            "SPAM.COM",
            "cheap-pills.info",
            "my.site.org",
            "ftp://x.y",
            "casino.xyz",
            "www.казино.рф",
            "go to a.example?x=1",
        ] {
            check(name, &[ProblemCode::LooksLikeUrl]);
        }
    }

    #[test]
    fn an_email_address_typed_as_a_name_is_asked_about() {
        for name in [
            "ada@example.org",
            "Ada ada@example.org",
            "ada @ example.org",
            "коля@пример.рф",
            "用户@例子.公司",
            "ada@xn--e1afmkfd.xn--p1ai",
        ] {
            check(name, &[ProblemCode::LooksLikeEmail]);
        }
        for name in ["M@rie", "@da", "Ada @ Bob"] {
            check(name, &[]);
        }
    }

    #[test]
    fn odd_names_are_only_warned_about() {
        check("X", &[ProblemCode::UnusualName]);
        check("é", &[ProblemCode::UnusualName]);
        check("…", &[ProblemCode::NoLetters]);
        check("42", &[ProblemCode::NoLetters]);
        check("🙂", &[ProblemCode::NoLetters]);
        check(&format!("Za{}lgo", "\u{315}".repeat(7)), &[ProblemCode::UnusualName]);
        check(&format!("Za{}lgo", "\u{315}".repeat(6)), &[]);
    }

    #[test]
    fn names_that_cannot_be_shown_safely_are_refused() {
        check("Ann\u{202e}a", &[ProblemCode::ControlCharacters]);
        check("Ann\u{202d}a", &[ProblemCode::ControlCharacters]);
        check("An\u{0}na", &[ProblemCode::ControlCharacters]);
        let piled = format!("Za{}lgo", "\u{315}".repeat(21));
        check(&piled, &[ProblemCode::ControlCharacters, ProblemCode::UnusualName]);
    }

    #[test]
    fn a_name_has_at_most_two_hundred_characters() {
        check(&"李".repeat(200), &[]);
        check(&"a".repeat(200), &[]);
        check(&"a".repeat(201), &[ProblemCode::TooLong]);
        check(&"👩\u{200d}👩\u{200d}👧".repeat(40), &[ProblemCode::TooLong, ProblemCode::NoLetters]);
    }
}
