//! `undersigned table news`, and its words.

use serde_json::json;
use table::{Change, News};

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut table = profile.open_table()?;
    for news in table.news() {
        output.say(&words(news), &json!(news))?;
    }
    if table.news().is_empty() && !output.json {
        output.say("The organizer has changed nothing since this was last asked.", &json!({}))?;
    }
    table.read_news()?;
    Ok(Ending::Done)
}

/// What an update changed, in a sentence.
pub(super) fn words(news: &News) -> String {
    match &news.change {
        Change::Added { title } => format!("A petition came: \u{201c}{title}\u{201d}."),
        Change::Corrected { title, version } => format!(
            "The text of \u{201c}{title}\u{201d} was corrected: version {version}. What was signed stands for the text before."
        ),
        Change::Settings { title, version } => {
            format!(
                "\u{201c}{title}\u{201d} asks otherwise, or has another goal: version {version}. Its text is the same."
            )
        }
        Change::Ended { title } => format!("\u{201c}{title}\u{201d} has ended: signers see it no more."),
        Change::Reopened { title } => format!("\u{201c}{title}\u{201d} can be signed again."),
        Change::Keys => "Signatures are sealed to a new key from now on.".to_owned(),
        Change::KitDate { .. } => "The kit is good until another day.".to_owned(),
    }
}
