//! Journeys in the real window, as people go them.
#![expect(clippy::unwrap_used, reason = "tests")]

mod about;
mod abuse;
mod break_out;
mod by_code;
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
mod meant;
mod memory;
mod memory_search;
mod paper;
mod pdf;
mod pin_reset;
mod practice;
mod printed;
mod restored;
mod second_start;
mod spanish;
mod spine;
mod street;
mod touch;
mod translated;
mod updated;
mod ways_out;
mod whole_day;
