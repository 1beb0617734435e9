//! The ledger's pages and its CSV.

use crate::hand_made::{HandMadeCampaign, HandMadeTable, NOW, csv, merge};
use petition::{Address, Consents, Ink, Method, PaperLine, Point, WithdrawalCode};

#[test]
fn a_search_finds_names_addresses_places_and_comments_in_any_case() {
    let campaign = HandMadeCampaign::new(21);
    let (_folder, mut desk) = campaign.desk();
    let mut table = HandMadeTable::new(&campaign, 1, 1);
    let mut zoe = campaign.signature(1, 0, "Zoë Weiß", Some("zoe@example.org"));
    zoe.address.city = Some("Genève".to_owned());
    zoe.address.postal_code = Some("1201".to_owned());
    zoe.comment = Some("For the 100% of us_all".to_owned());
    table.append(&zoe);
    table.append(&campaign.signature(2, 0, "山田 太郎", None));
    table.append(&campaign.signature(3, 0, "O'Neil; DROP TABLE", None));
    merge(&mut desk, &table.whole());
    let found = |search: &str| {
        let page = desk.ledger(search, 0, 9).unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    for search in ["ZOË", "weiss", "Zoe@EXAMPLE", "GENÈVE", "1201", "100%", "us_all", " zoë  weiß "] {
        assert_eq!(found(search), ["Zoë Weiß"], "{search}");
    }
    assert_eq!(found("山田\u{3000}太郎"), ["山田 太郎"]);
    assert_eq!(found("'neil; drop"), ["O'Neil; DROP TABLE"]);
    assert_eq!(found("market").len(), 3);
    assert_eq!(found("nobody"), [""; 0]);
    // A percent sign and an underscore stand for themselves.
    assert_eq!(found("1%0"), [""; 0]);
    assert_eq!(found("u_all"), [""; 0]);
}

#[test]
fn pages_follow_each_other_without_loss_newest_first() {
    let campaign = HandMadeCampaign::new(22);
    let (_folder, mut desk) = campaign.desk();
    let mut table = HandMadeTable::new(&campaign, 1, 1);
    for number in 0..23 {
        table.append(&campaign.signature(number, (number % 2) as usize, &format!("Person {number}"), None));
    }
    merge(&mut desk, &table.whole());
    for (search, total) in [("", 23), ("person 1", 11)] {
        let whole = desk.ledger(search, 0, 99).unwrap();
        assert_eq!((whole.total, whole.rows.len()), (total, total as usize));
        let key = |row: &desk::LedgerRow| (std::cmp::Reverse(row.signed_at), row.signature);
        assert!(whole.rows.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
        let mut paged = Vec::new();
        for page in 0..5 {
            let page = desk.ledger(search, page * 5, 5).unwrap();
            assert_eq!(page.total, total);
            paged.extend(page.rows.iter().map(|row| row.signature));
        }
        assert_eq!(paged, whole.rows.iter().map(|row| row.signature).collect::<Vec<_>>());
        assert!(desk.ledger(search, total, 5).unwrap().rows.is_empty());
    }
}

#[test]
fn a_row_says_where_its_signature_comes_from() {
    let campaign = HandMadeCampaign::new(23);
    let (_folder, mut desk) = campaign.desk();
    let mut table = HandMadeTable::new(&campaign, 4, 3);
    table.append(&campaign.signature(1, 1, "First", None));
    table.append(&campaign.signature(2, 1, "Ada", Some("ada@x.org")));
    merge(&mut desk, &table.whole());
    let row = &desk.ledger("ada", 0, 1).unwrap().rows[0];
    assert_eq!((row.petition_title.as_str(), row.petition), ("Buses", campaign.petitions[1]));
    assert_eq!((row.table_label.as_str(), row.generation, row.index), ("Table 4", 3, 1));
    assert_eq!((row.place.as_str(), row.email.as_deref()), ("Market", Some("ada@x.org")));
    let json = serde_json::to_value(row).unwrap();
    assert_eq!(json["standing"], serde_json::json!({ "kind": "counted" }));
    assert_eq!(json["method"], "kiosk");
}

#[test]
fn the_csv_is_as_written_down_and_runs_in_no_spreadsheet() {
    let campaign = HandMadeCampaign::new(24);
    let (_folder, mut desk) = campaign.desk();
    let mut table = HandMadeTable::labelled(&campaign, 1, 1, "@SUM(A1)", NOW);
    let mut full = campaign.signature(1, 0, "Ada \"Countess\" Lovelace", Some("ada@x.org"));
    full.phone = Some("+12065550100".to_owned());
    full.address = Address {
        country: Some("US".to_owned()),
        postal_code: Some("98101".to_owned()),
        city: Some("Seattle, WA".to_owned()),
        region: Some("-WA".to_owned()),
        street: Some("=1+1".to_owned()),
    };
    full.comment = Some("two\nlines, \"quoted\"".to_owned());
    full.of_age = Some(true);
    full.ink = Some(Ink { width: 9, height: 9, strokes: vec![vec![Point { x: 1, y: 2, pressure: 128 }]] });
    full.consents = Consents { public_display: true, updates: false, sharing: true };
    full.withdrawal_code = Some(WithdrawalCode::from_random([7; 7]));
    table.append(&full);
    let mut paper = campaign.signature(2, 1, "=HYPERLINK(\"https://x.example\")", Some("@x@x.org"));
    paper.method = Method::Paper;
    paper.paper = Some(PaperLine { sheet: 3, line: 12 });
    paper.comment = Some("\t=1".to_owned());
    paper.of_age = Some(false);
    table.append(&paper);
    table.append(&campaign.signature(9, 0, "ada \"countess\" lovelace", Some("ADA@X.org")));
    let mut plain = campaign.signature(3, 0, "+Plus", None);
    plain.comment = Some("\r-1".to_owned());
    plain.address.street = Some("\n+1;＠x".to_owned());
    plain.address.city = Some("＝1".to_owned());
    plain.shift = None;
    plain.language = "zh-Hans".to_owned();
    table.append(&plain);
    merge(&mut desk, &table.whole());
    let csv = csv(&desk);
    let code = full.withdrawal_code.as_ref().unwrap().as_str();
    assert!(!csv.contains(code));
    insta::assert_snapshot!(csv.replace('\r', "\\r"));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let cells: Vec<String> =
        reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    assert_eq!(cells.len() % 35, 0);
    let runs = |cell: &str| cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']);
    let left: Vec<_> = cells.iter().filter(|cell| runs(cell)).collect();
    assert_eq!(left, ["+12065550100"]);
    assert!(cells.iter().any(|cell| cell == "'=1+1"));
}
