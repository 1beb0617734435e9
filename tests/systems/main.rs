//! Several tables, sticks, an endpoint and a desk: real processes, databases and files.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests, one of which says its figures")]

mod batch_files;
mod command_line;
mod copied_table;
mod exported;
mod forgetful_endpoint;
mod founding;
mod from_help_alone;
mod kits_by_code;
mod lost_desk;
mod many_at_once;
mod pages;
mod paper_sheet;
mod roll;
mod room;
mod slow_link;
mod the_organizers_word;
mod three_tables;
mod translated;
mod two_organizers;
mod updates;
