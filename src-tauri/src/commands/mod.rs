//! What the screens may call: one file a screen, one short function a command.

mod backup;
mod desk;
mod kiosk;
mod merge;
mod start;
mod table;

use ::desk::{ClientError, DeskError};
use ::table::TableError;
use tauri::{Manager, Wry, ipc::Invoke};
use vault::VaultError;

use crate::{about, seats::Seats, views::Failure};

/// What a page may call while the kiosk is open: nothing of the table's or the desk's, whatever runs in the page.
const AT_THE_KIOSK: [&str; 8] =
    ["start_state", "unlock", "kiosk_home", "kiosk_petition", "check", "sign", "forget_visit", "take_back"];

/// All commands, for the window.
pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    let answer = all();
    move |invoke| {
        let locked = invoke.message.webview_ref().state::<Seats>().is_locked();
        if locked && !AT_THE_KIOSK.contains(&invoke.message.command()) {
            invoke
                .resolver
                .reject(Failure::new("kiosk/locked", "the kiosk is open: the table is taken back first"));
            return true;
        }
        answer(invoke)
    }
}

fn all() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        start::start_state,
        start::unlock,
        start::open_kit,
        start::new_campaign,
        start::save_places,
        start::choose_folder,
        kiosk::kiosk_home,
        kiosk::kiosk_petition,
        kiosk::check,
        kiosk::sign,
        kiosk::forget_visit,
        kiosk::hand_to_signers,
        kiosk::take_back,
        table::table_home,
        table::start_shift,
        table::end_shift,
        table::send_now,
        table::hand_carry,
        table::set_pin,
        table::new_generation,
        table::kit_info,
        desk::desk_home,
        desk::check_petition,
        desk::add_petition,
        desk::list_kits,
        desk::make_kit,
        desk::confirm_table,
        merge::merge_now,
        merge::choose_batches,
        merge::merge_files,
        desk::ledger,
        desk::export_csv,
        backup::write_backup,
        backup::set_backup_passphrase,
        backup::choose_backup,
        backup::restore_campaign,
        about::program::about,
        about::licences::licences,
        about::diagnostics::diagnostics,
        about::diagnostics::save_diagnostics,
    ]
}

impl Failure {
    /// A failure by its code.
    pub(crate) fn new(code: &str, detail: &str) -> Self {
        about::diagnostics::remember(code);
        Self { code: code.to_owned(), detail: detail.to_owned() }
    }
}

macro_rules! failures {
    ($($error:ty),*) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::new(error.code(), &error.to_string())
            }
        }
    )*};
}

failures!(TableError, DeskError, VaultError, ClientError);

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        // The kind, not the message: a message may hold a path, and a path a person's name.
        let code = match error.kind() {
            std::io::ErrorKind::StorageFull => "io/disk-full",
            _ => "io/cannot-write",
        };
        Self::new(code, &error.kind().to_string())
    }
}

impl From<tauri::Error> for Failure {
    fn from(error: tauri::Error) -> Self {
        Self::new("window/refused", &error.to_string())
    }
}
