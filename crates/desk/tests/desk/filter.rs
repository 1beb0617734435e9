//! What is asked of the ledger: filters, parts, decisions about many, and the story of each signature.

use crate::hand_made::{HandMadeCampaign, HandMadeTable, NOW, csv, merge};
use desk::{
    CountPart, Decided, DecidedVerdict, Desk, DeskError, LedgerFilter, LedgerRow, Reader, Standing,
    StandingCount, StandingName,
};
use petition::{Method, Shift, Signature};
use proptest::{option, prelude::*, sample::select};
use rand::{SeedableRng, rngs::StdRng};
use uuid::Uuid;

const WHO: &str = "D. Organizer";
const HOUR: u64 = 3600;
const PLACES: [&str; 3] = ["Market", "Harbor, west", ""];
const AREAS: [Option<&str>; 3] = [Some("98101"), Some("1201"), None];
const MAILS: [Option<&str>; 3] = [Some("x.org"), Some("y.example"), None];

/// How a signature is to be: its table, place, area, e-mail domain, language, and hours after the others began.
type How = (usize, usize, usize, usize, bool, u64);

fn signature(campaign: &HandMadeCampaign, number: u128, how: How) -> Signature {
    let (_, place, area, mail, is_paper, hours) = how;
    let email = MAILS[mail].map(|domain| format!("someone{number}@{domain}"));
    let mut signature =
        campaign.signature(number, (number % 2) as usize, &format!("Person {number}"), email.as_deref());
    signature.signed_at = NOW.unsigned_abs() / 60 * 60 + hours * HOUR;
    signature.language = if number.is_multiple_of(3) { "am" } else { "en" }.to_owned();
    signature.address.postal_code = AREAS[area].map(str::to_owned);
    signature.method = if is_paper { Method::Paper } else { Method::Kiosk };
    let shift = Uuid::from_u128(100 + place as u128);
    signature.shift = (!PLACES[place].is_empty()).then(|| Shift {
        id: shift,
        place: PLACES[place].to_owned(),
        volunteer: "V. Olunteer".to_owned(),
    });
    signature
}

fn hows() -> impl Strategy<Value = Vec<How>> {
    let how = (0..2usize, 0..3usize, 0..3usize, 0..3usize, any::<bool>(), 0..90u64);
    proptest::collection::vec(how, 1..12)
}

/// What is asked for, before it is a filter: those have no `Debug`.
type What = (&'static str, Option<StandingName>, Option<Method>, Option<&'static str>, Option<&'static str>);
type Which = (Option<u128>, Option<&'static str>, Option<&'static str>, Option<i64>, Option<i64>);

fn filters() -> impl Strategy<Value = (What, Which)> {
    let standings =
        [StandingName::Counted, StandingName::Void, StandingName::InReview, StandingName::Duplicate];
    let text = |values: &'static [&'static str]| option::of(select(values));
    let what = (
        select(&["", "person 1", "someone", "HARBOR", "nobody"][..]),
        option::of(select(standings.to_vec())),
        option::of(select(vec![Method::Kiosk, Method::Paper])),
        text(&["en", "am", "so"]),
        text(&PLACES),
    );
    let which = (
        option::of(0..3u128),
        text(&["98101", "1201", "", "0"]),
        text(&["x.org", "y.example", ""]),
        option::of(0..90i64),
        option::of(0..90i64),
    );
    (what, which)
}

fn filter_of(
    ((search, standing, method, language, place), (table, area, domain, from, until)): (What, Which),
) -> LedgerFilter {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let at = |hours: Option<i64>| hours.map(|hours| NOW / 60 * 60 + hours * 3600);
    LedgerFilter {
        search: search.to_owned(),
        standing,
        method,
        language: text(language),
        place: text(place),
        table: table.map(table_id),
        area: text(area),
        domain: text(domain),
        from: at(from),
        until: at(until),
        ..LedgerFilter::default()
    }
}

fn table_id(number: u128) -> Uuid {
    Uuid::from_u128(number << 64 | 0x4000_8000_0000_0000_0000)
}

/// The same question, answered row by row.
fn agrees(filter: &LedgerFilter, row: &LedgerRow, signature: &Signature) -> bool {
    let standing = match row.standing {
        Standing::Counted => StandingName::Counted,
        Standing::Duplicate { .. } => StandingName::Duplicate,
        Standing::Void { .. } => StandingName::Void,
        Standing::Withdrawn | Standing::Erased => StandingName::Withdrawn,
        Standing::InReview => StandingName::InReview,
    };
    let text = [&row.name, &row.place].into_iter().chain(&row.email).chain(&row.postal_code);
    let area = signature.address.postal_code.as_deref().unwrap_or_default();
    let domain =
        signature.email.as_deref().and_then(|email| email.split_once('@')).map_or("", |(_, domain)| domain);
    let is = |asked: &Option<String>, value: &str| asked.as_deref().is_none_or(|asked| asked == value);
    text.map(|text| text.to_lowercase()).any(|text| text.contains(&filter.search.to_lowercase()))
        && filter.petition.is_none_or(|petition| petition == row.petition)
        && filter.standing.is_none_or(|asked| asked == standing)
        && filter.method.is_none_or(|method| method == row.method)
        && is(&filter.language, &row.language)
        && is(&filter.place, &row.place)
        && filter.table.is_none_or(|table| table == row.table)
        && is(&filter.area, area)
        && is(&filter.domain, domain)
        && filter.from.is_none_or(|from| row.signed_at >= from)
        && filter.until.is_none_or(|until| row.signed_at < until)
}

fn names(reader: &mut Reader, filter: &LedgerFilter) -> Vec<String> {
    let page = reader.ledger(filter, 0, 99).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.name).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_filter_finds_what_agrees_with_it_also_after_more_has_come_and_been_decided(
        hows in hows(),
        filters in proptest::collection::vec(filters(), 4),
        voids in proptest::collection::vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let campaign = HandMadeCampaign::new(61);
        let (_folder, mut desk) = campaign.desk();
        // It has the ledger in memory from the start on.
        let mut reader = desk.reader().unwrap();
        let signatures: Vec<Signature> =
            hows.iter().zip(1..).map(|(how, number)| signature(&campaign, number, *how)).collect();
        let mut tables = [1, 2].map(|number| HandMadeTable::new(&campaign, number, 1));
        for step in signatures.iter().zip(&hows).collect::<Vec<_>>().chunks(5) {
            step.iter().for_each(|(signature, how)| tables[how.0].append(signature));
            tables.iter().filter(|table| table.size() > 0).for_each(|table| {
                merge(&mut desk, &table.whole());
            });
            names(&mut reader, &LedgerFilter::default());
        }
        for void in voids {
            let signature = void.get(&signatures);
            let what = Decided::Verdict {
                signature: signature.id, verdict: DecidedVerdict::Void, reason: "Why".to_owned(),
            };
            desk.decide(WHO, signature.petition, what, NOW, &mut StdRng::seed_from_u64(1)).unwrap();
        }
        let all = reader.ledger(&LedgerFilter::default(), 0, 99).unwrap().rows;
        prop_assert_eq!(all.len(), signatures.len());
        let of = |id| signatures.iter().find(|signature| signature.id == id).unwrap();
        for filter in filters.into_iter().map(filter_of) {
            let expected: Vec<&LedgerRow> =
                all.iter().filter(|row| agrees(&filter, row, of(row.signature))).collect();
            let found = names(&mut reader, &filter);
            prop_assert_eq!(&found, &expected.iter().map(|row| row.name.clone()).collect::<Vec<_>>());
            prop_assert_eq!(names(&mut desk.reader().unwrap(), &filter), found);
            let parts = reader.break_down(&filter, || true).unwrap().unwrap();
            assert!(reader.break_down(&filter, || false).unwrap().is_none(), "it can be broken off");
            prop_assert_eq!(parts.count.collected, expected.len() as u64);
            for parts in [parts.days, parts.tables, parts.places, parts.areas, parts.methods, parts.domains] {
                let sum: u64 = parts.parts.iter().map(|part| part.count.collected).sum();
                prop_assert_eq!(sum, expected.len() as u64);
                let is_right = |CountPart { count, .. }: &CountPart| {
                    let StandingCount { collected, duplicates, void, withdrawn, in_review, deliverable } = *count;
                    collected == duplicates + void + withdrawn + in_review + deliverable
                };
                prop_assert!(parts.parts.iter().all(is_right));
            }
        }
    }
}

/// A desk with signatures of two tables, at two places.
pub(crate) fn busy(campaign: &HandMadeCampaign) -> (tempfile::TempDir, Desk, Vec<Signature>) {
    let (folder, mut desk) = campaign.desk();
    let hows: [How; 6] = [
        (0, 0, 0, 0, false, 0),
        (0, 0, 1, 1, false, 2),
        (0, 1, 0, 0, false, 30),
        (1, 1, 1, 0, true, 31),
        (1, 0, 2, 2, false, 55),
        (1, 2, 2, 2, false, 56),
    ];
    let signatures: Vec<Signature> =
        hows.iter().zip(1..).map(|(how, number)| signature(campaign, number * 2, *how)).collect();
    for number in [1, 2] {
        let mut table = HandMadeTable::new(campaign, number, 1);
        let own = signatures.iter().zip(&hows).filter(|(_, how)| how.0 as u128 + 1 == number);
        own.for_each(|(signature, _)| table.append(signature));
        merge(&mut desk, &table.whole());
    }
    (folder, desk, signatures)
}

#[test]
fn all_of_a_place_are_void_by_one_word_those_that_come_later_too_and_count_again_when_it_is_undone() {
    let campaign = HandMadeCampaign::new(62);
    let (_folder, mut desk, _) = busy(&campaign);
    let (petition, mut rng) = (campaign.petitions[0], StdRng::seed_from_u64(3));
    let before = csv(&desk);
    let filter = LedgerFilter {
        petition: Some(petition),
        place: Some("Market".to_owned()),
        ..LedgerFilter::default()
    };
    let (of, chosen) = filter.chosen().unwrap();
    assert_eq!(of, petition);
    let what = |reason: &str| Decided::Verdicts {
        chosen: chosen.clone(),
        verdict: DecidedVerdict::Void,
        reason: reason.to_owned(),
    };
    let trial = desk.try_decision(petition, what(""), 2).unwrap();
    assert_eq!((trial.changed, trial.sample.len()), (3, 2));
    assert_eq!((trial.now.deliverable, trial.then.deliverable, trial.then.void), (6, 3, 3));
    assert_eq!(csv(&desk), before, "it was tried, and no more");
    assert!(matches!(desk.decide(WHO, petition, what(" "), NOW, &mut rng), Err(DeskError::Reason)));
    let decision = desk.decide(WHO, petition, what("Nobody stood there"), NOW, &mut rng).unwrap();
    assert_eq!(desk.count(Some(petition)).unwrap().void, 3);
    let rows = desk.ledger(LedgerFilter { standing: Some(StandingName::Void), ..filter }, 0, 9).unwrap().rows;
    let reason = Standing::Void { reason: "Nobody stood there".to_owned() };
    assert!(rows.len() == 3 && rows.iter().all(|row| row.standing == reason));
    let mut later = HandMadeTable::new(&campaign, 7, 1);
    later.append(&signature(&campaign, 40, (0, 0, 0, 0, false, 80)));
    later.append(&signature(&campaign, 42, (0, 1, 0, 0, false, 80)));
    merge(&mut desk, &later.whole());
    let count = desk.count(Some(petition)).unwrap();
    assert_eq!((count.collected, count.void, count.deliverable), (8, 4, 4));
    let [row] = &desk.decisions_about_many(petition).unwrap()[..] else { unreachable!("not one") };
    assert_eq!((row.decision, row.covers, row.is_held, row.by.as_str()), (decision, Some(4), true, WHO));
    let chosen: Vec<_> = row.chosen.iter().map(|chosen| (chosen.by, chosen.value.as_str())).collect();
    assert_eq!((chosen, row.verdict), (vec![("place", "Market")], Some("void")));
    desk.undo(WHO, decision, NOW, &mut rng).unwrap();
    let count = desk.count(Some(petition)).unwrap();
    assert_eq!((count.collected, count.void, count.deliverable), (8, 0, 8));
    assert!(!desk.decisions_about_many(petition).unwrap()[0].is_held);
}

#[test]
fn nobody_decides_about_all_or_about_what_is_only_searched() {
    let petition = Some(Uuid::from_u128(1));
    let place = Some("Market".to_owned());
    let none = [
        LedgerFilter { petition, ..LedgerFilter::default() },
        LedgerFilter { place: place.clone(), ..LedgerFilter::default() },
        LedgerFilter { petition, place: place.clone(), search: "ada".to_owned(), ..LedgerFilter::default() },
        LedgerFilter {
            petition,
            place: place.clone(),
            standing: Some(StandingName::Void),
            ..LedgerFilter::default()
        },
        LedgerFilter { petition, day: Some("not a day".to_owned()), ..LedgerFilter::default() },
    ];
    assert!(none.iter().all(|filter| filter.chosen().is_none()));
    let day = LedgerFilter { petition, place, day: Some("2027-01-15".to_owned()), ..LedgerFilter::default() };
    let (_, chosen) = day.chosen().unwrap();
    assert_eq!(chosen.until.unwrap() - chosen.from.unwrap(), 24 * 3600);
    let campaign = HandMadeCampaign::new(63);
    let (_folder, mut desk, _) = busy(&campaign);
    let what = Decided::Verdicts {
        chosen: desk::Chosen::default(),
        verdict: DecidedVerdict::Void,
        reason: "All".to_owned(),
    };
    let decided = desk.decide(WHO, campaign.petitions[0], what, NOW, &mut StdRng::seed_from_u64(3));
    assert!(matches!(decided, Err(DeskError::NothingToDecide)));
}

#[test]
fn the_csv_has_what_is_seen() {
    let campaign = HandMadeCampaign::new(64);
    let (_folder, desk, _) = busy(&campaign);
    let mut bytes = Vec::new();
    let filter = LedgerFilter { place: Some("Harbor, west".to_owned()), ..LedgerFilter::default() };
    assert_eq!(desk.export_csv(&filter, &mut bytes).unwrap(), 2);
    let whole = csv(&desk);
    let lines: Vec<_> = String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| whole.contains(line.as_str())));
    assert!(lines[1..].iter().all(|line| line.contains("Harbor, west")));
}

#[test]
fn a_story_has_every_place_its_proof_and_what_was_decided_and_undone() {
    let campaign = HandMadeCampaign::new(65);
    let (_folder, mut desk, signatures) = busy(&campaign);
    let (one, petition) = (&signatures[1], campaign.petitions[0]);
    // The same entry once more, by a computer that was brought back as another generation.
    let mut again = HandMadeTable::new(&campaign, 1, 2);
    again.append(one);
    merge(&mut desk, &again.whole());
    let mut rng = StdRng::seed_from_u64(3);
    let verdict =
        |verdict, reason: &str| Decided::Verdict { signature: one.id, verdict, reason: reason.to_owned() };
    desk.decide(WHO, petition, verdict(DecidedVerdict::Void, "A joke"), NOW, &mut rng).unwrap();
    let decision = desk.last_decision(petition).unwrap().unwrap().decision;
    desk.undo(WHO, decision, NOW, &mut rng).unwrap();
    let story = desk.reader().unwrap().story(one.id).unwrap().unwrap();
    let places: Vec<_> =
        story.entries.iter().map(|entry| (entry.generation, entry.index, entry.outcome.as_str())).collect();
    assert_eq!(places, [(1, 1, "canonical"), (2, 0, "resent")]);
    let proof = story.proof.unwrap();
    assert!(proof.is_signed && proof.is_contained && proof.size == 3);
    assert_eq!(story.volunteer.as_deref(), Some("V. Olunteer"));
    assert_eq!(story.row.standing, Standing::Counted);
    let decided: Vec<_> =
        story.decisions.iter().map(|row| (row.kind, row.is_held, row.reason.as_deref())).collect();
    assert_eq!(decided, [("verdict", false, Some("A joke")), ("undone", true, None)]);
    assert!(desk.reader().unwrap().story(Uuid::from_u128(9)).unwrap().is_none());
}

#[test]
fn the_next_goal_is_foretold_by_the_days_so_far() {
    let campaign = HandMadeCampaign::new(67);
    let (_folder, desk, _) = busy(&campaign);
    let mut reader = desk.reader().unwrap();
    let at = |reader: &mut Reader, days: i64| {
        reader.forecast(campaign.petitions[0], NOW + days * 86_400).unwrap().unwrap()
    };
    // Three days with six signatures, then nobody.
    let (soon, late) = (at(&mut reader, 4), at(&mut reader, 20));
    assert_eq!((soon.goal, soon.deliverable, soon.forecast.unwrap().looked_back), (100, 6, 4));
    assert!(late.forecast.unwrap().expected > soon.forecast.unwrap().expected);
    assert!(soon.earliest < soon.day && soon.latest.is_none_or(|latest| Some(latest) > soon.day));
    assert_eq!(at(&mut reader, 0).forecast, None, "today is not over");
    assert!(reader.forecast(Uuid::from_u128(9), NOW).unwrap().is_none());
}
