//! `undersigned table upload`

use std::path::PathBuf;

use serde_json::json;
use table::sending;

use super::client::client;
use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files that end in .batch
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

pub(super) async fn run(args: &Args, profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let client = client(&profile.open_table()?)?;
    let mut ending = Ending::Done;
    let mut said = Ok(());
    sending::upload(&client, &args.files, |file, uploaded| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (sentence, value) = match uploaded {
            sending::Uploaded::Received { size } => {
                (format!("{name}: received up to entry {size}."), json!({ "file": name, "received": size }))
            }
            sending::Uploaded::Refused { code, detail } => {
                ending = Ending::BatchRefused;
                (
                    format!("{name}: refused: {detail} ({code})"),
                    json!({ "file": name, "refused": code, "detail": detail }),
                )
            }
            sending::Uploaded::Later { code } => {
                if matches!(ending, Ending::Done) {
                    ending = Ending::NotAllReceived;
                }
                (
                    format!("{name}: not received now: {} ({code})", why(code)),
                    json!({ "file": name, "later": code }),
                )
            }
        };
        if said.is_ok() {
            said = output.say(&sentence, &value);
        }
    })
    .await;
    said?;
    Ok(ending)
}

/// Why a file is not received now, and what to do.
fn why(code: &str) -> &'static str {
    match code {
        "upload/held" => "the organizer must confirm its table: tell the organizer",
        "upload/earlier-missing" => "an earlier batch of its table is missing: upload that one too",
        "upload/unknown-campaign" => {
            "the endpoint does not know this campaign: tell the organizer, a pull or a tally makes it known again"
        }
        "upload/quota" => "the endpoint has taken what it takes of one table for now: try again later",
        "upload/busy" => "the endpoint is busy: try again later",
        "endpoint/not-the-endpoint" => {
            "something answered that is not the endpoint, often the login page of a Wi-Fi: log in, then try again"
        }
        "endpoint/other-endpoint" => {
            "another endpoint answers, whose key the kit does not name: tell the organizer"
        }
        _ => "the endpoint cannot be reached: try again later",
    }
}
