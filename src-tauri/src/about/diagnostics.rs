//! What may be told to others when something is wrong: numbers, states and codes. No name, place, label or text of anybody's.

use std::{
    fs,
    path::{Path, PathBuf},
};

use desk::Desk;
use serde_json::{Value, json};
use table::Table;
use tauri::{AppHandle, Manager, State};
use uuid::Uuid;

use crate::{
    failure::Failure,
    last_failures, log,
    seats::{Seats, guard},
};

/// What the file is called.
const NAME: &str = "undersigned-diagnostics.txt";

/// How many of the last lines of the log are told.
const LAST: usize = 30;

/// What may be told to others when something is wrong, for the person to read before anybody else does.
#[tauri::command]
pub(crate) async fn diagnostics(app: AppHandle, seats: State<'_, Seats>) -> Result<String, Failure> {
    seats.run(move |seats| write(seats, app.path().home_dir().ok().as_deref())).await
}

/// Writes the diagnostics into a folder, by its token; gives the file's path.
#[tauri::command]
pub(crate) async fn save_diagnostics(
    app: AppHandle,
    seats: State<'_, Seats>,
    folder: Uuid,
) -> Result<PathBuf, Failure> {
    seats
        .run(move |seats| {
            let told = write(seats, app.path().home_dir().ok().as_deref())?;
            let path = seats.place(folder)?.join(NAME);
            desk::write_private(&path, told.as_bytes())?;
            Ok(path)
        })
        .await
}

fn write(seats: &Seats, home: Option<&Path>) -> Result<String, Failure> {
    let profile = seats.folder();
    let told = json!({
        "made at": jiff::Timestamp::now().to_string(),
        "version": env!("CARGO_PKG_VERSION"),
        "debug build": cfg!(debug_assertions),
        "system": system(),
        "processor": std::env::consts::ARCH,
        "web view": tauri::webview_version().ok(),
        "folder": shown(profile, home),
        "kiosk is open": seats.is_locked(),
        "table": table(seats),
        "desk": desk(seats),
        "files, in bytes": files(profile),
        "last failures": last_failures::list(),
        "last lines of the log": last_lines(profile),
    });
    serde_json::to_string_pretty(&told)
        .map_err(|_| Failure::new("app/unexpected", "the diagnostics are not JSON"))
}

/// The system by the name it gives itself.
fn system() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.map_or_else(|| std::env::consts::OS.to_owned(), |name| name.trim_matches('"').to_owned())
}

/// A path without the name of whoever is logged in.
fn shown(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(below) => Path::new("~").join(below).display().to_string(),
        None => "outside the home folder".to_owned(),
    }
}

fn table(seats: &Seats) -> Value {
    match seats.table() {
        Err(failure) => json!(failure.code),
        Ok(seat) => {
            let table = guard(&seat.table);
            json!({
                "schema": Table::SCHEMA_VERSION,
                "petitions": table.petitions().len(),
                "sending": seat.sender.as_ref().map(|sender| sender.status().state),
                "counts": table.counts().map_or_else(|error| json!(error.code()), |counts| json!({
                    "saved": counts.saved,
                    "received": counts.received,
                    "waiting": counts.waiting,
                })),
            })
        }
    }
}

fn desk(seats: &Seats) -> Value {
    match seats.desk() {
        Err(failure) => json!(failure.code),
        Ok(desk) => {
            let desk = guard(&desk);
            json!({
                "schema": Desk::SCHEMA_VERSION,
                "petitions": desk.petitions().map_or_else(|error| json!(error.code()), |rows| json!(rows.len())),
                "tables": desk.tables().map_or_else(|error| json!(error.code()), |rows| json!(rows.len())),
                "count": desk.count(None).map_or_else(|error| json!(error.code()), |count| json!(count)),
            })
        }
    }
}

/// The sizes of the databases, with what SQLite keeps beside each.
fn files(profile: &Path) -> Value {
    let names = ["table/table.db", "table/table.db-wal", "desk/desk.db", "desk/desk.db-wal"];
    let size = |name: &str| fs::metadata(profile.join(name)).ok().map(|file| file.len());
    names.iter().map(|name| ((*name).to_owned(), json!(size(name)))).collect::<serde_json::Map<_, _>>().into()
}

fn last_lines(profile: &Path) -> Vec<String> {
    let text = fs::read_to_string(log::path(profile)).unwrap_or_default();
    let mut last: Vec<String> = text.lines().rev().take(LAST).map(str::to_owned).collect();
    last.reverse();
    last
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn nothing_in_it_says_who_is_logged_in() {
        let home = tempfile::Builder::new().prefix("wrenfield").tempdir().unwrap();
        let profile = home.path().join("share/org.undersigned.desktop");
        fs::create_dir_all(&profile).unwrap();
        last_failures::remember("table/no-shift");
        let told = write(&Seats::new(profile.clone()), Some(home.path())).unwrap();
        assert!(told.contains("~/share/org.undersigned.desktop"), "{told}");
        assert!(told.contains("table/no-shift") && told.contains("table/none"), "{told}");
        let elsewhere = write(&Seats::new(profile), None).unwrap();
        for told in [told, elsewhere] {
            assert!(!told.contains("wrenfield"), "{told}");
        }
    }
}
