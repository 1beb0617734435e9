//! The texts of a source: the original, and after it each translation.

/// The texts of a source as they are written: the original, then each translation. One after the other they are the source.
///
/// A translation begins at a line of three hyphens, outside front matter, with `translation:` on the line after it
/// (docs/protocol.md §5).
#[must_use]
pub fn texts_of(source: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut is_settings = true;
    let mut lines = Lines { source, at: 0 }.peekable();
    let mut is_first = true;
    while let Some((at, line)) = lines.next() {
        let line = line.trim_end_matches([' ', '\t']);
        let begins_translation =
            line == "---" && lines.peek().is_some_and(|(_, next)| next.starts_with(TRANSLATION));
        if is_first {
            is_first = false;
            is_settings = line.trim_start_matches('\u{feff}') == "---";
        } else if is_settings {
            is_settings = !matches!(line, "---" | "...");
        } else if begins_translation {
            starts.push(at);
            is_settings = true;
        }
    }
    let ends = starts.iter().skip(1).copied().chain([source.len()]);
    starts.iter().zip(ends).map(|(start, end)| source.get(*start..end).unwrap_or_default()).collect()
}

/// The first key of a translation's settings.
const TRANSLATION: &str = "translation:";

/// Each line of a source with its place, without its end: LF, CRLF or CR.
struct Lines<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<(usize, &'a str)> {
        let start = self.at;
        let rest = self.source.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (line, end) = rest.split_at(length);
        self.at = start + length + if end.starts_with("\r\n") { 2 } else { end.len().min(1) };
        Some((start, line))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::texts_of;

    #[track_caller]
    fn check(texts: &[&str]) {
        assert_eq!(texts_of(&texts.concat()), texts);
    }

    #[test]
    fn a_translation_begins_where_its_settings_do() {
        check(&["---\ntitle: T\n---\nText.\n"]);
        check(&[
            "---\ntitle: T\n---\nText.\n\n",
            "---\ntranslation: es\ntitle: T\n---\nTexto.\n",
            "---\ntranslation: so\n---\n",
        ]);
        check(&["\u{feff}---\r\ntitle: T\r\n---\r\nText.\r\n", "---  \r\ntranslation: es\r\n---\r\nTexto."]);
        check(&["---\rtitle: T\r---\rText.\r", "---\rtranslation: es\r---\rTexto."]);
    }

    #[test]
    fn a_rule_in_a_text_begins_nothing() {
        check(&["---\ntitle: T\n---\nOne.\n\n---\ntwo: 2\n---\n\nThree.\n"]);
        check(&["---\ntitle: T\n---\ntranslation: of a dream\n\n---\n\ntranslation: es\n"]);
        check(&["---\ntitle: T\n...\ntranslation: es\n", "---\ntranslation: es\n---\n"]);
        check(&["No settings\n", "---\ntranslation: es\n---\n"]);
    }

    proptest! {
        #[test]
        fn texts_are_the_whole_source_in_order(pieces in prop::collection::vec("(---|\\.\\.\\.|translation: es|a|é|)[ \t]?(\n|\r\n|\r)", 0..24)) {
            let source = pieces.concat();
            let texts = texts_of(&source);
            prop_assert_eq!(texts.concat(), source.clone());
            for text in texts.iter().skip(1) {
                prop_assert!(text.starts_with("---"));
                prop_assert_eq!(texts_of(text), vec![*text]);
            }
            // The same with every line end made one.
            let unix = source.replace("\r\n", "\n").replace('\r', "\n");
            prop_assert_eq!(texts_of(&unix).len(), texts.len());
        }
    }
}
