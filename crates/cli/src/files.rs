//! Reading the files that a command names, with words for each way in which that fails.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use zeroize::Zeroizing;

use crate::output::Refusal;

/// The bytes of a file. `what` says what it is for: "the kit file".
pub(crate) fn read(path: &Path, what: &str) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let read = fs::read(path).map(Zeroizing::new);
    read.map_err(|error| Refusal::new("io/cannot-read", format!("{what} cannot be read: {error}")))
}

/// No more than so many bytes of a file: enough to tell that it is too long.
pub(crate) fn read_at_most(path: &Path, most: u64, what: &str) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.map_err(|error| Refusal::new("io/cannot-read", format!("{what} cannot be read: {error}")))?;
    Ok(bytes)
}

/// The text of a file.
pub(crate) fn read_text(path: &Path, what: &str) -> Result<Zeroizing<String>, Refusal> {
    let bytes = read(path, what)?;
    match str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())),
        Err(_) => Err(Refusal::new("io/not-text", format!("{what} is not text in UTF-8"))),
    }
}

/// The first line of a file, as a secret.
pub(crate) fn first_line(path: &Path, what: &str) -> Result<Zeroizing<String>, Refusal> {
    let text = read_text(path, what)?;
    match text.lines().next() {
        Some(line) if !line.trim().is_empty() => Ok(Zeroizing::new(line.to_owned())),
        _ => Err(Refusal::new("io/empty", format!("{what} has no first line"))),
    }
}
