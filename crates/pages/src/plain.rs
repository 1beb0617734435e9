//! Plain text, as a browser copies a page, to lines.

use crate::error::PageError;
use crate::line::{Line, LineKind, Sheet, Span, TEXT_MAX_BYTES, is_empty};

/// Reads plain text. Its lines keep their numbers.
pub(crate) fn lines_of_text(text: &str) -> Result<Sheet, PageError> {
    if text.len() > TEXT_MAX_BYTES {
        return Err(PageError::TooLong);
    }
    if text.contains('\0') {
        return Err(PageError::NotText);
    }
    let mut sheet = Sheet::default();
    let mut gap = true;
    for (number, line) in (1..).zip(text.replace("\r\n", "\n").split(ends_line)) {
        sheet.seen.push(line.to_owned());
        let line = line.trim_matches(is_empty);
        if line.is_empty() {
            gap = true;
            continue;
        }
        let spans = vec![Span::plain(line)];
        sheet.lines.push(Line {
            number,
            text: line.to_owned(),
            spans,
            kind: LineKind::Text,
            gap,
            is_aside: false,
        });
        gap = false;
    }
    sheet.check()
}

/// Whether a character ends a line, in any of the ways that programs write one.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
