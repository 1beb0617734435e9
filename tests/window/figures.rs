//! Figures of the real window: the kiosk's first picture beside a bare window's, a signer's wait for "saved", the longest
//! frame while somebody draws, and lines of paper that are typed.
//!
//! They are of the profile `driven`: a release in which the window can be driven. Named (`start`, `saved`, `ink`, `paper`), only
//! those are measured, and nothing is kept of them. `ledger` is measured where it is named.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a benchmark")]

mod ink;
mod ledger;
mod paper;
mod processes;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::{SystemTime, UNIX_EPOCH},
};

use desk::Desk;
use serde_json::{Value, json};
use system_tests::{CommandLine, Computer, Window, path, sample_petition, target_folder};
use table::{Draft, SetUp, Table};
use tempfile::TempDir;
use vault::{Profile, Vault};

const STARTS: usize = 9;
/// As the web view calls it (W3C Paint Timing).
const FIRST_PAINT: &str = "first-contentful-paint";
const ENTRIES: usize = 10_000;
const SIGNERS: usize = 300;
const CROWD: u64 = 1_000_000;
const PASSPHRASE: &str = "a passphrase for figures";
const BY_NAME: &str = "---\ntitle: A bench at the pond\nstarted_by: Friends of the Pond\naddressed_to: The Parks Department\n---\n\nWe ask for one bench.\n";
const WITH_INK: &str = "---\ntitle: A bench at the pond\nstarted_by: Friends of the Pond\naddressed_to: The Parks Department\nfields:\n  ink: required\n---\n\nWe ask for one bench.\n";
const ON_PAPER: &str = "---\ntitle: A bench at the pond\nstarted_by: Friends of the Pond\naddressed_to: The Parks Department\nfields:\n  postal_code: optional\n---\n\nWe ask for one bench.\n";
const A_MONTH: i64 = 30 * 86_400;

#[tokio::main]
async fn main() {
    let asked: Vec<String> = env::args().skip(1).collect();
    let is_asked = |part: &str| asked.is_empty() || asked.iter().any(|asked| asked == part);
    let mut figures = Vec::new();
    if is_asked("start") {
        figures.extend(started_up().await);
    }
    if is_asked("saved") {
        figures.extend(saved().await);
    }
    if is_asked("ink") {
        figures.push(drawn().await);
    }
    if is_asked("paper") {
        figures.extend(typed().await);
    }
    // It takes ten minutes: where it is named.
    if asked.iter().any(|asked| asked == "ledger") {
        figures.extend(crowd().await);
    }
    for figure in &figures {
        println!("{figure}");
    }
    // Some of them are for who works on them.
    if !asked.is_empty() {
        return;
    }
    let folder = target_folder().unwrap().join("figures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("window.json"), json!(figures).to_string()).unwrap();
}

/// What starts the window from a system's menu.
const ENTRY: &str = include_str!("../../src-tauri/entry.desktop");

/// From the start of the process to the first picture with the page's own content, and to the kiosk, in turn with a bare window;
/// and the memory of both then. The window is started as a system's menu does it.
async fn started_up() -> Vec<Value> {
    let computer = Computer::start().await.unwrap();
    let profile = computer.profile("street");
    set_up_table(&computer, &profile);
    // A crash comes back locked: the kiosk is the first thing shown.
    fs::write(profile.join("kiosk.lock"), "").unwrap();
    let line = ENTRY.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap();
    let bare = env::current_exe().unwrap().with_file_name("bare-window");
    let [mut peer, mut peer_memory, mut first, mut whole, mut memory] = [const { Vec::new() }; 5];
    for _ in 0..STARTS {
        let window = Window::open_program(&computer, &bare, &[], &[("TAURI_WEBVIEW_AUTOMATION", "true")])
            .await
            .unwrap();
        peer.push(painted(&window, FIRST_PAINT).await);
        peer_memory.push(processes::memory(window.app_id().unwrap()));
        window.close().await.unwrap();
        let window = Window::open_by(&computer, &profile, line).await.unwrap();
        whole.push(painted(&window, "kiosk-shown").await);
        first.push(painted(&window, FIRST_PAINT).await);
        memory.push(processes::memory(window.app_id().unwrap()));
        window.close().await.unwrap();
    }
    let row = |what: &str, own: &mut [f64], peer: &mut [f64], unit: &str| {
        let (own, peer) = (median(own), median(peer));
        json!({
            "what": format!("{what}, median of 9 in turn; beside a bare window of the same toolkit with a line of text"),
            "figure": format!("{own:.0} {unit}"), "peer": format!("{peer:.0} {unit}"), "ratio": own / peer,
        })
    };
    vec![
        row("from start to the first picture", &mut first, &mut peer, "ms"),
        row("from start to the kiosk on the screen", &mut whole, &mut peer, "ms"),
        row("memory of all processes with the kiosk on the screen", &mut memory, &mut peer_memory, "MiB"),
    ]
}

/// A table by the command line, whose keys are in the computer's keyring.
fn set_up_table(computer: &Computer, profile: &Path) {
    let at = |name: &str| path(computer.folder(), name).unwrap();
    fs::write(at("passphrase"), PASSPHRASE).unwrap();
    let line = CommandLine::on(computer, profile);
    let new = ["desk", "new", "--name", "Figures", "--backup", &at("backup"), "--backup-passphrase-file"];
    line.run(&[&new[..], &[&at("passphrase")]].concat()).unwrap();
    line.run(&["desk", "add-petition", sample_petition().to_str().unwrap()]).unwrap();
    line.run(&["desk", "make-kit", "--label", "Figures", "--out", &at("kit")]).unwrap();
    line.run(&["table", "open-kit", &at("kit"), "--label", "Table"]).unwrap();
    line.run(&["table", "start-shift", "--place", "Market", "--volunteer", "D. R."]).unwrap();
}

/// Milliseconds from the start of the window's process to a moment that its page has noted (W3C Performance Timeline).
async fn painted(window: &Window, moment: &str) -> f64 {
    let script = "const [moment, done] = arguments;
        const look = () => {
            const paint = performance.getEntriesByName(moment)[0];
            // As text: the driver takes no fractions.
            paint ? done(String(performance.timeOrigin + paint.startTime)) : requestAnimationFrame(look);
        };
        look();";
    let at = window.client().execute_async(script, vec![json!(moment)]).await.unwrap();
    let at: f64 = at.as_str().unwrap().parse().unwrap();
    at - processes::started(window.app_id().unwrap())
}

/// From the tap on "Sign" to the frame that says "saved", with many entries on the table already.
async fn saved() -> Vec<Value> {
    let computer = Computer::start_without_keyring().await.unwrap();
    let profile = computer.profile("full");
    make_profile(&profile, BY_NAME, ENTRIES);
    // A table's entries are on the disk since long before: the first who sign do not wait for those of this one.
    assert!(Command::new("sync").status().unwrap().success());
    let window = handed_over(&computer, &profile).await;
    let script = "const [name, done] = arguments;
        const shown = (testid) => new Promise((resolve) => {
            const look = () => {
                const found = document.querySelector(`[data-testid=${testid}]`);
                found ? resolve(found) : requestAnimationFrame(look);
            };
            look();
        });
        (async () => {
            (await shown('kiosk-sign')).click();
            const field = await shown('field-full_name');
            // Quicker than anybody types, and time enough for the page to have started, as it has for a person.
            for (const letter of name) {
                await new Promise((resolve) => setTimeout(resolve, 60));
                field.value += letter;
                field.dispatchEvent(new InputEvent('input', { bubbles: true }));
            }
            const submit = await shown('submit');
            const tapped = performance.now();
            submit.click();
            await shown('thanks-title');
            // The frame in which it stands has been drawn when the next one begins.
            requestAnimationFrame(() => done(String(performance.now() - tapped)));
        })();";
    let mut times = Vec::new();
    for number in 0..SIGNERS {
        let name = json!(format!("Signer Number{number}"));
        let took = window.client().execute_async(script, vec![name]).await.unwrap();
        times.push(took.as_str().unwrap().parse::<f64>().unwrap());
        window.click("thanks-done").await.unwrap();
        // A fresh page runs for the next one.
        window.wait_for_present("[data-testid=announced]:not(:empty)").await.unwrap();
    }
    window.close().await.unwrap();
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part).round() as usize];
    let row = |name: &str, figure: f64| {
        json!({
            "what": format!("from the tap on “Sign”, after a name at 60 ms a key, to the frame that says “saved”, 10,000 entries on the table, {name} of 300; beside the limit"),
            "figure": format!("{figure:.0} ms"), "peer": "100 ms", "ratio": figure / 100.0,
        })
    };
    vec![row("p50", at(0.5)), row("p99", at(0.99))]
}

/// The longest frame while somebody draws without end.
async fn drawn() -> Value {
    let computer = Computer::start_without_keyring().await.unwrap();
    let profile = computer.profile("ink");
    make_profile(&profile, WITH_INK, 0);
    let window = handed_over(&computer, &profile).await;
    let figure = ink::longest_frame(&window).await;
    window.close().await.unwrap();
    figure
}

/// Lines of a sheet, typed by keys alone.
async fn typed() -> Vec<Value> {
    let computer = Computer::start_without_keyring().await.unwrap();
    let profile = computer.profile("paper");
    make_profile(&profile, ON_PAPER, 0);
    let window = Window::open(&computer, &profile).await.unwrap();
    window.type_into("passphrase", PASSPHRASE).await.unwrap();
    window.click("unlock").await.unwrap();
    let figures = paper::lines_typed(&computer, &window).await;
    window.close().await.unwrap();
    let vault = Vault::open(&Profile::hold(&profile).unwrap(), Some(PASSPHRASE), &mut rand::rng()).unwrap();
    let keys = table::Keys::from_named(|name| vault.get_key(name)).unwrap();
    paper::assert_whole(&Table::open(&profile.join("table"), keys, now()).unwrap());
    figures
}

/// The ledger of a crowd: searched, narrowed, and leafed through.
async fn crowd() -> Vec<Value> {
    let signatures = env::var("UNDERSIGNED_SIGNATURES").map_or(CROWD, |said| said.parse().unwrap());
    let computer = Computer::start_without_keyring().await.unwrap();
    let profile = computer.profile("desk");
    ledger::make_profile(&profile, PASSPHRASE, signatures, now());
    let window = Window::open(&computer, &profile).await.unwrap();
    window.type_into("passphrase", PASSPHRASE).await.unwrap();
    window.click("unlock").await.unwrap();
    let figures = ledger::asked(&window, signatures).await;
    window.close().await.unwrap();
    figures
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}

/// The window of a table whose keys are under a passphrase, in the hands of signers.
async fn handed_over(computer: &Computer, profile: &Path) -> Window {
    let window = Window::open(computer, profile).await.unwrap();
    window.type_into("passphrase", PASSPHRASE).await.unwrap();
    window.click("unlock").await.unwrap();
    window.click("hand-to-signers").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    window
}

/// A table for one petition, with so many signatures, in a running shift, with its keys under a passphrase.
fn make_profile(profile: &Path, source: &str, entries: usize) {
    let mut rng = rand::rng();
    let now = now();
    let folder = TempDir::new().unwrap();
    let desk_folder: PathBuf = folder.path().join("desk");
    let key = desk::BackupKey::with_work("ten characters", 1, &mut rng).unwrap();
    let backup = desk::NewBackup { path: &folder.path().join("backup"), key: &key };
    let keys = desk::Keys::generate(&mut rng);
    let mut desk = Desk::create(&desk_folder, keys, "Figures", None, &backup, now, &mut rng).unwrap();
    let petition = desk.add_petition(source, now, &mut rng).unwrap();
    let (_, kit) = desk.make_kit("Figures", 9, now + A_MONTH, now, &mut rng).unwrap();
    fs::create_dir_all(profile).unwrap();
    let mut vault = Vault::open(&Profile::hold(profile).unwrap(), Some(PASSPHRASE), &mut rng).unwrap();
    let keys = table::Keys::generate(&mut rng);
    vault.put_keys(&keys.named(), &mut rng).unwrap();
    let mut table = {
        let set_up = SetUp::new(&kit, "Table", Some("246813"), now).unwrap();
        Table::create(&profile.join("table"), keys, set_up, now, &mut rng).unwrap()
    };
    table.start_shift("Market", "D. R.", now, &mut rng).unwrap();
    for number in 0..entries {
        let mut draft = Draft::default();
        draft.petition = petition;
        draft.language = "en".into();
        draft.full_name = format!("Person Number{number}");
        table.sign(&draft, false, now, &mut rng).unwrap();
    }
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
