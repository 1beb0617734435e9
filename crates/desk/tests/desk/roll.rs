//! Checked against a roll: loaded at this desk alone, looked up, deleted on its day.

use std::{fs, ops::ControlFlow, path::PathBuf};

use crate::hand_made::{DAY, HandMadeCampaign, HandMadeTable, NOW, merge};
use desk::{
    Decided, DecidedVerdict, Desk, DeskError, LedgerFilter, LookUp, NewRoll, Quotas, RollCount, RollLayout,
    RollStanding, RuleFinding, Tolerance,
};
use petition::Signature;
use rand::{SeedableRng, rngs::StdRng};
use tempfile::TempDir;

const ROLL: &str = "number,name,birth,street,postal_code,city\r\n\
    1,\"Okafor, Catherine Marie\",1985,1420 N Pine St,98402,Tacoma\r\n\
    2,\"Szymanski, Ignatius Sr\",1950,12 Oak St,98402,Tacoma\r\n\
    3,\"Szymanski, Ignatius Jr\",1980,12 Oak St,98402,Tacoma\r\n\
    4,Zqxjvane Canaria,1990,7 Elm Ave,98403,Tacoma\r\n";

fn new(layout: &RollLayout) -> NewRoll<'_> {
    NewRoll { name: "Pierce County", as_of: "2026-11-01", delete_by: NOW + 30 * DAY, layout }
}

fn load(desk: &mut Desk, text: &str) -> Result<u64, DeskError> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("roll.csv");
    fs::write(&file, text).unwrap();
    let layout = RollLayout::named("members").unwrap();
    let mut rng = StdRng::from_seed(rand::random());
    Ok(desk.load_roll(&file, new(&layout), NOW, &mut rng, |_| ControlFlow::Continue(()))?.roll.entries)
}

/// A desk that has merged who signed: somebody on the roll, father or son, and nobody on it.
fn desk(campaign: &HandMadeCampaign) -> (TempDir, Desk) {
    let (folder, mut desk) = campaign.desk();
    let mut table = HandMadeTable::new(campaign, 1, 1);
    let people = [
        ("Cathy Okafor", "1420 North Pine Street"),
        ("Ignatius Szymanski", "12 Oak St"),
        ("Thaddeus Baskerville", "9 Mill Rd"),
    ];
    for ((name, street), number) in people.into_iter().zip(1..) {
        let mut signature: Signature = campaign.signature(number * 2, 0, name, None);
        signature.address.street = Some(street.to_owned());
        signature.address.postal_code = Some("98402".to_owned());
        table.append(&signature);
    }
    merge(&mut desk, &table.whole());
    (folder, desk)
}

fn names(desk: &Desk, campaign: &HandMadeCampaign, found: LookUp) -> Vec<(String, Vec<String>)> {
    let rows = desk.list_looked_up(campaign.petitions[0], found).unwrap();
    rows.into_iter().map(|one| (one.row.name, one.differences)).collect()
}

/// Every file under a folder.
fn files(folder: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(path) } else { vec![path] }).collect()
}

#[test]
fn a_roll_says_who_is_on_it_and_a_newer_one_looks_again_at_who_was_not() {
    let campaign = HandMadeCampaign::new(71);
    let (folder, mut desk) = desk(&campaign);
    let petition = campaign.petitions[0];
    let look_up = |desk: &mut Desk| desk.look_up(petition, Tolerance::default(), NOW);
    assert!(matches!(look_up(&mut desk), Err(DeskError::NoRoll)));
    assert_eq!(load(&mut desk, ROLL).unwrap(), 4);
    assert_eq!(look_up(&mut desk).unwrap(), RollCount { found: 1, unsure: 1, not_found: 1 });
    let unsure = names(&desk, &campaign, LookUp::Unsure);
    assert_eq!(unsure, [("Ignatius Szymanski".to_owned(), vec!["several".to_owned()])]);
    let missing = names(&desk, &campaign, LookUp::NotFound);
    assert_eq!(missing, [("Thaddeus Baskerville".to_owned(), Vec::new())]);
    // The ledger and each story know it.
    let mut reader = desk.reader().unwrap();
    for (roll, name) in [
        (RollStanding::Found, "Cathy Okafor"),
        (RollStanding::Unsure, "Ignatius Szymanski"),
        (RollStanding::NotFound, "Thaddeus Baskerville"),
    ] {
        let filter = LedgerFilter { roll: Some(roll), ..LedgerFilter::default() };
        let rows = reader.ledger(&filter, 0, 9).unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), [name]);
        assert!(filter.is_of_now() && filter.chosen().is_none());
    }
    let of_none = LedgerFilter { roll: Some(RollStanding::NotLookedUp), ..LedgerFilter::default() };
    assert_eq!(reader.ledger(&of_none, 0, 9).unwrap().total, 0);
    let parts = reader.break_down(&LedgerFilter::default(), || true).unwrap().unwrap().rolls.parts;
    let parts: Vec<_> = parts.iter().map(|part| (part.value.as_str(), part.count.collected)).collect();
    assert_eq!(parts, [("found", 1), ("not_found", 1), ("unsure", 1)]);
    let id = desk.list_looked_up(petition, LookUp::Unsure).unwrap()[0].row.signature;
    let story = reader.story(id).unwrap().unwrap().roll.unwrap();
    assert_eq!((story.found.as_str(), story.differences), ("unsure", vec!["several".to_owned()]));
    let newer = format!("{ROLL}5,\"Baskerville, Thaddeus\",1970,9 Mill Rd,98402,Tacoma\r\n");
    assert_eq!(load(&mut desk, &newer).unwrap(), 5);
    assert_eq!(look_up(&mut desk).unwrap(), RollCount { found: 2, unsure: 1, not_found: 0 });
    let found = LedgerFilter { roll: Some(RollStanding::Found), ..LedgerFilter::default() };
    assert_eq!(reader.ledger(&found, 0, 9).unwrap().total, 2, "also one that is open sees it");
    // Of the older one nothing is left, and of either no name in clear.
    let rolls = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(rolls.filter(|name| name.to_string_lossy().starts_with("roll-")).count(), 1);
    for file in files(folder.path().to_owned()) {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(8).any(|some| some == b"Zqxjvane"), "{}", file.display());
    }
}

#[test]
fn a_roll_is_deleted_on_its_day_and_what_was_found_stays() {
    let campaign = HandMadeCampaign::new(72);
    let (folder, mut desk) = desk(&campaign);
    load(&mut desk, ROLL).unwrap();
    desk.look_up(campaign.petitions[0], Tolerance::default(), NOW).unwrap();
    assert!(desk.roll(NOW + 30 * DAY - 1).unwrap().is_some());
    assert!(desk.roll(NOW + 30 * DAY).unwrap().is_none());
    assert!(!files(folder.path().to_owned()).iter().any(|file| file.ends_with("roll.db")));
    assert_eq!(desk.count_looked_up(campaign.petitions[0]).unwrap().found, 1);
}

#[test]
fn what_is_no_roll_leaves_the_one_that_is_here() {
    let campaign = HandMadeCampaign::new(73);
    let (folder, mut desk) = desk(&campaign);
    load(&mut desk, ROLL).unwrap();
    let before = desk.roll(NOW).unwrap();
    assert!(matches!(load(&mut desk, "a,b\r\n1,2\r\n"), Err(DeskError::RollColumns)));
    assert!(matches!(load(&mut desk, "number,name\r\n,\r\n"), Err(DeskError::RollEmpty)));
    let layout = RollLayout::named("members").unwrap();
    let mut rng = StdRng::seed_from_u64(1);
    let mut again = |new: NewRoll<'_>| {
        desk.load_roll(&folder.path().join("none"), new, NOW, &mut rng, |_| ControlFlow::Continue(()))
            .unwrap_err()
    };
    assert!(matches!(again(new(&layout)), DeskError::RollUnreadable));
    assert!(matches!(again(NewRoll { as_of: "yesterday", ..new(&layout) }), DeskError::RollDates));
    assert!(matches!(again(NewRoll { delete_by: NOW, ..new(&layout) }), DeskError::RollDates));
    assert!(matches!(again(NewRoll { name: " ", ..new(&layout) }), DeskError::Name));
    assert_eq!(desk.roll(NOW).unwrap(), before);
    assert_eq!(files(folder.path().to_owned()).iter().filter(|file| file.ends_with("roll.db")).count(), 1);
}

#[test]
fn a_loading_that_is_stopped_leaves_nothing_and_the_desk_goes_on_meanwhile() {
    let campaign = HandMadeCampaign::new(75);
    let (folder, mut desk) = desk(&campaign);
    load(&mut desk, ROLL).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let lines: String = (0..30_000).map(|number| format!("{number},Ada Byron {number}\n")).collect();
    fs::write(file.path(), format!("number,name\n{lines}")).unwrap();
    let layout = RollLayout::named("members").unwrap();
    let mut rng = StdRng::seed_from_u64(1);
    let begun = desk.begin_roll(new(&layout), NOW, &mut rng).unwrap();
    let mut seen = Vec::new();
    let stopped = begun.fill(file.path(), &layout, |read| {
        // The one that is here answers while another is read, and can be deleted.
        assert_eq!(desk.roll(NOW).unwrap().unwrap().entries, 4);
        assert!(read.done > 0 && read.done <= read.of);
        seen.push(read.entries);
        if seen.len() < 2 {
            return ControlFlow::Continue(());
        }
        desk.delete_roll().unwrap();
        ControlFlow::Break(())
    });
    assert!(matches!(stopped, Err(DeskError::Cancelled)));
    assert_eq!(seen, [10_000, 20_000]);
    assert!(desk.roll(NOW).unwrap().is_none());
    assert!(!files(folder.path().to_owned()).iter().any(|file| file.ends_with("roll.db")));
}

#[test]
fn a_sample_that_anybody_can_draw_again_says_whether_it_will_qualify() {
    let campaign = HandMadeCampaign::new(74);
    let (_folder, mut desk) = campaign.desk();
    let petition = campaign.petitions[0];
    let mut table = HandMadeTable::new(&campaign, 1, 1);
    let mut roll = "number,name,birth,street,postal_code,city,area\r\n".to_owned();
    let given = ["Wendelin", "Octavia", "Percival", "Rosalind", "Jasper", "Marisol", "Tobias", "Lucille"];
    let family =
        ["Abernathy", "Kowalczyk", "Okonkwo", "Lindqvist", "Warsame", "Dubois", "Thorvaldsen", "Quigley"];
    for number in 0..64_usize {
        let (first, last) = (given[number % 8], family[number / 8]);
        let street = format!("{} Pine St", 100 + number * 7);
        let mut signature = campaign.signature(number as u128 * 2 + 2, 0, &format!("{first} {last}"), None);
        signature.address.street = Some(street.clone());
        signature.address.postal_code = Some("98402".to_owned());
        table.append(&signature);
        // Three of four are on the roll.
        if number % 4 > 0 {
            roll.push_str(&format!(
                "{number},\"{last}, {first}\",,{street},98402,Tacoma,{}\r\n",
                ["Pierce", "KING"][number / 40]
            ));
        }
    }
    merge(&mut desk, &table.whole());
    load(&mut desk, &roll).unwrap();
    let all = desk.draw_sample(petition, "", u64::MAX).unwrap();
    assert!(
        matches!(desk.qualify(petition, 40, &all, None), Err(DeskError::NoRoll)),
        "nobody was looked up yet"
    );
    desk.look_up(petition, Tolerance::default(), NOW).unwrap();
    let whole = desk.qualify(petition, 40, &all, None).unwrap().unwrap();
    assert_eq!((whole.filed, whole.checked, whole.found, whole.not_found), (64, 64, 48, 16));
    // All were checked: there is nothing to estimate.
    assert_eq!((whole.low.valid.round(), whole.low.low.round(), whole.low.high.round()), (48.0, 48.0, 48.0));
    assert_eq!((whole.low.enough.round(), whole.colorado), (1.0, Some(RuleFinding::Qualifies)));
    let mut draw = |value: &str| desk.draw_sample(petition, value, 24).unwrap();
    let sample = draw("08 15 23 31");
    assert_eq!((sample.drawn.len(), sample.filed), (24, 64));
    assert_eq!(sample, draw("08 15 23 31"));
    assert_ne!(sample.drawn, draw("08 15 23 32").drawn);
    let part = desk.qualify(petition, 40, &sample, None).unwrap().unwrap();
    assert!((part.low.low..=part.low.high).contains(&48.0) && part.low.low < part.low.high);
    // Of the first forty lines thirty are on the roll, of the others eighteen.
    let quotas = Quotas::parse("King; 18\nPierce; 31\nSkagit; 0", Some(2)).unwrap();
    let areas = desk.qualify(petition, 40, &all, Some(&quotas)).unwrap().unwrap().areas.unwrap();
    let found: Vec<_> = areas.areas.iter().map(|area| (area.found, area.valid.enough)).collect();
    assert_eq!(found, [(18, 1.0), (30, 0.0), (0, 1.0)]);
    assert_eq!((areas.reached, areas.least, areas.enough, areas.elsewhere), (2, 2, 1.0, 0));
    let part = desk.qualify(petition, 40, &sample, Some(&quotas)).unwrap().unwrap().areas.unwrap();
    assert!(
        part.areas
            .iter()
            .zip([18.0, 30.0, 0.0])
            .all(|(area, truth)| { (area.valid.low..=area.valid.high).contains(&truth) })
    );
    // Somebody looked at one that was not found, and says that it counts.
    let missing = desk.list_looked_up(petition, LookUp::NotFound).unwrap()[0].row.signature;
    let what = Decided::Verdict {
        signature: missing,
        verdict: DecidedVerdict::Counts,
        reason: "Moved in last week".to_owned(),
    };
    desk.decide("Dee", petition, what, NOW, &mut StdRng::seed_from_u64(1)).unwrap();
    let all = desk.draw_sample(petition, "", u64::MAX).unwrap();
    assert_eq!(desk.qualify(petition, 40, &all, None).unwrap().unwrap().found, 49);
}
