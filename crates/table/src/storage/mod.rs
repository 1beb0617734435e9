//! The table's database: SQLCipher, one file per table of the schema, one writer.

pub(crate) mod again;
pub(crate) mod aside;
pub(crate) mod booked;
pub(crate) mod day;
pub(crate) mod entry;
pub(crate) mod erased;
pub(crate) mod generation;
pub(crate) mod kit;
pub(crate) mod line;
pub(crate) mod opening;
pub(crate) mod picture;
pub(crate) mod pin;
mod place;
pub(crate) mod practice;
pub(crate) mod record;
pub(crate) mod saved;
pub(crate) mod secret;
pub(crate) mod sheet;
pub(crate) mod shift;
pub(crate) mod signed;
pub(crate) mod stride;
pub(crate) mod struck;
pub(crate) mod tally;
pub(crate) mod update;
pub(crate) mod visit;

use lockbox::{Schema, Step};

/// The steps of the schema. Steps are only ever added.
const STEPS: [Step<'_>; 6] = [
    Step::of(&[
        kit::STEP_1,
        generation::STEP_1,
        entry::STEP_1,
        shift::STEP_1,
        saved::STEP_1,
        tally::STEP_1,
        pin::STEP_1,
    ]),
    Step::of(&[generation::STEP_2, again::STEP_2, stride::STEP_2, aside::STEP_2, shift::STEP_2]),
    Step::of(&[signed::STEP_3, secret::STEP_3]),
    Step::of(&[sheet::STEP_4, line::STEP_4, saved::STEP_4, struck::STEP_4, visit::STEP_4]),
    Step::of(&[
        entry::STEP_5,
        erased::STEP_5,
        update::STEP_5,
        record::STEP_5,
        opening::STEP_5,
        practice::STEP_5,
        visit::STEP_5,
        sheet::STEP_5,
        picture::STEP_5,
    ]),
    Step::of(&[sheet::STEP_6]),
];

/// The table's database.
pub(crate) const SCHEMA: Schema<'_> = Schema { name: "table", steps: &STEPS, settings: "" };

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::{fs, path::Path};

    use lockbox::Lockbox;

    use super::*;

    /// The statements in the sources of this folder: string literals that begin with a verb of SQL.
    fn statements() -> Vec<(String, String)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/storage");
        let mut found = Vec::new();
        for file in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = file.file_name().to_string_lossy().into_owned();
            if name == "mod.rs" {
                continue;
            }
            let text = fs::read_to_string(file.path()).unwrap();
            // Every second part is within quotes.
            assert!(text.matches('"').count().is_multiple_of(2), "{name}");
            let literals = text.split('"').skip(1).step_by(2);
            let is_statement = |literal: &&str| {
                ["SELECT", "INSERT", "UPDATE", "DELETE"].iter().any(|verb| literal.starts_with(verb))
            };
            found.extend(literals.filter(is_statement).map(|sql| (name.clone(), sql.to_owned())));
        }
        found
    }

    #[test]
    fn no_statement_reads_a_whole_table() {
        let folder = tempfile::tempdir().unwrap();
        let made = Lockbox::create(folder.path(), None, &SCHEMA, |_| Ok::<_, lockbox::LockboxError>(()));
        let connection = made.unwrap().connection;
        let statements = statements();
        assert!(statements.len() >= 30, "{}", statements.len());
        for (file, sql) in statements {
            let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let mut rows = explain.raw_query();
            while let Some(row) = rows.next().unwrap() {
                let plan: String = row.get(3).unwrap();
                assert!(!plan.starts_with("SCAN"), "{file}: {plan}\n{sql}");
            }
        }
    }
}
