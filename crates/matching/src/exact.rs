//! Exact duplicates: the same e-mail address with the same name.

use crate::fold::{fold_email, fold_name};

/// What two exact duplicates have in common: folded address and folded name. Personal data, so no `Debug`.
///
/// It depends on nothing but the two texts, so it can be kept and looked up when more records come.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactKey(String);

impl ExactKey {
    /// The key as bytes. Two keys are equal when these are.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// The key of a signature; none without an e-mail address, because such a one is never an exact duplicate.
pub fn exact_key(email: Option<&str>, name: &str) -> Option<ExactKey> {
    let email = fold_email(email?.trim());
    // The name's folding leaves no line end in it, so address and name cannot run into each other.
    (!email.is_empty()).then(|| ExactKey(format!("{email}\n{}", fold_name(name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_address_there_is_no_key() {
        assert!(exact_key(None, "Ada").is_none());
        assert!(exact_key(Some("  "), "Ada").is_none());
    }

    #[test]
    fn address_and_name_do_not_run_into_each_other() {
        let one = exact_key(Some("a@x.org\nb"), "c");
        let other = exact_key(Some("a@x.org"), "b\nc");
        assert!(one.is_some() && one != other);
    }
}
