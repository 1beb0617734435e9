//! `undersigned table upload`

use std::path::PathBuf;

use serde_json::json;
use table::sending;

use super::client;
use crate::{Ending, keys::Profile, output::Output};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files that end in .batch
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
                    format!("{name}: refused: {detail}"),
                    json!({ "file": name, "refused": code, "detail": detail }),
                )
            }
            sending::Uploaded::Later { code } => {
                if matches!(ending, Ending::Done) {
                    ending = Ending::NotAllReceived;
                }
                (format!("{name}: not received now ({code})."), json!({ "file": name, "later": code }))
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
