//! E-mail addresses: their shape, never whether someone answers.

use email_address::{EmailAddress, Options};

use crate::characters::turns_direction;
use crate::draft::ProblemCode;

/// The longest e-mail address (RFC 5321 §4.5.3.1.3 with its erratum), in bytes.
pub(crate) const EMAIL_MAX_BYTES: usize = 254;

/// What is wrong with a mended, non-empty e-mail address.
pub(crate) fn email_problem(email: &str) -> Option<ProblemCode> {
    let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
    match email.rsplit_once('@') {
        None => Some(ProblemCode::EmailNoAt),
        Some((_, "")) => Some(ProblemCode::EmailNoDomain),
        Some(_) if email.len() > EMAIL_MAX_BYTES => Some(ProblemCode::TooLong),
        Some(_) if email.chars().any(|c| c.is_control() || c.is_whitespace() || turns_direction(c)) => {
            Some(ProblemCode::EmailShape)
        }
        Some(_) => EmailAddress::parse_with_options(email, options).err().map(|_| ProblemCode::EmailShape),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_email(email: &str, expect: Option<ProblemCode>) {
        assert_eq!(email_problem(email), expect, "{email}");
    }

    #[test]
    fn the_shape_of_an_email_address_is_checked() {
        for good in [
            "a@b.co",
            "first.last+tag@sub.example.org",
            "用户@例子.公司",
            "o'neil@example.ie",
            "x_y@example-x.com",
        ] {
            check_email(good, None);
        }
        check_email("ada", Some(ProblemCode::EmailNoAt));
        check_email("ada.example.org", Some(ProblemCode::EmailNoAt));
        check_email("ada@", Some(ProblemCode::EmailNoDomain));
        for bad in [
            "@example.org",
            "ada@localhost",
            "a b@example.org",
            "ada@@example.org",
            "ada@example..org",
            "ada@.org",
            "ada@-x.org",
            "Ada <ada@example.org>",
            "ada@[127.0.0.1]",
            "ada.@example.org",
            "a\u{202e}@example.org",
            "\"a\tb\"@example.org",
        ] {
            check_email(bad, Some(ProblemCode::EmailShape));
        }
        check_email(&format!("a@{}.org", "b.".repeat(130)), Some(ProblemCode::TooLong));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_024))]
        #[test]
        fn a_local_part_in_any_script_passes(local in "[\\p{L}\\p{N}’·][\\p{L}\\p{M}\\p{N}’·]{0,14}") {
            let email = format!("{local}@example.org");
            prop_assert_eq!(email_problem(&email), None, "{}", email);
        }
    }
}
