//! The ledger of a crowd in the window: from a key to the frame in which its answer stands, and the same for filters and pages.

use std::path::Path;

use desk::{BackupKey, Desk, Keys, Merged, NewBackup};
use serde_json::{Value, json};
use system_tests::Window;
use tempfile::TempDir;
use vault::{Profile, Vault};
use wire::Kit;

const SEARCH: f64 = 100.0;
const FILTER: f64 = 200.0;
const PAGE: f64 = 20.0;
const NAMES: u64 = 20;
/// Of a page.
const ROWS: u64 = 50;
const A_MONTH: i64 = 30 * 86_400;
const SOURCE: &str = "---\ntitle: A bench\nstarted_by: Us\naddressed_to: Them\n---\n\nWe ask for it.\n";

/// Waits until the answer to what `act` asks has been drawn: an answer that is there before a frame has been drawn when the next one
/// begins.
const DRAWN: &str =
    "const answers = () => document.querySelector('[data-testid=ledger-total]').dataset.answers;
    const drawn = (act) => new Promise((resolve) => {
        const before = answers();
        const begun = performance.now();
        const look = () => answers() === before
            ? requestAnimationFrame(look)
            : requestAnimationFrame(() => resolve(performance.now() - begun));
        act();
        requestAnimationFrame(look);
    });
    // Until the rows of the answer stand in the page; a frame more until they are seen.
    const answered = (act) => new Promise((resolve) => {
        const begun = performance.now();
        const told = new MutationObserver(() => {
            told.disconnect();
            resolve(performance.now() - begun);
        });
        told.observe(document.querySelector('[data-testid=ledger-total]'), { attributeFilter: ['data-answers'] });
        act();
    });
    const given = (element, value, event) => () => {
        element.value = value;
        element.dispatchEvent(new Event(event, { bubbles: true }));
    };
    // What is counted in parts follows an answer, when nothing more is asked for a moment.
    const quiet = () => new Promise((resolve) => setTimeout(resolve, 400));
    const field = (name) => document.querySelector(`[data-testid=${name}]`);
    const [given_values, done] = arguments;";

/// A desk that has merged so many signatures, with its keys under a passphrase.
pub(crate) fn make_profile(profile: &Path, passphrase: &str, signatures: u64, now: i64) {
    let mut rng = rand::rng();
    let folder = TempDir::new().unwrap();
    let key = BackupKey::with_work("ten characters", 1, &mut rng).unwrap();
    let backup = NewBackup { path: &folder.path().join("backup"), key: &key };
    let keys = Keys::generate(&mut rng);
    std::fs::create_dir_all(profile).unwrap();
    let mut vault = Vault::open(&Profile::hold(profile).unwrap(), Some(passphrase), &mut rng).unwrap();
    vault.put_keys(&keys.named(), &mut rng).unwrap();
    let mut desk =
        Desk::create(&profile.join("desk"), keys, "Figures", None, &backup, now, &mut rng).unwrap();
    let petition = desk.add_petition(SOURCE, now, &mut rng).unwrap();
    let (_, kit) = desk.make_kit("Figures", 1_000, now + A_MONTH, now, &mut rng).unwrap();
    let kit = Kit::open(&kit, now, None).unwrap();
    fixtures::crowd(kit, (petition, SOURCE), now, signatures, |batch| {
        let merged = desk.merge("crowd", batch, now).unwrap();
        assert!(matches!(merged, Merged::Taken { set_aside: 0, .. }), "all of it is in the ledger");
    });
}

pub(crate) async fn asked(window: &Window, signatures: u64) -> Vec<Value> {
    window.click("nav-ledger").await.unwrap();
    window.wait_for("[data-testid=ledger]").await.unwrap();
    window.wait_for_present("[data-testid=filter-place] option[value='=Market 1']").await.unwrap();
    let search = "(async () => {
        const times = [];
        for (const value of given_values) times.push(await drawn(given(field('ledger-search'), value, 'input')));
        await quiet();
        done(JSON.stringify(times));
    })();";
    let mut searches = Vec::new();
    for number in 0..NAMES {
        let fixtures::Person { given, family, .. } = fixtures::person(number * 977);
        let whole = format!("{given} {family}");
        let typed: Vec<&str> = (1..=whole.len()).map(|end| &whole[..end]).chain([""]).collect();
        searches.extend(times(window, search, json!(typed)).await);
    }
    let filters = "(async () => {
        const times = [];
        for (const kind of given_values) {
            const options = [...field(`filter-${kind}`).options].slice(0, 8).map((option) => option.value);
            for (const value of [...options, '']) {
                if (field(`filter-${kind}`).value === value) continue;
                times.push(await drawn(given(field(`filter-${kind}`), value, 'change')));
                await quiet();
            }
        }
        done(JSON.stringify(times));
    })();";
    let mut chosen = Vec::new();
    for kind in ["place", "table", "standing", "day"] {
        chosen.extend(times(window, filters, json!([kind])).await);
    }
    let pages = "(async () => {
        const times = [];
        for (const number of given_values) {
            const page = field('ledger-page');
            await quiet();
            times.push(await answered(() => {
                given(page, String(number), 'input')();
                page.form.requestSubmit();
            }));
        }
        done(JSON.stringify(times));
    })();";
    let last = signatures.div_ceil(ROWS);
    let numbers: Vec<u64> = [3, 9, 5, 10, 2, 7, 10, 1].iter().map(|part| last * part / 10).collect();
    let turned = times(window, pages, json!(numbers)).await;
    searches.sort_by(f64::total_cmp);
    let p95 = searches[(searches.len() - 1) * 95 / 100];
    let slowest = |times: Vec<f64>| times.into_iter().fold(0.0, f64::max);
    let row = |what: &str, figure: f64, limit: f64| {
        json!({
            "what": format!("{what}, of {signatures} signatures in the window; beside the limit"),
            "figure": format!("{figure:.0} ms"), "peer": format!("{limit:.0} ms"), "ratio": figure / limit,
        })
    };
    vec![
        row("from a key of a search to the frame in which its answer stands, p95", p95, SEARCH),
        row("from the choice of a filter to that frame, the slowest", slowest(chosen), FILTER),
        row("from the number of a page to its rows, the slowest", slowest(turned), PAGE),
    ]
}

async fn times(window: &Window, script: &str, values: Value) -> Vec<f64> {
    let script = format!("{DRAWN}\n{script}");
    let times = window.client().execute_async(&script, vec![values]).await.unwrap();
    serde_json::from_str(times.as_str().unwrap()).unwrap()
}
