//! What a designer and a screen reader would find wrong with what is on the screen.

use std::{fs, path::Path};

use serde_json::Value;
use system_tests::Window;

/// Text that leaves the box it is in: a button, a sheet, a dialog, the window.
const OVERFLOWS: &str = include_str!("overflows.js");

/// What is too small or too near at the kiosk, in millimetres.
const MEASURES: &str = include_str!("measures.js");

/// Finds nothing wrong, or fails with what is.
#[track_caller]
pub(crate) fn is_good(window: &Window, screen: &str) -> impl Future<Output = ()> {
    let screen = screen.to_owned();
    async move {
        let wrong = wrong_with(window).await;
        assert!(wrong.is_empty(), "{screen}: {wrong:#?}");
    }
}

/// The same, and a picture of the screen, called after both names, where one is kept.
pub(crate) async fn is_kept(window: &Window, name: &str, screen: &str, pictured: bool) {
    is_good(window, &format!("{screen} in {name}")).await;
    if pictured {
        window.screenshot(&format!("kiosk-{name}-{screen}")).await.unwrap();
    }
}

/// What is wrong with what is on the screen, one line each: accessibility by axe-core, text that overflows, and at the kiosk what is
/// too small or too near.
pub(crate) async fn wrong_with(window: &Window) -> Vec<String> {
    let mut wrong = violations(window).await;
    wrong.extend(found(window, OVERFLOWS).await.map(|text| format!("text overflows: {text}")));
    let is_kiosk = "return document.documentElement.classList.contains('kiosk')";
    if window.run(is_kiosk, Vec::new()).await.unwrap() == true {
        wrong.extend(found(window, MEASURES).await.map(|what| format!("too small or too near: {what}")));
    }
    wrong
}

/// The lines that a script gives.
async fn found(window: &Window, script: &str) -> impl Iterator<Item = String> {
    let lines = window.run(script, Vec::new()).await.unwrap();
    serde_json::from_value::<Vec<String>>(lines).unwrap().into_iter()
}

/// axe-core's findings, every rule of it, one line each.
async fn violations(window: &Window) -> Vec<String> {
    if window.run("return typeof axe", Vec::new()).await.unwrap() == "undefined" {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(file).unwrap();
        window.run(&format!("{source}; window.axe = axe"), Vec::new()).await.unwrap();
    }
    let script = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] }).then(
            ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.any.concat(node.all, node.none).map((check) => check.message).join('; ')}`))),
            (error) => done([String(error)]))";
    let found = window.client().execute_async(script, Vec::new()).await.unwrap();
    found.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
