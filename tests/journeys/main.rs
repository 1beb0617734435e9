//! Journeys in the real window, as people go them.
#![expect(clippy::unwrap_used, reason = "tests")]

mod about;
mod abuse;
mod aloud;
mod break_out;
mod by_keys;
mod canaries;
mod carried;
mod covered;
mod fresh_page;
mod ink;
mod input_methods;
mod kiosk;
mod languages;
mod lock;
mod look;
mod lost_laptop;
mod memory;
mod memory_search;
mod names;
mod paper;
mod pdf;
mod pin_reset;
mod practice;
mod printed;
mod restored;
mod screen_reader;
mod second_start;
mod spine;
mod street;
mod switches;
mod touch;
mod updated;
mod ways_out;
mod whole_day;
