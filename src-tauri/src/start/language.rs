//! The language of the volunteer's and the organizer's pages, as it was chosen on this computer.

use std::{fs, path::PathBuf};

use tauri::State;

use crate::{failure::Failure, seats::Seats};

/// What a tag takes at most (RFC 5646, 4.4.1).
const LONGEST: usize = 35;

/// The language that was chosen, by its tag; none where none was, or where it cannot be read.
#[tauri::command]
pub(crate) async fn language(seats: State<'_, Seats>) -> Result<Option<String>, Failure> {
    seats.run(|seats| Ok(fs::read_to_string(file(seats)).ok().filter(|tag| is_tag(tag)))).await
}

/// Remembers a language, by its tag.
#[tauri::command]
pub(crate) async fn choose_language(seats: State<'_, Seats>, tag: String) -> Result<(), Failure> {
    seats
        .run(move |seats| {
            if !is_tag(&tag) {
                return Err(Failure::new("app/unexpected", "this is no tag of a language"));
            }
            Ok(fs::write(file(seats), tag)?)
        })
        .await
}

/// Beside the table and the desk, and in clear: it is asked before any key is open.
fn file(seats: &Seats) -> PathBuf {
    seats.folder().join("language")
}

fn is_tag(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::is_tag;

    #[test]
    fn only_a_tag_is_a_language() {
        assert!(is_tag("es") && is_tag("zh-Hans"));
        assert!(!is_tag("") && !is_tag("es\n") && !is_tag("../es") && !is_tag(&"e".repeat(36)));
    }
}
