//! `undersigned desk ledger`

use desk::{LedgerRow, Standing, Struck};
use jiff::Timestamp;
use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to look for in name, e-mail, phone, postal code, city, street, comment and place; without it, all
    #[arg(default_value = "")]
    search: String,
    /// How many to show at the most
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    limit: u64,
    /// How many of the newest to leave out
    #[arg(long, default_value_t = 0)]
    offset: u64,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let page = profile.open_desk()?.ledger(args.search.as_str(), args.offset, args.limit)?;
    for row in &page.rows {
        output.say(&said_of(row), &json!(row))?;
    }
    let (shown, total) = (page.rows.len(), page.total);
    let more = if (shown as u64) < total { " See --limit and --offset." } else { "" };
    output.say(&format!("{shown} of {total} shown.{more}"), &json!({ "shown": shown, "total": total }))?;
    Ok(Ending::Done)
}

fn said_of(row: &LedgerRow) -> String {
    let at =
        Timestamp::from_second(row.signed_at).map_or_else(|_| row.signed_at.to_string(), |at| at.to_string());
    let standing = match &row.standing {
        Standing::Counted => "counted".to_owned(),
        Standing::Duplicate { of } => format!("duplicate of {of}"),
        Standing::Void { reason } => format!("void ({reason})"),
        Standing::Withdrawn => "withdrawn".to_owned(),
        Standing::Erased => "erased".to_owned(),
        Standing::InReview => "in review".to_owned(),
    };
    let text = row.text_language.as_ref().map(|language| format!(" [{language}]")).unwrap_or_default();
    let known = [&row.email, &row.postal_code, &row.city].into_iter().flatten();
    let known: String = known.map(|value| format!(", {value}")).collect();
    let comment = row.comment.as_ref().map(|comment| format!("\n  “{comment}”")).unwrap_or_default();
    let struck: String = row
        .struck
        .iter()
        .map(|struck| format!("\n  its table says that it was not a real signature{}", in_words(struck)))
        .collect();
    format!(
        "{at} {}{known}: {standing}\n  {}{text} at {} ({}), signature {}{comment}{struck}",
        row.name, row.petition_title, row.place, row.table_label, row.signature
    )
}

fn in_words(struck: &Struck) -> String {
    struck.words.as_ref().map_or_else(String::new, |words| format!(": {words}"))
}
