//! Text in a cell that no spreadsheet runs, and the same text as typed again (`docs/csv.md`).

/// What a spreadsheet may take for the beginning of a formula, or drops before it looks for one.
const DANGEROUS: [char; 11] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];
/// What ends a cell where a spreadsheet does not know that commas do: a semicolon in half of Europe, and then line ends
/// too, which quotation marks do not protect any more.
const SEPARATORS: [char; 4] = [';', '\t', '\r', '\n'];
/// What may stand between the beginning of a cell and its formula.
const SKIPPED: [char; 3] = ['\'', '"', ' '];
const GUARD: char = '\'';

/// The text with a guard, one apostrophe, wherever a spreadsheet could see a formula begin: at the beginning, and after
/// each semicolon, tab and line end, where what follows is any number of apostrophes, quotation marks and blanks and
/// then one of `= + - @`, their full-width forms, a tab or a line end. [`unguarded`] gives back what went in, always.
#[must_use]
pub fn guarded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for piece in text.split_inclusive(SEPARATORS) {
        if is_dangerous(piece) {
            out.push(GUARD);
        }
        out.push_str(piece);
    }
    out
}

/// What was typed, of a cell of the ledger's CSV: without the apostrophes that guard it. Of a text that was never
/// guarded: without those that would have been a guard.
#[must_use]
pub fn unguarded(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for piece in cell.split_inclusive(SEPARATORS) {
        out.push_str(piece.strip_prefix(GUARD).filter(|_| is_dangerous(piece)).unwrap_or(piece));
    }
    out
}

/// Whether a formula could begin at the beginning of this piece.
fn is_dangerous(piece: &str) -> bool {
    piece.trim_start_matches(SKIPPED).starts_with(DANGEROUS)
}

/// What was typed, of a cell of another's export: without an apostrophe that stands right before what begins a formula. Others do
/// not double it where the text had one, so `'+1` may have been typed; nobody is called so, and no number begins so.
pub(super) fn without_guard(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(typed: &str, cell: &str) {
        assert_eq!(guarded(typed), cell);
        assert_eq!(unguarded(cell), typed);
    }

    #[test]
    fn what_begins_like_a_formula_has_one_apostrophe_more() {
        for first in DANGEROUS {
            check(&format!("{first}1"), &format!("'{first}1"));
        }
        check("'=1+1", "''=1+1");
        check("''=1+1", "'''=1+1");
        check(" \"=1+1\"", "' \"=1+1\"");
        check("yes;=1+1", "yes;'=1+1");
        check("yes\n- no\r\n@all", "yes\n'- no\r'\n'@all");
    }

    #[test]
    fn everything_else_is_as_typed() {
        for typed in
            ["", "'t Is genoeg", "'yes'", "a - b", "1+1=2", "so; then", "two\nlines", "Élodie", "'", ";"]
        {
            check(typed, typed);
        }
    }

    #[test]
    fn anothers_comes_off_the_beginning_alone() {
        for (cell, typed) in [
            ("'+1206", "+1206"),
            ("'t Is", "'t Is"),
            ("''=1", "''=1"),
            ("a '=1", "a '=1"),
            ("' ; '", "' ; '"),
        ] {
            assert_eq!(without_guard(cell), typed, "{cell}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_096))]
        #[test]
        fn every_text_comes_back_as_typed_and_never_begins_like_a_formula(
            typed in "([=+@＝＋－＠\t\r\n;'\" a-]|\\PC){0,12}",
        ) {
            let cell = guarded(&typed);
            prop_assert_eq!(unguarded(&cell), typed.as_str());
            for piece in cell.split(SEPARATORS) {
                let seen = piece.trim_start_matches(SKIPPED);
                prop_assert!(piece.starts_with(GUARD) || !seen.starts_with(DANGEROUS));
            }
        }
    }
}
