//! `undersigned desk qualify`

use std::path::PathBuf;

use desk::{QualifiedArea, Quotas};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::{
    Ending,
    files::read_text,
    keys::Profile,
    output::{Output, Refusal},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Of which petition
    #[arg(long)]
    petition: Uuid,
    /// How many valid signatures are required
    #[arg(long)]
    required: u64,
    /// How many are drawn; without it, all are checked
    #[arg(long, requires = "public_value")]
    sample: Option<u64>,
    /// What nobody could choose, known since all was merged: a lottery's numbers, the close of an exchange
    #[arg(long)]
    public_value: Option<String>,
    /// A file with the areas that have quotas, a line each: the area as the roll writes it, a semicolon, and its number
    #[arg(long, value_name = "FILE")]
    quotas: Option<PathBuf>,
    /// How many of them have to have enough; without it, all
    #[arg(long, requires = "quotas")]
    areas: Option<u64>,
    /// Who lives elsewhere by now is found, where nobody else of the name may be meant
    #[arg(long)]
    address_may_differ: bool,
    /// Who bears another family name by now is found, at the same address and by the same first name
    #[arg(long)]
    family_may_differ: bool,
}

pub(super) fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let quotas = match &args.quotas {
        Some(file) => {
            let text = read_text(file, "the file with the quotas")?;
            Some(Quotas::parse(&text, args.areas)?)
        }
        None => None,
    };
    let mut desk = profile.open_desk()?;
    let tolerance = desk::Tolerance { address: args.address_may_differ, family: args.family_may_differ };
    desk.look_up(args.petition, tolerance, Timestamp::now().as_second())?;
    let value = args.public_value.as_deref().unwrap_or_default();
    let sample = desk.draw_sample(args.petition, value, args.sample.unwrap_or(u64::MAX))?;
    let found = desk
        .qualify(args.petition, args.required, &sample, quotas.as_ref())?
        .ok_or_else(|| Refusal::new("qualify/none", "there is no signature that can be handed over"))?;
    let areas = found.areas.as_ref().map_or_else(String::new, |found| {
        let line = |area: &QualifiedArea| {
            let QualifiedArea { area, required, valid, .. } = area;
            format!(
                "\n  {area}: {:.0} ({:.0} to {:.0}) of {required}, {:.1}% likely",
                valid.valid,
                valid.low,
                valid.high,
                valid.enough * 100.0
            )
        };
        let lines: String = found.areas.iter().map(line).collect();
        let likely = found.enough * 100.0;
        format!("\n{} areas of {} have enough, {likely:.1}% likely:{lines}", found.reached, found.least)
    });
    output.say(
        &format!(
            "Of {} that can be handed over {} were checked: {} found, {} unsure, {} not found.\n\
             Valid: {:.0} ({:.0} to {:.0}) where the unsure ones are not, {:.0} ({:.0} to {:.0}) where they are; {} are required.\n\
             Merged root {}{areas}",
            found.filed, found.checked, found.found, found.unsure, found.not_found,
            found.low.valid, found.low.low, found.low.high, found.high.valid, found.high.low, found.high.high,
            args.required, found.root,
        ),
        &json!(found),
    )?;
    Ok(Ending::Done)
}
