//! `undersigned table room` and `make-room`

use std::sync::Mutex;

use serde_json::json;

use crate::{Ending, keys::Profile, output::Output};

pub(super) fn room(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let room = profile.open_table()?.room()?;
    let mut sentence = format!(
        "The table takes {}. Of {} sealed entries the organizer has opened them and the endpoint stores them: \
         `table make-room` erases them here, which gives about {}. {} stay",
        megabytes(room.bytes),
        room.erasable,
        megabytes(room.erasable_bytes),
        room.stays
    );
    sentence.push_str(&match (room.stays_received, room.told_at) {
        (0, _) => ".".to_owned(),
        (received, None) => format!(
            "; {received} of them are received, and the organizer has not said yet which are opened: that comes with \
             `table send`, after the organizer's next tally."
        ),
        (received, Some(_)) => format!("; {received} of them are received, and wait for the organizer's next tally."),
    });
    if room.erased > 0 {
        sentence.push_str(&format!(" {} were erased before.", room.erased));
    }
    output.say(&sentence, &json!(room))?;
    Ok(Ending::Done)
}

pub(super) fn make_room(profile: &Profile, output: &Output) -> anyhow::Result<Ending> {
    let table = Mutex::new(profile.open_table()?);
    let made = table::make_room(&table, |_| ())?;
    let mut sentence = format!(
        "{} sealed entries are erased here: the organizer has opened them, and the endpoint stores them. The disk has {} \
         back.",
        made.erased,
        megabytes(made.given_back)
    );
    if made.free > 0 {
        let more =
            format!(" {} are free in the table's database, for the next signatures.", megabytes(made.free));
        sentence.push_str(&more);
    }
    output.say(&sentence, &json!(made))?;
    Ok(Ending::Done)
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}
