//! The window as a program among others: started twice, closed, opened again where it was.

use std::{path::Path, process::Stdio, time::Duration};

use system_tests::{Computer, Program, Running, eventually};

const SOON: Duration = Duration::from_secs(120);

/// Starts the app as a person does, who drives it by hand.
fn start(computer: &Computer, profile: &Path) -> Running {
    let mut command = computer.command(Program::App.path().unwrap());
    command
        .env("UNDERSIGNED_PROFILE", profile)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Running::start(&mut command).unwrap()
}

/// Waits until it has ended well.
async fn ends(mut app: Running) {
    let end = eventually("its end", SOON, async || Ok(app.check_is_running().err())).await.unwrap();
    assert!(end.to_string().ends_with("exit status: 0"), "{end}");
}

fn xdotool(computer: &Computer, arguments: &[&str]) -> String {
    let said = computer.command("xdotool").args(arguments).output().unwrap();
    String::from_utf8(said.stdout).unwrap().trim().to_owned()
}

/// The windows that can be seen.
fn seen(computer: &Computer) -> Vec<String> {
    let found = xdotool(computer, &["search", "--onlyvisible", "--class", "undersigned"]);
    found.lines().map(str::to_owned).collect()
}

/// Waits for that many windows.
async fn shows(computer: &Computer, number: usize) -> Vec<String> {
    eventually(&format!("{number} windows"), SOON, async || {
        let seen = seen(computer);
        Ok((seen.len() == number).then_some(seen))
    })
    .await
    .unwrap()
}

/// Waits until a window has a size.
async fn is_large(computer: &Computer, window: &str, size: &str) {
    eventually(&format!("a window of {size}"), SOON, async || {
        Ok(xdotool(computer, &["getwindowgeometry", window]).contains(size).then_some(()))
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_second_start_brings_the_first_window_forward_and_only_on_the_same_profile() {
    let computer = Computer::start().await.unwrap();
    let mine = computer.profile("mine");
    let mut first = start(&computer, &mine);
    let window = shows(&computer, 1).await.remove(0);
    xdotool(&computer, &["windowminimize", "--sync", &window]);
    shows(&computer, 0).await;
    let second = start(&computer, &mine);
    ends(second).await;
    assert_eq!(shows(&computer, 1).await, [window]);
    let mut other = start(&computer, &computer.profile("other"));
    shows(&computer, 2).await;
    first.check_is_running().unwrap();
    other.check_is_running().unwrap();
}

#[tokio::test]
async fn a_window_opens_as_large_as_it_was_closed() {
    let computer = Computer::with_screen(1600, 1000, true).await.unwrap();
    let profile = computer.profile("mine");
    for (before, after) in [("1280x800", "1100x740"), ("1100x740", "1050x730")] {
        let app = start(&computer, &profile);
        let window = shows(&computer, 1).await.remove(0);
        is_large(&computer, &window, before).await;
        let (width, height) = after.split_once('x').unwrap();
        xdotool(&computer, &["windowsize", &window, width, height]);
        is_large(&computer, &window, after).await;
        xdotool(&computer, &["windowactivate", "--sync", &window, "key", "--clearmodifiers", "alt+F4"]);
        ends(app).await;
    }
}
