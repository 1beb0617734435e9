//! The help: an example for each command, and the way from a campaign to its ledger.

use clap::{Command, CommandFactory};

use crate::{arguments::Arguments, ending::EXIT_CODES};

/// From nothing to the ledger, in the order in which it is done.
const WALK: &str = "From a campaign to its ledger:
  the organizer, once
    undersigned desk new --name Cedar --endpoint https://collect.example.org --backup cedar.backup --backup-passphrase-file secret.txt
    undersigned desk add-petition library.md
    undersigned desk make-kit --label Street --out street.kit
  each table, at first
    undersigned table open-kit street.kit --label \"Table 1\"
    undersigned table start-shift --place Library --volunteer \"D. R.\"
  people sign
    undersigned table sign < drafts.jsonl
  signatures travel, by network or by hand
    undersigned table send
    undersigned table carry /media/stick
  the organizer
    undersigned desk pull
    undersigned desk merge /media/stick/*.batch
    undersigned desk count
    undersigned desk ledger
    undersigned desk export --out ledger.csv

Each command has its own help, with an example: undersigned desk new --help";

/// What a draft is made of.
const DRAFTS: &str = "A draft is one line of JSON. All of it may be left out but the name and what the petition requires:
  petition       the petition's id, as `undersigned table petitions` says it; needed where the table has several
  language       of the screen: en, es, zh-Hans …
  full_name, email, phone, country (two letters), postal_code, city, region, street, comment, typed_signature   text
  of_age, show_publicly, send_updates, share   true or false
  ink            {\"width\":300,\"height\":100,\"strokes\":[[{\"x\":1,\"y\":2,\"pressure\":128}]]}
  id             a random UUID of yours: the same draft sent again is the same signature then, and not a second one
  text_hash      of the text that was shown: a translation's, as `undersigned table petitions` says it; without it, the original is signed

Each line is answered by one, once it is durable: with the signature's id and the person's withdrawal code, which nothing
else has in clear, or with what is to be mended. The fields that are kept in another form than the draft has
them in (full width, a telephone number, a postal code) are named with it. A line that is not saved keeps no other from it.";

/// What the lines of a sheet are.
const SHEET_LINES: &str = "One line of JSON for each line of the sheet, from the first: a draft, as in
`undersigned table sign --help`, or what else stands there:
  {\"full_name\":\"Ada Byron\",\"postal_code\":\"98101\"}
  {\"line\":\"blank\"}
  {\"line\":\"struck\"}
  {\"line\":\"illegible\"}

A line that is to be mended or looked at is told with its number, and nothing of the sheet is saved then.";

/// What a petition's file looks like.
const PETITION_FILE: &str = "The file is text: its settings between two lines of three hyphens, then the petition in Markdown.
  ---
  title: Keep the Library Open on Sundays
  started_by: Friends of the Library
  addressed_to: The Council
  language: en
  goal: 100
  fields:
    email: optional
    postal_code: required
  ---
  On Sundays the reading room is the only warm room that costs nothing.

Other settings are milestones, choices, minimum_age and erased_by; other fields are phone, country, city, region, street,
comment, of_age and ink. The full name is always asked.

Below it in the same file comes each translation, in the same form:
  ---
  translation: es
  title: Que la biblioteca abra los domingos
  addressed_to: El Concejo
  ---
  Los domingos, la sala de lectura es el único lugar cálido que no cuesta nada.

A translation has a note for each of the milestones and words for each of the choices that the original has; started_by and
addressed_to may be left out where they are the same. Every other setting stands in the original alone. Each signature says
which of the texts it is of.";

/// An example for every command, by its path, and what else there is to know.
const EXAMPLES: [(&str, &str, &str); 63] = [
    (
        "table open-kit",
        "undersigned table open-kit street.kit --label \"Table 1\" --pin-file pin.txt",
        "With --code CODE in the place of the file where the organizer gave a code. It is good once; where the network breaks \
         off, do the same again.",
    ),
    (
        "table set-pin",
        "undersigned table set-pin --pin-file pin.txt",
        "With --reset-code-file code.txt where the PIN of now is forgotten: the organizer has the code.",
    ),
    ("table petitions", "undersigned table petitions", ""),
    ("table news", "undersigned table news", ""),
    ("table start-shift", "undersigned table start-shift --place Library --volunteer \"D. R.\"", ""),
    (
        "table readiness",
        "undersigned table readiness",
        "Disk, battery and printer are for you to look at. What warns keeps nobody from starting.",
    ),
    ("table end-practice", "undersigned table end-practice", ""),
    ("table pause-shift", "undersigned table pause-shift", "Sending goes on."),
    ("table resume-shift", "undersigned table resume-shift", ""),
    (
        "table hand-over",
        "undersigned table hand-over --gives \"D. R.\" --takes \"M. T.\" --laptop-seal \"A 0013\" --stick-seal \"B 77\"",
        "",
    ),
    (
        "table end-shift",
        "undersigned table end-shift --returned 3 --spoiled 1 --blank 16 --witness \"Ana\"",
        "A sum that does not agree is to be explained: --why-visits, --why-signatures, --why-sheets, --why-lines.\n\
         A shift is closed once: whoever goes on starts another.",
    ),
    (
        "table report",
        "undersigned table report",
        "`undersigned table report --list` says the shifts that were closed here.",
    ),
    ("table sign", "undersigned table sign", DRAFTS),
    (
        "table enter-sheet",
        "undersigned table enter-sheet --number 12 --day 2026-11-27 --place \"Church hall\" --total 20 --picture front.jpg",
        SHEET_LINES,
    ),
    ("table newest", "undersigned table newest", ""),
    (
        "table strike",
        "undersigned table strike 41 --reason joke --words \"Mickey Mouse, to laughter\"",
        "The organizer is told, under seal, and decides. Nothing is removed.",
    ),
    ("table drop-sheet", "undersigned table drop-sheet", ""),
    (
        "table recovery-words",
        "undersigned table recovery-words --pin-file pin.txt",
        "Write them on paper, and keep it away from this computer. Whoever has both can read what is in the table's database, \
         and no signature: those are sealed.",
    ),
    (
        "table recover",
        "undersigned table recover --words-file words.txt",
        "Remove the file of the words afterwards.",
    ),
    ("table new-generation", "undersigned table new-generation", ""),
    ("table status", "undersigned table status", ""),
    ("table room", "undersigned table room", ""),
    (
        "table make-room",
        "undersigned table make-room",
        "The log, its receipts and all counts stay. What no receipt covers, or the organizer has not opened, is not touched.",
    ),
    ("table send", "undersigned table send", "Exit code 5: something is left to send. Do it again later."),
    (
        "table carry",
        "undersigned table carry /media/stick",
        "Whoever carries the files can neither read nor change them.",
    ),
    ("table upload", "undersigned table upload /media/stick/a.batch", ""),
    (
        "desk new",
        "undersigned desk new --name Cedar --endpoint https://collect.example.org --backup cedar.backup \
         --backup-passphrase-file secret.txt",
        "The backup brings the campaign back on another computer. Keep it away from this one, and its passphrase \
         elsewhere.",
    ),
    ("desk status", "undersigned desk status", ""),
    ("desk restore", "undersigned desk restore cedar.backup --backup-passphrase-file secret.txt", ""),
    ("desk backup", "undersigned desk backup --out /media/stick/cedar.backup", ""),
    ("desk add-petition", "undersigned desk add-petition library.md", PETITION_FILE),
    ("desk petitions", "undersigned desk petitions", ""),
    (
        "desk correct-petition",
        "undersigned desk correct-petition 6b1f5c56-2f0e-4bb0-a9a4-0d6c2a1f7c11 library.md",
        "`undersigned desk petitions` lists the ids. A file as with `undersigned desk add-petition`.",
    ),
    ("desk end-petition", "undersigned desk end-petition 6b1f5c56-2f0e-4bb0-a9a4-0d6c2a1f7c11", ""),
    ("desk move-kit", "undersigned desk move-kit 6b1f5c56-2f0e-4bb0-a9a4-0d6c2a1f7c11 --days 14", ""),
    (
        "desk publish",
        "undersigned desk publish",
        "Tables that have a network take it by themselves, whole or not at all; nothing that was signed is touched.",
    ),
    (
        "desk make-kit",
        "undersigned desk make-kit --label Street --max-tables 20 --days 30 --out street.kit",
        "A kit holds the petitions of now. Whoever has the file can set up a table: give it to volunteers alone.\n\
         With --code in the place of --out and --max-tables, the kit waits at the endpoint for one table, which fetches it by \
         a code.",
    ),
    (
        "desk kit-code",
        "undersigned desk kit-code --kit 6b1f5c56-2f0e-4bb0-a9a4-0d6c2a1f7c11",
        "`undersigned desk kits` lists the ids. A code that came to others: revoke its kit, and make another.",
    ),
    ("desk kits", "undersigned desk kits", "Whether a code was used is known since the last pull."),
    (
        "desk revoke",
        "undersigned desk revoke --kit 6b1f5c56-2f0e-4bb0-a9a4-0d6c2a1f7c11 --reason \"The stick was lost\"",
        "`undersigned desk kits` and `undersigned desk tables` list the ids.",
    ),
    ("desk notes", "undersigned desk notes", ""),
    (
        "desk picture",
        "undersigned desk picture 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --out sheet-12.jpg",
        "`undersigned desk notes` lists the pictures of each sheet.",
    ),
    ("desk rotate", "undersigned desk rotate", ""),
    (
        "desk pin-reset-code",
        "undersigned desk pin-reset-code --kit 6b1f5c56-2f0e-4bb0-a9a4-0d6c2a1f7c11",
        "`undersigned desk kits` lists the ids. Read the code out to the volunteer alone, who types it at the table.",
    ),
    ("desk set-endpoint", "undersigned desk set-endpoint https://collect.example.org", ""),
    ("desk pull", "undersigned desk pull", ""),
    (
        "desk merge",
        "undersigned desk merge /media/stick/a.batch /media/stick/b.batch",
        "Exit code 6: a batch is kept, and waits for an earlier one of its table.",
    ),
    ("desk tally", "undersigned desk tally", "Tables show the tally to people who sign."),
    (
        "desk count",
        "undersigned desk count",
        "With --petition ID, of one alone; `undersigned desk petitions` lists the ids.",
    ),
    ("desk ledger", "undersigned desk ledger \"98101\" --limit 20", ""),
    ("desk tables", "undersigned desk tables", ""),
    (
        "desk confirm",
        "undersigned desk confirm 6b1f5c56-2f0e-4bb0-a9a4-0d6c2a1f7c11 1",
        "`undersigned desk tables` lists the ids, generations and devices.",
    ),
    ("desk verify", "undersigned desk verify", ""),
    (
        "desk decide",
        "undersigned desk decide 6b1f5c56-2f0e-4bb0-a9a4-0d6c2a1f7c11 --petition 9e2a2a52-5d9f-4f9f-9c3f-2f5b3ad3b3aa --as void --reason \"A joke\" --by Dee",
        "`undersigned desk ledger` lists the signatures with their ids.",
    ),
    ("desk write-decisions", "undersigned desk write-decisions --out decisions.json", ""),
    ("desk take-decisions", "undersigned desk take-decisions decisions.json", ""),
    (
        "desk load-roll",
        "undersigned desk load-roll voters.txt --layout washington --name \"King County\" --as-of 2026-11-01 --delete-by 2027-03-31",
        "A list of your own: --column \"family=Surname\" --column \"given=First name\" --delimiter tab",
    ),
    ("desk roll", "undersigned desk roll", ""),
    (
        "desk look-up",
        "undersigned desk look-up --petition 9e2a2a52-5d9f-4f9f-9c3f-2f5b3ad3b3aa --address-may-differ --list",
        "",
    ),
    (
        "desk read-page",
        "undersigned desk read-page page.txt --language en --out petition.md",
        "In the browser: select all of the page, copy it, and save it as a text file.",
    ),
    (
        "desk qualify",
        "undersigned desk qualify --petition 9e2a2a52-5d9f-4f9f-9c3f-2f5b3ad3b3aa --required 5000 --sample 600 --public-value \"08 15 23 31 40\"",
        "Areas with quotas, a line each as in \"King; 1200\": --quotas areas.txt --areas 20",
    ),
    ("desk delete-roll", "undersigned desk delete-roll", ""),
    (
        "desk export",
        "undersigned desk export --out ledger.csv",
        "Opens in any spreadsheet by a double click, and holds personal data: the file is private to you.",
    ),
];

/// The command line, with its long help.
pub(crate) fn command() -> Command {
    let whole =
        Arguments::command().after_help(EXIT_CODES).after_long_help(format!("{WALK}\n\n{EXIT_CODES}"));
    whole.mut_subcommands(|group| {
        let name = group.get_name().to_owned();
        group.mut_subcommands(|command| {
            let path = format!("{name} {}", command.get_name());
            match EXAMPLES.iter().find(|(of, ..)| *of == path) {
                None => command,
                Some((_, example, "")) => command.after_help(format!("Example:\n  {example}")),
                Some((_, example, more)) => command.after_help(format!("{more}\n\nExample:\n  {example}")),
            }
        })
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// The words of an example, as a shell takes them.
    fn words(example: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (number, piece) in example.split('"').enumerate() {
            match number % 2 {
                0 => words.extend(piece.split_whitespace().map(str::to_owned)),
                _ => words.push(piece.to_owned()),
            }
        }
        words
    }

    #[test]
    fn every_command_has_an_example_that_is_understood() {
        command().debug_assert();
        for group in command().get_subcommands() {
            for each in group.get_subcommands().filter(|each| each.get_name() != "help") {
                let path = format!("{} {}", group.get_name(), each.get_name());
                let (_, example, _) = EXAMPLES.iter().find(|(of, ..)| *of == path).ok_or(&path).unwrap();
                let understood = command().try_get_matches_from(words(example));
                assert!(understood.is_ok(), "{example}: {}", understood.unwrap_err());
                assert!(example.contains(&path), "{path}");
            }
        }
        for line in WALK.lines().filter(|line| line.starts_with("    undersigned ")) {
            let line = line.split(" < ").next().unwrap();
            assert!(command().try_get_matches_from(words(line)).is_ok(), "{line}");
        }
    }
}
