//! The same batches from several places at the same moment: each signature is there once.

use std::fs;

use serde_json::Value;
use system_tests::{Campaign, CommandLine, Endpoint, PASSPHRASE, path};

const ROUNDS: usize = 20;
const A_ROUND: usize = 5;

#[test]
fn everybody_uploads_the_same_stick_while_its_table_sends() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let table = campaign.table("table").unwrap();
    let carriers: Vec<CommandLine<'_>> = (0..3)
        .map(|number| {
            let carrier =
                CommandLine::with_passphrase(&folder.path().join(format!("carrier-{number}")), PASSPHRASE)
                    .unwrap();
            carrier.run(&["table", "open-kit", &path(folder.path(), "saturday.kit").unwrap()]).unwrap();
            carrier
        })
        .collect();
    let stick = path(folder.path(), "stick").unwrap();
    fs::create_dir(&stick).unwrap();
    for round in 0..ROUNDS {
        let drafts: String =
            (0..A_ROUND).map(|number| campaign.draft(round * A_ROUND + number) + "\n").collect();
        table.run_with_input(&["table", "sign"], &drafts).unwrap();
        table.run(&["table", "carry", &stick]).unwrap();
        let mut files: Vec<String> = fs::read_dir(&stick)
            .unwrap()
            .map(|file| file.unwrap().path().to_str().unwrap().to_owned())
            .collect();
        // In no order of theirs.
        files.sort_by_key(|file| file.bytes().rev().collect::<Vec<_>>());
        let mut upload = vec!["table", "upload"];
        upload.extend(files.iter().map(String::as_str));
        std::thread::scope(|scope| {
            let uploads: Vec<_> =
                carriers.iter().map(|carrier| scope.spawn(|| carrier.end(&upload, "").unwrap())).collect();
            let send = scope.spawn(|| table.end(&["table", "send"], "").unwrap());
            for upload in uploads {
                let ended = upload.join().unwrap();
                assert_eq!(ended.answers.len(), files.len());
                assert!(
                    ended.answers.iter().all(|answer| answer["received"].is_u64()),
                    "{:?}",
                    ended.answers
                );
            }
            let sent = send.join().unwrap();
            assert_eq!(sent.answers[0]["waiting"], 0, "{:?}", sent.answers);
        });
    }
    campaign.desk.run(&["desk", "pull"]).unwrap();
    let count = campaign.desk.run(&["desk", "count"]).unwrap();
    assert_eq!(
        (&count[0]["collected"], &count[0]["resent"]),
        (&Value::from(ROUNDS * A_ROUND), &Value::from(0))
    );
    campaign.desk.run(&["desk", "verify"]).unwrap();
}

#[test]
fn a_second_start_of_a_profile_says_that_it_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let mut signing = table.start(&["table", "sign"]).unwrap();
    let mut input = signing.take_input().unwrap();
    let mut output = std::io::BufReader::new(signing.take_output().unwrap());
    std::io::Write::write_all(&mut input, (campaign.draft(1) + "\n").as_bytes()).unwrap();
    let mut saved = String::new();
    std::io::BufRead::read_line(&mut output, &mut saved).unwrap();
    assert!(saved.contains("\"saved\""));
    let second = table.end(&["table", "status"], "").unwrap();
    assert_ne!(second.code, Some(0));
    assert!(second.error.contains("open in another window or program"), "{}", second.error);
    drop(input);
    signing.wait().unwrap();
    assert_eq!(table.run(&["table", "status"]).unwrap()[0]["saved"], 1);
}
