//! What whole-system tests are made of: a computer with a screen and a keyring, the real window on it,
//! the command line, and an endpoint that can go away and come back at the same address.
//!
//! Everything that is started here is stopped, by its id, when the value that stands for it is dropped.
//! Nothing waits for a fixed time: what is awaited is asked for until it is there or its deadline has passed.

mod campaign;
mod command_line;
mod computer;
mod deadline;
mod endpoint;
mod faulty_disk;
mod program;
mod running;
mod screen_reader;
mod slow_link;
mod touch_screen;
mod window;

pub use campaign::{Campaign, PASSPHRASE, path, sample_petition};
pub use command_line::{CommandLine, Ended, Words};
pub use computer::Computer;
pub use deadline::eventually;
pub use endpoint::Endpoint;
pub use faulty_disk::{FaultyDisk, OddFileSystem, WrongClock};
pub use program::{Program, journey_folder, target_folder};
pub use running::Running;
pub use screen_reader::ScreenReader;
pub use slow_link::SlowLink;
pub use touch_screen::{Place, TouchScreen};
pub use window::Window;
