//! The shell: one window, its kiosk lock, the keys, and one thin file of commands a page.
//!
//! No rule lives here. A command takes what a page says, calls the table or the desk, and gives back what these gave. A shape
//! of its own stands beside its command, and only where it joins several.

mod about;
#[cfg(test)]
mod bindings;
mod commands;
mod desk;
#[cfg(target_os = "linux")]
mod environment;
mod failure;
mod kiosk;
mod last_failures;
mod lock;
mod log;
mod monitor;
mod printing;
mod profile;
mod qr;
mod seats;
mod secret;
mod single;
mod speech;
mod start;
mod table;
mod window;

use std::alloc::System;

use tauri::Manager;
use zeroizing_alloc::ZeroAlloc;

/// What a person typed passes through buffers of many libraries: every one is overwritten when it is freed.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

/// Opens the app and runs it until it is closed.
pub fn run() -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    environment::ensure()?;
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(commands::handler())
        .setup(|app| {
            let folder = profile::folder(app.handle())?;
            // First, so that a second start ends before it touches anything.
            single::prefer_the_first(app.handle(), &folder)?;
            log::begin(&folder)?;
            app.manage(seats::Seats::new(folder.clone()));
            app.manage(lock::Screen::new());
            app.manage(speech::Speech::new());
            window::open(app.handle(), &folder)?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
