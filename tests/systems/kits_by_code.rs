//! Kits that tables fetch by a code: real desk, endpoint and tables, and each answer that a code can come to.

use std::{
    io::{Read, Write},
    net::TcpListener,
    path::Path,
    thread,
};

use data_encoding::HEXLOWER;
use fixtures::{Campaign as ByHand, Terms};
use proof::{CampaignId, Seed};
use rand::{SeedableRng, rngs::StdRng};
use sealing::SecretKey;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use system_tests::{Campaign, CommandLine, Endpoint, PASSPHRASE, path};
use uuid::Uuid;
use wire::{Client, Deposit, KitCode};

/// The year 2100.
const FAR: i64 = 4_102_444_800;

fn computer(folder: &Path, name: &str) -> CommandLine<'static> {
    CommandLine::with_passphrase(&folder.join(name), PASSPHRASE).unwrap()
}

/// A kit by code, as the desk answers it.
fn make(desk: &CommandLine<'_>, label: &str) -> Value {
    desk.run(&["desk", "make-kit", "--label", label, "--code"]).unwrap().remove(0)
}

fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap().to_owned()
}

/// With what code a computer refuses to open a kit.
#[track_caller]
fn check_refused(computer: &CommandLine<'_>, kit_code: &str, code: &str) {
    let ended = computer.end(&["table", "open-kit", "--code", kit_code], "").unwrap();
    let said: Value = serde_json::from_str(&ended.error).unwrap();
    assert_eq!((ended.code, &said["error"]), (Some(1), &json!(code)), "{said}");
}

fn state(desk: &CommandLine<'_>, kit: &str) -> Value {
    let kits = desk.run(&["desk", "kits"]).unwrap();
    kits.iter().find(|row| row["kit"] == kit).unwrap()["code"].clone()
}

#[test]
fn one_table_opens_with_a_code_and_the_organizer_sees_that_it_was_used() {
    let folder = tempfile::tempdir().unwrap();
    let mut endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let desk = &campaign.desk;
    // A kit that is made without a network waits for the next pull.
    endpoint.stop().unwrap();
    let made = make(desk, "Ana");
    let (kit, code) = (text(&made, "kit"), text(&made, "code"));
    assert_eq!((&made["deposited"], &made["undeposited"]), (&json!(false), &json!("endpoint/unreachable")));
    assert_eq!(state(desk, &kit), "not-deposited");
    let ana = computer(folder.path(), "ana");
    check_refused(&ana, &code, "kit-code/no-network");
    endpoint.start_again().unwrap();
    check_refused(&ana, &code, "kit-code/unknown");
    desk.run(&["desk", "pull"]).unwrap();
    assert_eq!(state(desk, &kit), "waits");
    // Claimed, and not set up: the same computer fetches it again, also after it was off.
    let long = "x".repeat(61);
    let ended = ana.end(&["table", "open-kit", "--code", &code, "--label", &long], "").unwrap();
    assert!(ended.error.contains("table/label"), "{}", ended.error);
    endpoint.kill().unwrap();
    endpoint.start_again().unwrap();
    check_refused(&computer(folder.path(), "stranger"), &code, "kit-code/used");
    let typed = code.to_lowercase().replace('-', " ") + "\n";
    ana.run_with_input(&["table", "open-kit", "--code", "-", "--label", "Ana"], &typed).unwrap();
    check_refused(&ana, &code, "table/exists");
    check_refused(&computer(folder.path(), "stranger"), &code, "kit-code/used");
    ana.run(&["table", "start-shift", "--place", "Market"]).unwrap();
    ana.run_with_input(&["table", "sign"], &(campaign.draft(1) + "\n")).unwrap();
    ana.run(&["table", "send"]).unwrap();
    desk.run(&["desk", "pull"]).unwrap();
    assert_eq!(state(desk, &kit), "used");
    assert_eq!(desk.run(&["desk", "count"]).unwrap()[0]["collected"], json!(1));
    // A desk that came back gives the same code.
    let restored = campaign.another_desk("restored").unwrap();
    assert_eq!(restored.run(&["desk", "kit-code", "--kit", &kit]).unwrap()[0]["code"], json!(code));
    restored.run(&["desk", "pull"]).unwrap();
    assert_eq!(state(&restored, &kit), "used");
    // One that nobody used is revoked.
    let other = make(desk, "Tomás");
    desk.run(&["desk", "revoke", "--kit", &text(&other, "kit"), "--reason", "sent to others"]).unwrap();
    check_refused(&computer(folder.path(), "tomas"), &text(&other, "code"), "kit-code/revoked");
}

/// A campaign that is signed by hand: what no desk deposits.
struct Hand {
    campaign: ByHand,
    seed: Seed,
    client: Client,
    url: String,
}

impl Hand {
    async fn new(seed: u8, url: &str) -> Self {
        let campaign = ByHand::new(seed);
        let client = Client::new(url).unwrap();
        client.put_campaign(campaign.id, campaign.about().note()).await.unwrap();
        Self { campaign, seed: Seed::from_bytes([seed; 32]), client, url: url.to_owned() }
    }

    fn code(&self, kit: u128) -> KitCode {
        KitCode::of_kit(&self.seed, self.campaign.id, Uuid::from_u128(kit), &self.url)
    }

    fn kit_file(&self, until: i64) -> String {
        let kit = self.campaign.kit(Terms { until, ..Terms::default() });
        let petition = fixtures::first_version(Uuid::from_u128(1), petition::SAMPLE);
        let epoch = fixtures::epoch(&SecretKey::from_bytes([7; 32]), 0, FAR);
        self.campaign.kit_file(&kit, vec![petition], vec![epoch])
    }

    /// Deposits bytes for a kit, and gives its code.
    async fn deposit(&self, kit: u128, until: i64, sealed: &[u8]) -> String {
        let code = self.code(kit);
        let note = self.campaign.note(Deposit {
            deposit: code.deposit(),
            kit: Uuid::from_u128(kit),
            until,
            sealed: HEXLOWER.encode(&Sha256::digest(sealed)),
        });
        self.client.deposit(self.campaign.id, note, sealed).await.unwrap();
        code.to_string()
    }

    /// The same, of a file that is sealed as it is to be.
    async fn seal(&self, kit: u128, until: i64, file: &str) -> String {
        let code = self.code(kit);
        let (campaign, mut rng) = (*self.campaign.id.as_bytes(), StdRng::seed_from_u64(1));
        let sealed =
            sealing::seal_kit(file.as_bytes(), campaign, code.deposit().0, &code.key(), &mut rng).unwrap();
        self.deposit(kit, until, &sealed).await
    }
}

/// Answers every request alike, as the login page of a Wi-Fi does; gives its address.
fn login_page(status: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, page) = (stream.unwrap(), "<html>Please log in</html>");
            let mut asked = [0; 4_096];
            // A client that is gone needs no answer.
            let _gone = stream.read(&mut asked);
            let length = page.len();
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nLocation: /login\r\n");
            let _gone = stream.write_all(format!("{head}Connection: close\r\n\r\n{page}").as_bytes());
        }
    });
    url
}

#[tokio::test]
async fn each_code_that_brings_no_kit_is_told_why_and_sets_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let (hand, other) = (Hand::new(51, &endpoint.url()).await, Hand::new(52, &endpoint.url()).await);
    let table = computer(folder.path(), "table");

    let good = hand.seal(1, FAR, &hand.kit_file(FAR)).await;
    check_refused(&table, "hello", "kit-code/not-a-code");
    check_refused(&table, &good[..good.len() - 1], "kit-code/mistyped");
    check_refused(&table, &hand.code(99).to_string(), "kit-code/unknown");
    let nobodys = CampaignId::from_bytes([9; 16]);
    let unknown = KitCode::of_kit(&hand.seed, nobodys, Uuid::from_u128(1), &endpoint.url());
    check_refused(&table, &unknown.to_string(), "kit-code/unknown");
    let over = hand.seal(2, 1_000_000, &hand.kit_file(FAR)).await;
    check_refused(&table, &over, "kit-code/expired");
    let of_before = hand.seal(3, FAR, &hand.kit_file(1_000_000)).await;
    check_refused(&table, &of_before, "kit/expired");
    let of_another = hand.seal(4, FAR, &other.kit_file(FAR)).await;
    check_refused(&table, &of_another, "kit-code/wrong-campaign");
    let changed = hand.kit_file(FAR).replacen("Palantir", "Nobody", 1);
    let changed = hand.seal(5, FAR, &changed).await;
    check_refused(&table, &changed, "kit-code/tampered");
    let no_kit = hand.seal(6, FAR, "hello").await;
    check_refused(&table, &no_kit, "kit-code/tampered");
    let with_another_key =
        hand.deposit(7, FAR, b"UNDK\x01 sealed with another key than that of the code").await;
    check_refused(&table, &with_another_key, "kit-code/tampered");
    for status in ["200 OK", "302 Found", "403 Forbidden", "511 Network Authentication Required"] {
        let url = login_page(status);
        let code = KitCode::of_kit(&hand.seed, hand.campaign.id, Uuid::from_u128(1), &url);
        check_refused(&table, &code.to_string(), "kit-code/not-the-endpoint");
    }
    let nobody = KitCode::of_kit(&hand.seed, hand.campaign.id, Uuid::from_u128(1), "http://127.0.0.1:1");
    check_refused(&table, &nobody.to_string(), "kit-code/no-network");
    // After all of these, the computer is as it was.
    table.run(&["table", "open-kit", "--code", &good, "--label", "Table"]).unwrap();
    assert!(!Path::new(&path(folder.path(), "table/claim.key").unwrap()).exists());
}
