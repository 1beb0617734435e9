//! The commands, for the window. While the kiosk is open, those of the kiosk and no other.

use tauri::{Manager, Wry, ipc::Invoke};

use crate::{about, desk, failure::Failure, kiosk, seats::Seats, start, table};

macro_rules! commands {
    (
        at_the_kiosk: [$($($kiosk:ident)::+,)*],
        elsewhere: [$($($other:ident)::+,)*],
    ) => {
        /// What a page may call while the kiosk is open: nothing of the table's or the desk's, whatever runs in the page.
        const AT_THE_KIOSK: &[&[&str]] = &[$(&[$(stringify!($kiosk)),+]),*];

        fn all() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($($kiosk)::+,)* $($($other)::+,)*]
        }

        /// Every command, by the parts of its path.
        #[cfg(test)]
        pub(crate) const ALL: &[&[&str]] =
            &[$(&[$(stringify!($kiosk)),+],)* $(&[$(stringify!($other)),+],)*];
    };
}

include!("commands/list.rs");

/// All commands, for the window.
pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    let answer = all();
    move |invoke| {
        let locked = invoke.message.webview_ref().state::<Seats>().is_locked();
        if locked && !is_of_the_kiosk(invoke.message.command()) {
            invoke
                .resolver
                .reject(Failure::new("kiosk/locked", "the kiosk is open: the table is taken back first"));
            return true;
        }
        answer(invoke)
    }
}

fn is_of_the_kiosk(command: &str) -> bool {
    AT_THE_KIOSK.iter().any(|path| path.last() == Some(&command))
}
