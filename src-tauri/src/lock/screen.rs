//! While the kiosk is open the screen stays on, and an idle computer does not sleep.

use std::{sync::mpsc, thread};

use keepawake::KeepAwake;

const WHO: &str = "Undersigned";
const WHY: &str = "A table is with its signers";

/// What keeps the screen on. A thread of its own asks the system: a bus may take its time to answer.
pub(crate) struct Screen(mpsc::Sender<bool>);

impl Screen {
    pub(crate) fn new() -> Self {
        let (says, said) = mpsc::channel::<bool>();
        thread::spawn(move || {
            let mut kept: Option<Kept> = None;
            for on in said {
                give_back(kept.take());
                kept = on.then(Kept::ask);
            }
        });
        Self(says)
    }

    /// Keeps the screen on, or lets the system do as it likes again.
    pub(crate) fn keep_on(&self, on: bool) {
        // The thread ends with the program alone.
        let _ = self.0.send(on);
    }
}

/// Everything that was asked and granted. It is given back when dropped, and by the system when the program ends.
struct Kept {
    _granted: Vec<KeepAwake>,
    #[cfg(target_os = "linux")]
    _server: Option<x11rb::rust_connection::RustConnection>,
}

impl Kept {
    /// Asks each by itself: which of them a system knows differs.
    fn ask() -> Self {
        let [mut screen, mut idle] = [keepawake::Builder::default(), keepawake::Builder::default()];
        screen.display(true);
        idle.idle(true);
        let asked = [screen, idle].into_iter().filter_map(|mut ask| {
            ask.app_name(WHO).app_reverse_domain("org.undersigned.desktop").reason(WHY);
            ask.create().inspect_err(|_| tracing::info!("the system keeps nothing awake on our word")).ok()
        });
        Self {
            _granted: asked.collect(),
            #[cfg(target_os = "linux")]
            _server: suspend_screen_saver().ok(),
        }
    }
}

/// Asks the X server itself (MIT-SCREEN-SAVER 1.1, `ScreenSaverSuspend`), which blanks a screen without any desktop. It holds as long
/// as the connection.
#[cfg(target_os = "linux")]
fn suspend_screen_saver() -> anyhow::Result<x11rb::rust_connection::RustConnection> {
    use x11rb::{connection::RequestConnection, protocol::screensaver::ConnectionExt};
    let (server, _) = x11rb::connect(None)?;
    server.extension_information("MIT-SCREEN-SAVER")?;
    server.screensaver_query_version(1, 1)?.reply()?;
    server.screensaver_suspend(1)?.check()?;
    Ok(server)
}

/// Gives it back where a panic reaches nobody: a bus that is gone meanwhile makes one.
fn give_back(kept: Option<Kept>) {
    let given_back = thread::spawn(move || drop(kept)).join();
    if given_back.is_err() {
        tracing::info!("what kept the system awake was gone already");
    }
}
