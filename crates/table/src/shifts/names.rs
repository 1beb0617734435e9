//! What people are asked to say in a shift: places, names, seal numbers, explanations. Each is one line that a note can carry.

use petition::{PLACE_MAX_BYTES, SEAL_MAX_BYTES, VOLUNTEER_MAX_BYTES, WORDS_MAX_BYTES};

use crate::error::TableError;

/// Place and volunteer, tidied, where a signature can carry all of them.
pub(crate) fn place_and_volunteer(place: &str, volunteer: &str) -> Result<(String, String), TableError> {
    let (place, volunteer) = (place.trim(), volunteer.trim());
    if place.is_empty() {
        return Err(TableError::NoPlace);
    }
    if !is_line(place, PLACE_MAX_BYTES) {
        return Err(TableError::PlaceLong);
    }
    if !is_line(volunteer, VOLUNTEER_MAX_BYTES) {
        return Err(TableError::VolunteerLong);
    }
    Ok((place.to_owned(), volunteer.to_owned()))
}

/// A person's name, tidied; none where there is none.
pub(crate) fn name(text: &str) -> Result<Option<String>, TableError> {
    said(text, VOLUNTEER_MAX_BYTES, TableError::VolunteerLong)
}

/// A seal's number, tidied; none where there is none.
pub(crate) fn seal(text: &str) -> Result<Option<String>, TableError> {
    said(text, SEAL_MAX_BYTES, TableError::SealLong)
}

/// What explains something, tidied; none where nothing is said.
pub(crate) fn explanation(text: &str) -> Result<Option<String>, TableError> {
    let text = text.trim();
    if text.len() > WORDS_MAX_BYTES {
        return Err(TableError::ExplanationLong);
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

fn said(text: &str, most: usize, long: TableError) -> Result<Option<String>, TableError> {
    let text = text.trim();
    if !is_line(text, most) {
        return Err(long);
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

/// Whether a text is one line of so many bytes at the most.
fn is_line(text: &str, most: usize) -> bool {
    text.len() <= most && !text.chars().any(char::is_control)
}
