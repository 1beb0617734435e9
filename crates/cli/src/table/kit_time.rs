//! How the clock stands to the kit, in words.

use table::KitTime;

/// What a person should know of clock and kit, as a sentence after others.
pub(super) fn kit_time_words(time: KitTime) -> &'static str {
    match time {
        KitTime::Good => "",
        KitTime::ClockBehind => {
            " This computer's clock is before the day on which the kit was made: set it. Signing works meanwhile, but \
             the desk will not trust these times."
        }
        KitTime::Expired => {
            " The kit has expired, or this computer's clock is ahead: set the clock, or ask the organizer for a new \
             kit. What is signed is sealed and saved."
        }
    }
}
