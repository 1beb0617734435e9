//! `undersigned desk load-roll`

use std::{ops::ControlFlow, path::PathBuf};

use desk::{NewRoll, ROLL_LAYOUTS, RollColumns, RollLayout};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde_json::json;

use crate::{
    Ending,
    keys::Profile,
    output::{Output, Refusal},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The list: CSV, TSV, with strokes between its values, or with values at fixed places
    file: PathBuf,
    /// What it is called
    #[arg(long)]
    name: String,
    /// The day of which it is: 2026-11-01
    #[arg(long)]
    as_of: Date,
    /// The last day on which it may be here
    #[arg(long)]
    delete_by: Date,
    /// How the file is laid out
    #[arg(long, value_parser = ROLL_LAYOUTS, default_value = "members")]
    layout: String,
    /// Which columns are what, in the place of the layout's: `family=Surname`, `street=House,Road`; by number from 1 where there are no
    /// headings. Of number, name, given, family, suffix, birth, street, postal_code, city, status
    #[arg(long = "column", value_name = "WHAT=COLUMNS")]
    columns: Vec<String>,
    /// What stands between values: one character, or `tab`
    #[arg(long)]
    delimiter: Option<String>,
    /// How many characters each value takes, where they stand at fixed places: `10,30,8`
    #[arg(long, value_delimiter = ',', conflicts_with = "delimiter")]
    widths: Vec<usize>,
    /// The first line holds no headings
    #[arg(long)]
    no_headings: bool,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let layout = layout_of(args)?;
    // The day itself is still one on which it may be here.
    let delete_by = TimeZone::system().to_timestamp(args.delete_by.checked_add(1.day())?.at(0, 0, 0, 0))?;
    let as_of = args.as_of.to_string();
    let new = NewRoll { name: &args.name, as_of: &as_of, delete_by: delete_by.as_second(), layout: &layout };
    let now = Timestamp::now().as_second();
    let loaded = profile
        .open_desk()?
        .load_roll(&args.file, new, now, &mut rand::rng(), |_| ControlFlow::Continue(()))?;
    output.say(
        &format!("{} entries; {} lines passed over.", loaded.roll.entries, loaded.passed_over),
        &json!(loaded),
    )?;
    Ok(Ending::Done)
}

fn layout_of(args: &Args) -> Result<RollLayout, Refusal> {
    let wrong = |what: &str| Refusal::new("roll/layout", what);
    let mut layout = RollLayout::named(&args.layout).ok_or_else(|| wrong("there is no such layout"))?;
    if !args.columns.is_empty() {
        layout.columns = RollColumns::default();
    }
    for column in &args.columns {
        let (what, names) =
            column.split_once('=').ok_or_else(|| wrong("a column is given as WHAT=COLUMNS"))?;
        let names = names.split(',').map(str::to_owned).collect();
        let columns = &mut layout.columns;
        *match what {
            "number" => &mut columns.number,
            "name" => &mut columns.name,
            "given" => &mut columns.given,
            "family" => &mut columns.family,
            "suffix" => &mut columns.suffix,
            "birth" => &mut columns.birth,
            "street" => &mut columns.street,
            "postal_code" => &mut columns.postal_code,
            "city" => &mut columns.city,
            "status" => &mut columns.status,
            _ => return Err(wrong("a roll has no such column: see --help")),
        } = names;
    }
    match args.delimiter.as_deref() {
        Some("tab") => layout.delimiter = Some(b'\t'),
        Some(delimiter) => match delimiter.as_bytes() {
            [byte] => layout.delimiter = Some(*byte),
            _ => return Err(wrong("a delimiter is one character, or tab")),
        },
        None if !args.widths.is_empty() => {
            (layout.delimiter, layout.widths) = (None, args.widths.clone());
        }
        None => {}
    }
    layout.has_headings &= !args.no_headings && args.widths.is_empty();
    Ok(layout)
}
