//! `undersigned desk rotate`

use serde_json::json;

use super::backup::kept;
use crate::{
    Ending,
    keys::{Profile, now},
    output::Output,
};

pub(super) fn run(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let mut desk = profile.open_desk()?;
    desk.rotate(now(), &mut rand::rng())?;
    let done = "The kits made from now on seal to new keys. Tables go on with the keys that they \
                have until they learn it, with `undersigned desk publish`; what is sealed to those opens as ever.";
    let (sentence, value) = kept(&desk, done, json!({ "rotated": true }))?;
    output.say(&sentence, &value)?;
    Ok(Ending::Done)
}
