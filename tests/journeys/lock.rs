//! The lock is the shell's: what is closed beside a kiosk, and what a volunteer has whose table cannot be opened.

use std::{fs, time::Duration};

use system_tests::{Computer, Window, eventually};
use x11rb::{
    protocol::{
        screensaver::ConnectionExt as _,
        xproto::{Blanking, ConnectionExt as _, Exposures},
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

use crate::{
    memory_search::find,
    street::{NAME_ONLY, Street, kill, take_back},
};

#[tokio::test]
async fn beside_a_kiosk_the_desk_is_closed_and_its_keys_are_in_no_memory() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let keys = ["desk/database", "desk/root", "desk/holder"].map(|name| street.key(name));
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for("[data-testid=hand-to-signers]").await.unwrap();
    let app = window.app_id().unwrap();
    assert!(!find(app, &keys).is_empty(), "the search finds what is there");
    assert!(opens_the_desk(app));
    window.click("hand-to-signers").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    let left: Vec<_> = find(app, &keys).into_iter().map(|found| (found.which, found.place)).collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(!opens_the_desk(app));
    take_back(&window).await;
    // What was closed is opened again by itself.
    window.click("nav-desk").await.unwrap();
    window.wait_for_text("desk-title", "Neighbors").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test]
async fn a_locked_table_that_cannot_be_opened_is_told_and_traps_nobody() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = street.open().await;
    kill(window);
    let (database, aside) = (street.profile.join("table/table.db"), street.profile.join("table/aside"));
    fs::rename(&database, &aside).unwrap();
    fs::write(&database, "no database").unwrap();
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for_text("failure-code", "table/").await.unwrap();
    crate::look::is_good(&window, "a table that is stuck").await;
    window.screenshot("stuck").await.unwrap();
    for way in ["about", "nav-desk", "hand-to-signers", "take-back"] {
        assert!(!window.shows(way).await.unwrap(), "{way} is a way out");
    }
    // Mended meanwhile, it goes on, locked as it was.
    let app = window.app_id().unwrap();
    window
        .client()
        .execute("document.querySelector('[data-testid=end-program]').click()", Vec::new())
        .await
        .ok();
    eventually("the program to end", Duration::from_secs(60), async || {
        Ok((!fs::exists(format!("/proc/{app}/exe"))?).then_some(()))
    })
    .await
    .unwrap();
    drop(window);
    assert!(street.profile.join("kiosk.lock").exists());
    fs::rename(&aside, &database).unwrap();
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    take_back(&window).await;
    window.close().await.unwrap();
}

#[tokio::test]
async fn the_screen_goes_dark_before_and_after_a_kiosk_and_not_beside_it() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let server = Server::of(&street.computer);
    server.darkens_after_a_second();
    server.becomes(State::Dark).await;
    let window = street.open().await;
    server.wake(&street.computer);
    server.becomes(State::KeptOn).await;
    take_back(&window).await;
    server.becomes(State::Dark).await;
    window.close().await.unwrap();
}

/// An X server, asked by a program of the test's.
struct Server {
    connection: RustConnection,
    screen: u32,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    On,
    /// On, although the time after which it goes dark is over.
    KeptOn,
    Dark,
}

impl Server {
    fn of(computer: &Computer) -> Self {
        let command = computer.command("true");
        let display = command.get_envs().find(|(name, _)| *name == "DISPLAY").unwrap().1.unwrap();
        let (connection, _) = x11rb::connect(display.to_str()).unwrap();
        let screen = x11rb::connection::Connection::setup(&connection).roots[0].root;
        Self { connection, screen }
    }

    fn darkens_after_a_second(&self) {
        self.connection.set_screen_saver(1, 0, Blanking::PREFERRED, Exposures::NOT_ALLOWED).unwrap();
        self.connection.sync().unwrap();
    }

    fn wake(&self, computer: &Computer) {
        assert!(computer.command("xdotool").args(["key", "shift"]).status().unwrap().success());
    }

    fn state(&self) -> State {
        let info = self.connection.screensaver_query_info(self.screen).unwrap().reply().unwrap();
        match (info.state, info.ms_until_server) {
            (1, _) => State::Dark,
            (_, 0) => State::KeptOn,
            _ => State::On,
        }
    }

    /// Twice in a row: between its time and its turn a screen is on for a moment.
    async fn becomes(&self, state: State) {
        eventually(&format!("the screen to be {state:?}"), Duration::from_secs(60), async || {
            Ok((self.state() == state && self.state() == state).then_some(()))
        })
        .await
        .unwrap();
    }
}

/// Whether a process has the desk's database open.
fn opens_the_desk(process: u32) -> bool {
    let files = fs::read_dir(format!("/proc/{process}/fd")).unwrap();
    let targets = files.filter_map(|file| fs::read_link(file.unwrap().path()).ok());
    targets.into_iter().any(|target| target.to_string_lossy().contains("/desk/desk.db"))
}
