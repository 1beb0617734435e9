//! After each visit a fresh process runs the page. No driver takes part: it would lose the window, and what is typed through it
//! would be in the app's memory on its account.

use std::{
    fs::{self, File},
    process::Stdio,
    time::Duration,
};

use system_tests::{Program, Running, eventually};

use crate::{
    canaries::NAME,
    memory_search::find,
    street::{NAME_ONLY, Street},
};

const SOON: Duration = Duration::from_secs(60);

/// Where these are on a screen of 1280 by 800.
const SIGN: (u32, u32) = (977, 402);
const START_OVER: (u32, u32) = (724, 47);

#[tokio::test]
async fn nothing_of_a_visit_is_in_the_memory_of_any_process_once_the_next_page_is_there() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    File::create(street.profile.join("kiosk.lock")).unwrap();
    let app = Running::start(
        street
            .computer
            .command(Program::App.path().unwrap())
            .env("UNDERSIGNED_PROFILE", &street.profile)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null()),
    )
    .unwrap();
    // The form has the focus in its first field: a name that arrives there is in the page's memory.
    eventually("a name in the form", SOON, async || {
        click(&street, SIGN);
        xdotool(&street, &["key", "ctrl+a", "BackSpace"]);
        xdotool(&street, &["type", "--delay", "4", NAME]);
        Ok(page_of(&app).filter(|page| found(*page) > 0))
    })
    .await
    .unwrap();
    let typed_in = page_of(&app).unwrap();
    click(&street, START_OVER);
    eventually("a fresh page", SOON, async || Ok(page_of(&app).filter(|page| *page != typed_in)))
        .await
        .unwrap();
    // It works: somebody else signs in it, and finds nothing.
    eventually("the next name in the form", SOON, async || {
        click(&street, SIGN);
        xdotool(&street, &["type", "--delay", "4", "Sukarno"]);
        Ok(page_of(&app).filter(|page| !find(*page, &[b"Sukarno".to_vec(), wide("Sukarno")]).is_empty()))
    })
    .await
    .unwrap();
    let left: Vec<(u32, usize)> =
        [app.id()].into_iter().chain(app.descendants()).map(|process| (process, found(process))).collect();
    assert!(left.len() > 1 && left.iter().all(|(_, found)| *found == 0), "{left:?}");
    app.kill().unwrap();
}

/// How often the name is in a process's memory.
fn found(process: u32) -> usize {
    find(process, &[NAME.as_bytes().to_vec(), wide(NAME)]).len()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The process that runs the page, where one does.
fn page_of(app: &Running) -> Option<u32> {
    let is_page = |id: &u32| {
        fs::read_link(format!("/proc/{id}/exe"))
            .is_ok_and(|running| running.to_string_lossy().contains("WebKitWebProcess"))
    };
    app.descendants().into_iter().find(is_page)
}

fn click(street: &Street, (x, y): (u32, u32)) {
    xdotool(street, &["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
}

fn xdotool(street: &Street, arguments: &[&str]) {
    assert!(street.computer.command("xdotool").args(arguments).status().unwrap().success());
}
