//! A million signers, FEBRL's people, and Splink beside: how many who signed twice are found, how long it takes, in how much memory.
//!
//! `cargo bench -p matching --bench million -- [COUNT] [PYTHON]`: so many signers, a million unless said; and a Python that has
//! `splink` and `recordlinkage`, whose figures stand beside ours; `cargo xtask bench` asks the Python that `SPLINK_PYTHON` names.
//! Writes `target/figures/matching.json`. Each figure is of a process of its own.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

#[path = "../tests/people/signers/mod.rs"]
mod signers;

use std::{env, error::Error, fs, path::Path, process::Command, thread, time::Instant};

use matching::{Candidates, Pair, People, Signer, Weights, clusters};

use self::signers::{make, score::score};

const SPLINK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/splink_beside.py");

/// Pairs from here on are put together, of all people of this benchmark.
const LEAST: f32 = 0.8;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["match", file] => measure(file, &[LEAST]),
        ["match-best", file] => measure(file, &[0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9]),
        ["more", file] => measure_more(file),
        [count, python] => table(count.parse()?, Some(python)),
        [count] => table(count.parse()?, None),
        _ => table(1_000_000, env::var("SPLINK_PYTHON").ok().as_deref()),
    }
}

fn table(count: usize, python: Option<&str>) -> Result<(), Box<dyn Error>> {
    let folder = env::temp_dir().join("undersigned-matching");
    fs::create_dir_all(&folder)?;
    println!("| people | who | F1 | precision | recall | near part, F1 | seconds | of a processor | MiB |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let signers = folder.join(format!("signers{count}.csv"));
    write(&signers, count)?;
    let (own, more) = (ours("match", &signers)?, ours("more", &signers)?);
    line(&format!("{count} signers"), "ours", &own);
    line("1,000 more", "ours", &more);
    let mut splink = serde_json::Value::Null;
    if let Some(python) = python {
        let run = |arguments: [&str; 2]| -> Result<serde_json::Value, Box<dyn Error>> {
            let output = Command::new(python).arg(SPLINK).args(arguments).output()?;
            let text = String::from_utf8(output.stdout)?;
            Ok(serde_json::from_str(text.lines().last().unwrap_or("{}")).unwrap_or_default())
        };
        splink = run(["match", signers.to_str().unwrap()])?;
        line(&format!("{count} signers"), "Splink", &splink);
        run(["febrl", folder.to_str().unwrap()])?;
        for number in 1..=4 {
            let file = folder.join(format!("febrl{number}.csv"));
            line(&format!("FEBRL {number}"), "ours, its best threshold", &ours("match-best", &file)?);
            line(
                &format!("FEBRL {number}"),
                "Splink, its best threshold",
                &run(["match-febrl", file.to_str().unwrap()])?,
            );
        }
    }
    keep(count, &own, &more, &splink)
}

/// The million's figures for the table of `cargo xtask bench`.
fn keep(
    count: usize,
    own: &serde_json::Value,
    more: &serde_json::Value,
    splink: &serde_json::Value,
) -> Result<(), Box<dyn Error>> {
    let row = |what: &str, own: &serde_json::Value, peer: &serde_json::Value| {
        let ratio = own.as_f64().zip(peer.as_f64()).map(|(own, peer)| own / peer);
        serde_json::json!({ "what": what, "figure": own, "peer": peer, "ratio": ratio })
    };
    let beside = |what: &str, name: &str| {
        let what = format!("{count} signers, a twentieth of them again: {what} (beside Splink)");
        row(&what, &own[name], &splink[name])
    };
    let figures = [
        beside("F1", "f1"),
        beside("seconds of a processor", "processor"),
        beside("MiB", "mebibytes"),
        row(&format!("1,000 more into {count} signers, s"), &more["seconds"], &serde_json::Value::Null),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/figures");
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join("matching.json"), serde_json::to_string_pretty(&figures)?)?)
}

fn line(people: &str, who: &str, figures: &serde_json::Value) {
    let figure = |name: &str| {
        figures
            .get(name)
            .filter(|figure| !figure.is_null())
            .map_or_else(|| "–".to_owned(), ToString::to_string)
    };
    let of = ["f1", "precision", "recall", "near", "seconds", "processor", "mebibytes"].map(figure);
    println!("| {people} | {who} | {} |", of.join(" | "));
}

fn ours(what: &str, file: &Path) -> Result<serde_json::Value, Box<dyn Error>> {
    let output = Command::new(env::current_exe()?).arg(what).arg(file).output()?;
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn write(file: &Path, count: usize) -> Result<(), Box<dyn Error>> {
    let mut writer = csv::Writer::from_path(file)?;
    let columns = "person slips name email phone postal_code city street birth document table signed_at";
    writer.write_record(columns.split(' '))?;
    for one in make(count, 18) {
        let (person, slips) = (one.person.to_string(), format!("{:?}", one.slips));
        let (table, signed_at) = (one.table.to_string(), one.signed_at.to_string());
        let texts = [&one.name, &one.email, &one.phone, &one.postal_code, &one.city, &one.street, &one.birth];
        let [name, email, phone, postal_code, city, street, birth] = texts.map(String::as_str);
        let record = [
            &*person,
            &*slips,
            name,
            email,
            phone,
            postal_code,
            city,
            street,
            birth,
            "",
            &*table,
            &*signed_at,
        ];
        writer.write_record(record)?;
    }
    Ok(writer.flush()?)
}

/// Reads a file and takes its signers in, as they come; gives whose each is, and whether it is the first or nearly as the first.
fn read(file: &str, people: &mut People<u32>) -> Result<(Vec<u32>, Vec<bool>), Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(file)?;
    let (mut persons, mut is_near) = (Vec::new(), Vec::new());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        let given = |at: usize| record.get(at).filter(|text| !text.is_empty());
        let signer = Signer {
            name: given(2).unwrap_or_default(),
            email: given(3),
            phone: given(4),
            postal_code: given(5),
            city: given(6),
            street: given(7),
            birth: given(8),
            document: given(9),
            table: given(10).and_then(|text| text.parse().ok()),
            signed_at: given(11).and_then(|text| text.parse().ok()),
        };
        people.add(u32::try_from(persons.len())?, &signer);
        persons.push(given(0).unwrap_or_default().parse()?);
        is_near.push(given(1) != Some("Far"));
    }
    Ok((persons, is_near))
}

/// With the best of some thresholds, as it is known whose each signature is.
fn measure(file: &str, thresholds: &[f32]) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let mut people = People::default();
    let (persons, is_near) = read(file, &mut people)?;
    let read = started.elapsed();
    let candidates = people.candidates();
    let found = started.elapsed();
    let weights = people.estimate(&candidates);
    let estimated = started.elapsed();
    let pairs = judge(&people, &weights, &candidates, thresholds[0]);
    let matched = started.elapsed();
    let put_together = |least| clusters(&pairs, least, |_, _| false);
    let first = put_together(thresholds[0]);
    let seconds = started.elapsed();
    let (processor, mebibytes) = (processor_seconds(), peak());
    let all: Vec<Option<u32>> = persons.iter().copied().map(Some).collect();
    let near: Vec<Option<u32>> =
        persons.iter().zip(&is_near).map(|(person, is_near)| is_near.then_some(*person)).collect();
    let mut best = (thresholds[0], first);
    for least in &thresholds[1..] {
        let other = put_together(*least);
        if score(&other, &all).f1 > score(&best.1, &all).f1 {
            best = (*least, other);
        }
    }
    let (threshold, best) = best;
    let (all, near) = (score(&best, &all), score(&best, &near));
    let round = |figure: f64| (figure * 10_000.0).round() / 10_000.0;
    println!(
        "{}",
        serde_json::json!({
            "f1": round(all.f1), "precision": round(all.precision), "recall": round(all.recall), "near": (near.f1 > 0.0).then(|| round(near.f1)),
            "threshold": round(f64::from(threshold)),
            "seconds": round(seconds.as_secs_f64()), "processor": processor, "mebibytes": mebibytes,
            "read": round(read.as_secs_f64()), "candidates": candidates.len(), "found": round((found - read).as_secs_f64()),
            "estimated": round((estimated - found).as_secs_f64()), "judged": round((matched - estimated).as_secs_f64()),
        })
    );
    Ok(())
}

/// Every pair, by as many threads as there are processors.
fn judge(people: &People<u32>, weights: &Weights, candidates: &Candidates, least: f32) -> Vec<Pair<u32>> {
    let processors = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        let parts: Vec<_> = candidates.parts(processors).collect();
        let judging: Vec<_> =
            parts.into_iter().map(|part| scope.spawn(move || people.judge(weights, part, least))).collect();
        judging.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

/// All but the last thousand are there and known; then those come.
fn measure_more(file: &str) -> Result<(), Box<dyn Error>> {
    let mut people = People::default();
    read(file, &mut people)?;
    let candidates = people.candidates();
    let weights = people.estimate(&candidates);
    let known = people.len();
    let extra = make(1_000, 77);
    let started = Instant::now();
    for (id, one) in (u32::try_from(known)?..).zip(&extra) {
        people.add(id, &one.signer());
    }
    let pairs = people.pairs_since(known, &weights, LEAST);
    let seconds = (started.elapsed().as_secs_f64() * 10_000.0).round() / 10_000.0;
    println!("{}", serde_json::json!({ "seconds": seconds, "pairs": pairs.len(), "mebibytes": peak() }));
    Ok(())
}

/// What this process took of a processor, in seconds, where the system says so: on a busy machine it says more than the clock.
fn processor_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // After the name in brackets: user and system time are the twelfth and the thirteenth, in hundredths.
    let mut rest = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut next = || rest.next()?.parse::<u32>().ok();
    Some(f64::from(next()? + next()?) / 100.0)
}

/// The most memory that this process has had, where the system says so.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes / 1024)
}
