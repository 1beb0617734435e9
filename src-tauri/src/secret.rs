//! A text that a person typed and nobody else may read: a PIN, a passphrase, a kit.

use std::ops::Deref;

use serde::Deserialize;
use zeroize::Zeroizing;

/// A secret text that a page hands over. It is overwritten when dropped, and has no `Debug`.
#[derive(Deserialize)]
#[serde(from = "String")]
pub(crate) struct Secret(Zeroizing<String>);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl Deref for Secret {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}
