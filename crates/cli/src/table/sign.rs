//! `undersigned table sign`

use std::io::{BufRead, stdin};

use serde_json::json;
use table::{SignOutcome, petition::Draft};
use zeroize::Zeroizing;

use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Save drafts that only have warnings
    #[arg(long)]
    pass_warnings: bool,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    let mut ending = Ending::Done;
    let mut line = Zeroizing::new(String::new());
    let mut input = stdin().lock();
    while input.read_line(&mut line)? > 0 {
        if !line.trim().is_empty() {
            // The parser's own message could quote what was typed.
            let draft: Draft = serde_json::from_str(&line)
                .map_err(|error| anyhow::anyhow!("not a draft: line {}", error.line()))?;
            match table.sign(&draft, args.pass_warnings, now(), &mut rand::rng())? {
                SignOutcome::Saved(saved) => output.say(
                    &format!("Saved. Withdrawal code: {}", saved.withdrawal_code),
                    &json!({ "saved": saved.signature, "withdrawal_code": saved.withdrawal_code.to_string() }),
                )?,
                SignOutcome::Problems(problems) => {
                    ending = Ending::DraftProblems;
                    output.say(
                        &format!("Not saved: {} to mend.", problems.len()),
                        &json!({ "problems": problems }),
                    )?;
                }
            }
        }
        line.clear();
    }
    Ok(ending)
}
