//! The harness itself: what it starts works, and is gone afterwards.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    io::Write,
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
};

use system_tests::{Computer, Endpoint, Running};

#[tokio::test]
async fn a_computer_has_a_screen_and_an_open_keyring_and_leaves_nothing_behind() {
    let computer = Computer::start().await.unwrap();

    let mut store = computer
        .command("secret-tool")
        .args(["store", "--label=harness", "made-by", "harness"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    store.stdin.take().unwrap().write_all(b"kept").unwrap();
    assert!(store.wait().unwrap().success());
    let found = computer.command("secret-tool").args(["lookup", "made-by", "harness"]).output().unwrap();
    assert_eq!(found.stdout, b"kept");

    let size = computer.command("xdotool").arg("getdisplaygeometry").output().unwrap();
    assert_eq!(String::from_utf8(size.stdout).unwrap().trim(), "1280 800");

    let folder = computer.folder().to_owned();
    drop(computer);
    assert!(!folder.exists());
    assert!(!any_process_mentions(&folder), "something still runs on a computer that was dropped");
}

#[tokio::test]
async fn a_computer_without_keyring_has_none() {
    let computer = Computer::start_without_keyring().await.unwrap();
    let found = computer.command("secret-tool").args(["lookup", "made-by", "harness"]).output().unwrap();
    assert!(!found.status.success());
}

#[tokio::test]
async fn two_computers_have_a_screen_each() {
    let (one, other) =
        (Computer::start().await.unwrap(), Computer::with_screen(1920, 1080, false).await.unwrap());
    let size =
        |computer: &Computer| computer.command("xdotool").arg("getdisplaygeometry").output().unwrap().stdout;
    assert_eq!(size(&one), b"1280 800\n");
    assert_eq!(size(&other), b"1920 1080\n");
}

#[test]
fn an_endpoint_goes_away_and_comes_back_at_the_same_address() {
    let data = tempfile::tempdir().unwrap();
    let mut endpoint = Endpoint::start(data.path()).unwrap();
    let url = endpoint.url();
    let address = url.trim_start_matches("http://").to_owned();
    endpoint.stop().unwrap();
    assert!(TcpStream::connect(&address).is_err());
    endpoint.start_again().unwrap();
    assert!(TcpStream::connect(&address).is_ok());
    endpoint.kill().unwrap();
    assert!(TcpStream::connect(&address).is_err());
    endpoint.start_again().unwrap();
    assert_eq!(endpoint.url(), url);
    drop(endpoint);
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn a_dropped_process_takes_its_children_with_it() {
    let mut shell =
        Running::start(Command::new("sh").args(["-c", "sleep 600 & echo $!; wait"]).stdout(Stdio::piped()))
            .unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(shell.take_output().unwrap()), &mut line)
        .unwrap();
    let child = line.trim().parse().unwrap();
    assert!(shell.descendants().contains(&child));
    drop(shell);
    // Killed, though it may not have been noticed by its new parent yet.
    let command = std::fs::read(format!("/proc/{child}/cmdline")).unwrap_or_default();
    assert!(command.is_empty(), "the child still runs");
}

fn any_process_mentions(folder: &Path) -> bool {
    let needle = folder.to_string_lossy().into_owned().into_bytes();
    std::fs::read_dir("/proc").unwrap().flatten().any(|entry| {
        let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        environment.windows(needle.len()).any(|window| window == needle)
    })
}
