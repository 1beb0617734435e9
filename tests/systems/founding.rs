//! Setting up a campaign when its backup, its endpoint or the disk fails: nothing was made, or a second run goes on (F29).

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use serde_json::Value;
use system_tests::{CommandLine, Ended, Endpoint, PASSPHRASE, Program, path, sample_petition};

struct Organizer {
    folder: PathBuf,
    desk: CommandLine<'static>,
}

impl Organizer {
    fn new(folder: &Path) -> Self {
        let desk = CommandLine::with_passphrase(&folder.join("desk"), PASSPHRASE).unwrap();
        Self { folder: folder.to_owned(), desk }
    }

    fn found(&self, backup: &Path, more: &[&str]) -> Ended {
        let passphrase = path(&self.folder, "desk.passphrase").unwrap();
        let backup = backup.to_str().unwrap();
        let new =
            ["desk", "new", "--name", "Cedar", "--backup", backup, "--backup-passphrase-file", &passphrase];
        self.desk.end(&[&new[..], more].concat(), "").unwrap()
    }

    fn is_made(&self) -> bool {
        self.desk.end(&["desk", "count"], "").unwrap().code == Some(0)
    }

    /// A petition and a kit are had.
    fn works(&self) {
        self.desk.run(&["desk", "add-petition", sample_petition().to_str().unwrap()]).unwrap();
        let kit = path(&self.folder, "works.kit").unwrap();
        self.desk.run(&["desk", "make-kit", "--label", "K", "--out", &kit]).unwrap();
        assert!(Path::new(&kit).is_file());
    }
}

fn code(ended: &Ended) -> String {
    let said: Value = serde_json::from_str(ended.error.lines().last().unwrap_or("null")).unwrap_or_default();
    said["error"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_backup_without_a_folder_makes_nothing_and_the_right_path_makes_the_campaign() {
    let folder = tempfile::tempdir().unwrap();
    let organizer = Organizer::new(folder.path());
    let nowhere = organizer.found(&folder.path().join("no/such/folder/b.backup"), &[]);
    assert_eq!((nowhere.code, code(&nowhere).as_str()), (Some(1), "desk/backup-gone"));
    assert!(!organizer.is_made());
    let backup = folder.path().join("b.backup");
    let made = organizer.found(&backup, &[]);
    assert_eq!(made.code, Some(0), "{}", made.error);
    assert!(backup.is_file());
    organizer.works();
    // Another campaign does not take its place, nor this computer's.
    let twice = organizer.found(&folder.path().join("c.backup"), &[]);
    assert_eq!(code(&twice), "desk/exists");
}

#[test]
fn a_bad_name_or_passphrase_is_told_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let organizer = Organizer::new(folder.path());
    let backup = folder.path().join("b.backup");
    let short = path(folder.path(), "short").unwrap();
    fs::write(&short, "short\n").unwrap();
    let [new, backup_at] = ["new", backup.to_str().unwrap()];
    let arguments =
        |name, file| ["desk", new, "--name", name, "--backup", backup_at, "--backup-passphrase-file", file];
    let passphrase = path(folder.path(), "desk.passphrase").unwrap();
    for (name, file, expected) in
        [("Cedar", short.as_str(), "desk/passphrase-short"), ("  ", passphrase.as_str(), "desk/name")]
    {
        let ended = organizer.desk.end(&arguments(name, file), "").unwrap();
        assert_eq!(code(&ended), expected);
        assert!(!organizer.is_made() && !backup.exists());
    }
    assert_eq!(organizer.found(&backup, &[]).code, Some(0));
}

#[test]
fn an_endpoint_that_goes_between_two_requests_hears_of_the_campaign_later() {
    let folder = tempfile::tempdir().unwrap();
    let organizer = Organizer::new(folder.path());
    let mut endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let url = endpoint.url();
    let backup = folder.path().join("b.backup");
    // One that answers nothing at all: nothing was made.
    endpoint.stop().unwrap();
    let silent = organizer.found(&backup, &["--endpoint", &url]);
    assert_eq!(code(&silent), "endpoint/unreachable");
    assert!(!organizer.is_made() && !backup.exists());
    // One that answers the first request alone.
    endpoint.start_again().unwrap();
    let about = first_answer_of(&url);
    endpoint.stop().unwrap();
    let cut = about.serve_once(&url);
    let made = organizer.found(&backup, &["--endpoint", &url]);
    cut.join().unwrap();
    assert_eq!((made.code, &made.answers[0]["told"]), (Some(0), &Value::from(false)), "{}", made.error);
    endpoint.start_again().unwrap();
    let pulled = organizer.desk.run(&["desk", "pull"]).unwrap();
    assert_eq!(pulled.last().unwrap()["logs"], 0);
    organizer.works();
}

/// What the endpoint says of itself, to be said again by something that then goes.
struct FirstAnswer(String);

fn first_answer_of(url: &str) -> FirstAnswer {
    let mut connection = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    connection.write_all(b"GET /v1 HTTP/1.1\r\nHost: endpoint\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    FirstAnswer(answer)
}

impl FirstAnswer {
    fn serve_once(self, url: &str) -> thread::JoinHandle<()> {
        let listener = TcpListener::bind(url.trim_start_matches("http://")).unwrap();
        thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let _asked = connection.read(&mut request).unwrap();
            connection.write_all(self.0.as_bytes()).unwrap();
        })
    }
}

/// Runs a script in a user's own mounts, with `$STICK` a file system of so many bytes.
fn on_a_small_stick(folder: &Path, size: &str, script: &str) -> std::process::Output {
    let stick = folder.join("stick");
    fs::create_dir_all(&stick).unwrap();
    let mounted = format!("mount -t tmpfs -o size={size} stick \"$STICK\" && {script}");
    Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-euc", &mounted])
        .env("STICK", &stick)
        .env("D", folder)
        .env("U", Program::CommandLine.path().unwrap())
        .env("PETITION", sample_petition())
        .output()
        .unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_stick_that_fills_up_keeps_the_old_backup_whole_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pass"), "a passphrase for tests\n").unwrap();
    let script = r#"
        d() { p=$1; shift; "$U" --profile "$D/$p" --passphrase-file "$D/pass" --json desk "$@"; }
        d one new --name Cedar --backup "$STICK/b.backup" --backup-passphrase-file "$D/pass" >&2
        cp "$STICK/b.backup" "$D/before"
        dd if=/dev/zero of="$STICK/filler" bs=1k 2>/dev/null || true
        d one add-petition "$PETITION"
        cmp "$D/before" "$STICK/b.backup" >&2
        if d one make-kit --label K --out "$D/refused.kit"; then exit 9; fi
        test ! -e "$D/refused.kit"
        if d one backup --out "$STICK/b.backup"; then exit 9; fi
        cmp "$D/before" "$STICK/b.backup" >&2
        d two restore "$STICK/b.backup" --backup-passphrase-file "$D/pass" >&2
        rm "$STICK/filler"
        d one backup >&2
        rm -r "$D/two"
        d two restore "$STICK/b.backup" --backup-passphrase-file "$D/pass" >&2
        d one make-kit --label K --out "$D/made.kit"
    "#;
    let output = on_a_small_stick(folder.path(), "2m", script);
    let said = String::from_utf8(output.stdout).unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{error}");
    let answers: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers[0]["backup_is_current"], false);
    assert_eq!(answers[0]["backup_failure"], "desk/backup-full");
    assert!(error.contains("desk/backup-old"), "{error}");
    assert!(folder.path().join("made.kit").is_file());
}
