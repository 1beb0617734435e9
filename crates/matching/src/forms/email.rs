//! E-mail addresses by the mailbox that they reach.

use crate::fold::fold_email;

/// Domains of one provider, the first the one that is compared; and which marks it does not see in front of the @.
struct Provider {
    domains: &'static [&'static str],
    /// Letters before the @ that make no difference.
    unseen: &'static [char],
    /// What follows a plus makes no difference.
    plus: bool,
}

/// What the providers say themselves of dots, plus signs and their second domains.
const PROVIDERS: [Provider; 8] = [
    Provider { domains: &["gmail.com", "googlemail.com"], unseen: &['.'], plus: true },
    Provider {
        domains: &["proton.me", "protonmail.com", "protonmail.ch", "pm.me"],
        unseen: &['.', '-', '_'],
        plus: true,
    },
    Provider { domains: &["icloud.com", "me.com", "mac.com"], unseen: &[], plus: true },
    Provider {
        domains: &["yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz", "yandex.ua"],
        unseen: &[],
        plus: true,
    },
    Provider { domains: &["outlook.com"], unseen: &[], plus: true },
    Provider { domains: &["hotmail.com"], unseen: &[], plus: true },
    Provider { domains: &["live.com"], unseen: &[], plus: true },
    Provider { domains: &["fastmail.com", "fastmail.fm"], unseen: &[], plus: true },
];

/// Domains that nobody has, beside the one that was meant.
const SLIPS: [(&str, &[&str]); 6] = [
    (
        "gmail.com",
        &[
            "gmial.com",
            "gamil.com",
            "gmal.com",
            "gmil.com",
            "gmai.com",
            "gmaill.com",
            "gmail.co",
            "gmail.con",
            "gmail.cm",
            "gmail.om",
            "gmail.comm",
            "gnail.com",
            "gmaul.com",
            "gmail.cim",
            "googlemail.co",
        ],
    ),
    (
        "hotmail.com",
        &[
            "hotmial.com",
            "hotmal.com",
            "hotmai.com",
            "hotmil.com",
            "homail.com",
            "hotmail.con",
            "hotmail.co",
            "hotnail.com",
        ],
    ),
    ("yahoo.com", &["yaho.com", "yahooo.com", "yhoo.com", "yahoo.con", "yahoo.co", "yahho.com", "uahoo.com"]),
    ("outlook.com", &["outlok.com", "outloook.com", "outlook.con", "outlook.co", "oulook.com", "otlook.com"]),
    ("icloud.com", &["iclod.com", "icloud.con", "icloud.co", "icoud.com", "iclould.com"]),
    ("aol.com", &["aol.con", "aol.co", "aoll.com"]),
];

/// The mailbox that an address reaches, for comparing, never for sending to. None where there is none.
pub fn mailbox(email: &str) -> Option<String> {
    let email = email.trim();
    let folded = if email.is_ascii() {
        email.to_ascii_lowercase()
    } else {
        let seen: String =
            email.chars().filter(|letter| !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}')).collect();
        fold_email(seen.trim())
    };
    let (local, domain) = folded.rsplit_once('@')?;
    let domain = domain_form(domain.trim_end_matches('.'));
    if local.is_empty() || domain.is_empty() {
        return None;
    }
    let Some(provider) = PROVIDERS.iter().find(|provider| provider.domains.contains(&&*domain)) else {
        return Some(format!("{local}@{domain}"));
    };
    let seen = if provider.plus { local.split('+').next().unwrap_or(local) } else { local };
    let mut mailbox: String = seen.chars().filter(|letter| !provider.unseen.contains(letter)).collect();
    if mailbox.is_empty() {
        mailbox.push_str(local);
    }
    mailbox.push('@');
    mailbox.push_str(provider.domains.first().unwrap_or(&&*domain));
    Some(mailbox)
}

/// A domain as it is on the wire, with the commonest slips mended.
fn domain_form(domain: &str) -> String {
    let domain = if domain.is_ascii() && !domain.contains("xn--") {
        domain.to_owned()
    } else {
        idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned())
    };
    let meant = SLIPS.iter().find(|(_, slips)| slips.contains(&&*domain));
    meant.map_or(domain, |(meant, _)| (*meant).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_same(one: &str, other: &str) {
        assert!(mailbox(one).is_some());
        assert_eq!(mailbox(one), mailbox(other), "{one} {other}");
    }

    #[track_caller]
    fn check_different(one: &str, other: &str) {
        assert_ne!(mailbox(one), mailbox(other), "{one} {other}");
    }

    #[test]
    fn spellings_that_reach_one_mailbox_are_equal() {
        check_same("tamsin.holloway.test@gmail.com", "TamsinHollowayTest+petition@googlemail.com");
        check_same("a-b.c@pm.me", "abc@protonmail.com");
        check_same("ada+x@outlook.com", "ada@outlook.com");
        check_same("ada@gmial.com", "ada@gmail.com");
        check_same("ada@bücher.example", "ada@xn--bcher-kva.example");
        check_same("ada@example.org.", "\u{feff}Ada@Example.org");
        check_same("ada@me.com", "ada@icloud.com");
    }

    #[test]
    fn where_marks_matter_they_stay() {
        check_different("rhys.penhale@example.org", "rhyspenhale@example.org");
        check_different("ada+x@example.org", "ada@example.org");
        check_different("a.da@yahoo.com", "ada@yahoo.com");
        check_different("ada@hotmail.com", "ada@outlook.com");
    }

    #[test]
    fn what_is_no_address_has_no_mailbox() {
        for text in ["", "ada", "@gmail.com", "ada@"] {
            assert!(mailbox(text).is_none(), "{text}");
        }
        assert_eq!(mailbox("+@gmail.com").as_deref(), Some("+@gmail.com"));
    }
}
