//! A million rows of a list: read, recognised and made people, beside the bare `csv` crate's reading of the same bytes.
//!
//! `cargo bench -p lists --bench read -- [COUNT]`: so many rows, a million unless said. Writes `target/figures/lists.json`. Each figure
//! is of a process of its own.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs::{self, File},
    io::{BufReader, Write as _},
    path::Path,
    process::Command,
    time::Instant,
};

use lists::{Answers, People, Row, Table, look, preview, survey};
use uuid::Uuid;

const NOW: u64 = 1_795_564_800;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["csv", file] => tell(&csv(Path::new(file))?),
        ["rows", file] => tell(&rows(Path::new(file))?),
        ["people", file] => tell(&people(Path::new(file))?),
        [count] => table(count.parse()?),
        _ => table(1_000_000),
    }
}

fn table(count: u64) -> Result<(), Box<dyn Error>> {
    let folder = env::temp_dir().join("undersigned-lists");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("list{count}.csv"));
    write(&file, count)?;
    let ours = |what: &str| -> Result<serde_json::Value, Box<dyn Error>> {
        let output = Command::new(env::current_exe()?).arg(what).arg(&file).output()?;
        Ok(serde_json::from_slice(&output.stdout)?)
    };
    println!(
        "| {count} rows, {} MiB | seconds | of a processor | beside csv | MiB |",
        fs::metadata(&file)?.len() >> 20
    );
    println!("| --- | --- | --- | --- | --- |");
    let bare = ours("csv")?;
    let mut figures = Vec::new();
    for (what, name) in [
        ("csv", "the csv crate's reading"),
        ("rows", "looked at and read"),
        ("people", "looked at, surveyed, made people"),
    ] {
        let own = if what == "csv" { bare.clone() } else { ours(what)? };
        let ratio = own["processor"].as_f64().zip(bare["processor"].as_f64()).map(|(own, bare)| own / bare);
        let (seconds, processor) = (&own["seconds"], &own["processor"]);
        println!(
            "| {name} | {seconds} | {processor} | {:.2} | {} |",
            ratio.unwrap_or_default(),
            own["mebibytes"]
        );
        if what != "csv" {
            let row = |what: String, figure: &serde_json::Value, peer: &serde_json::Value, ratio| serde_json::json!({ "what": what, "figure": figure, "peer": peer, "ratio": ratio });
            figures.push(row(
                format!("{count} rows of CSV {name}, s (beside csv)"),
                &own["seconds"],
                &bare["seconds"],
                ratio,
            ));
            figures.push(row(
                format!("{count} rows of CSV {name}, MiB"),
                &own["mebibytes"],
                &bare["mebibytes"],
                None,
            ));
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/figures");
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join("lists.json"), serde_json::to_string_pretty(&figures)?)?)
}

fn tell(figures: &serde_json::Value) -> Result<(), Box<dyn Error>> {
    Ok(serde_json::to_writer(std::io::stdout(), figures)?)
}

/// What one way of reading cost this process.
fn figures(began: Instant, rows: u64) -> serde_json::Value {
    let rounded = |seconds: f64| (seconds * 1_000.0).round() / 1_000.0;
    let seconds = rounded(began.elapsed().as_secs_f64());
    // Nanoseconds that it ran, which what else runs does not change.
    let ran = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let processor =
        ran.split(' ').next().and_then(|ran| ran.parse::<f64>().ok()).map(|ran| rounded(ran / 1e9));
    // The most memory that it had at once: Linux says it, in kibibytes.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = peak.and_then(|peak| peak.split_whitespace().next()?.parse::<u64>().ok());
    serde_json::json!({ "seconds": seconds, "processor": processor, "rows": rows, "mebibytes": kibibytes.map(|kibibytes| kibibytes >> 10) })
}

fn csv(file: &Path) -> Result<serde_json::Value, Box<dyn Error>> {
    let began = Instant::now();
    let mut reader = csv::Reader::from_path(file)?;
    let (mut record, mut count, mut bytes) = (csv::StringRecord::new(), 0, 0);
    while reader.read_record(&mut record)? {
        count += 1;
        bytes += record.as_slice().len();
    }
    assert!(bytes > 0);
    Ok(figures(began, count))
}

fn rows(file: &Path) -> Result<serde_json::Value, Box<dyn Error>> {
    let began = Instant::now();
    let reading = look(&mut File::open(file)?)?.reading;
    let mut table = Table::open(File::open(file)?, &reading)?;
    let (mut row, mut count) = (Row::default(), 0);
    while table.next(&mut row)? {
        count += 1;
    }
    Ok(figures(began, count))
}

fn people(file: &Path) -> Result<serde_json::Value, Box<dyn Error>> {
    let began = Instant::now();
    let reading = look(&mut File::open(file)?)?.reading;
    let open = || Table::open(BufReader::new(File::open(file).unwrap()), &reading);
    let mapping = preview(open()?, 20)?.mapping;
    let found = survey(open()?, &mapping, &Answers::default(), NOW)?;
    let answers = Answers { date_order: found.date_order, ..Answers::default() };
    let mut count = 0;
    for person in People::new(open()?, &mapping, &answers, Uuid::from_u128(7), NOW) {
        let person = person?;
        assert!(!person.is_set_aside() && person.signed_at.is_some());
        count += 1;
    }
    assert_eq!(count, found.rows);
    Ok(figures(began, count))
}

/// A list as a platform exports it.
fn write(file: &Path, count: u64) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(File::create(file)?);
    writeln!(
        out,
        "First Name,Last Name,Email,Phone,Street Address,City,Postal Code,Country,Comment,Signed On,Opt In"
    )?;
    let mut line = String::new();
    for number in 0..count {
        line.clear();
        let (street, zip, day) = (number % 997, 10_000 + number % 89_999, 1 + number % 28);
        write!(
            line,
            "Given{},Family-É{number},signer{number}@example.org,+1 206-555-{:04},",
            number % 499,
            number % 10_000
        )?;
        write!(line, "\"{street} Example Street, Apt {}\",Éxampletown,{zip},United States,", number % 31)?;
        if number % 3 == 0 {
            write!(line, "\"I sign, because \"\"number {number}\"\" matters.\nTruly.\"")?;
        }
        writeln!(line, ",{:02}/{day:02}/2026 14:{:02},yes", 1 + number % 9, number % 60)?;
        out.write_all(line.as_bytes())?;
    }
    Ok(out.flush()?)
}
