//! The apostrophe that an export puts before what a spreadsheet would run: taken off again where it was put, and only there.

/// What begins a formula, or is dropped before one is looked for (`docs/csv.md`).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

/// After each of these a spreadsheet may see a cell begin.
const ENDS: [char; 4] = [';', '\t', '\r', '\n'];

const GUARD: char = '\'';

/// What was typed, of a cell of our own export: at each place where a formula could begin, one apostrophe is taken away
/// (`docs/csv.md`, The guard).
#[must_use]
pub fn unguarded(cell: &str) -> String {
    let is_formula = |piece: &str| piece.trim_start_matches([GUARD, '"', ' ']).starts_with(FORMULA);
    let bare = |piece: &'_ str| piece.strip_prefix(GUARD).filter(|_| is_formula(piece)).map(str::len);
    cell.split_inclusive(ENDS)
        .map(|piece| &piece[piece.len() - bare(piece).unwrap_or(piece.len())..])
        .collect()
}

/// What was typed, of a cell of another's export: without an apostrophe that stands right before what begins a formula. Others do
/// not double it where the text had one, so `'+1` may have been typed; nobody is called so, and no number begins so.
pub(super) fn without_guard(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_guard_comes_off_everywhere_it_was_put() {
        for (cell, typed) in [
            ("'-1 to the car park", "-1 to the car park"),
            ("''=1", "'=1"),
            ("'t Is genoeg", "'t Is genoeg"),
            ("a;'=1\n'+2", "a;=1\n+2"),
            ("'", "'"),
            ("+12065550150", "+12065550150"),
            ("'\"=1\"", "\"=1\""),
        ] {
            assert_eq!(unguarded(cell), typed, "{cell}");
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
}
