//! Looks for bytes in all the memory of a process.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
};

use memchr::memmem::Finder;

/// A place in memory where something was found.
pub(crate) struct Found {
    /// Which of what was looked for.
    pub(crate) which: usize,
    /// The kind of memory, and how far from its start.
    pub(crate) place: String,
    /// What stands around it.
    pub(crate) around: Vec<u8>,
}

/// `ENOENT` and `ESRCH`: there is no such process, or it has ended.
const GONE: i32 = 2;
const ENDED: i32 = 3;

/// Every place in a process's memory where one of these stands.
pub(crate) fn find(process: u32, wanted: &[Vec<u8>]) -> Vec<Found> {
    let finders: Vec<Finder<'_>> = wanted.iter().map(Finder::new).collect();
    let mut memory = match File::open(format!("/proc/{process}/mem")) {
        // It has ended meanwhile, and holds nothing.
        Err(error) if matches!(error.raw_os_error(), Some(GONE | ENDED)) => return Vec::new(),
        memory => memory.unwrap(),
    };
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut pages = File::open(format!("/proc/{process}/pagemap")).unwrap();
    let mut found = Vec::new();
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (Some(range), Some(rights)) = (parts.next(), parts.next()) else { continue };
        if !rights.starts_with("rw") || line.ends_with("[vvar]") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let (start, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        for (from, to) in resident(&mut pages, start, to) {
            memory.seek(SeekFrom::Start(from)).unwrap();
            let mut bytes = Vec::new();
            // What cannot be read is a device's, or was given back meanwhile.
            let _unread = (&mut memory).take(to - from).read_to_end(&mut bytes);
            for (which, finder) in finders.iter().enumerate() {
                found.extend(finder.find_iter(&bytes).map(|at| Found {
                    which,
                    place: format!("{line}, {:#x} from its start", from + at as u64 - start),
                    around: bytes[at.saturating_sub(48)..bytes.len().min(at + 48)].to_vec(),
                }));
            }
        }
    }
    found
}

/// The runs of pages between two addresses that are in memory: the rest is reserved, and nothing was ever in it.
fn resident(pages: &mut File, from: u64, to: u64) -> Vec<(u64, u64)> {
    const PAGE: u64 = 4096;
    pages.seek(SeekFrom::Start(from / PAGE * 8)).unwrap();
    let mut entries = Vec::new();
    pages.take((to - from) / PAGE * 8).read_to_end(&mut entries).unwrap();
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for (at, entry) in entries.chunks_exact(8).enumerate() {
        let present = entry[7] & 0b1100_0000 != 0;
        let page = from + at as u64 * PAGE;
        match runs.last_mut() {
            Some((_, end)) if present && *end == page => *end += PAGE,
            _ if present => runs.push((page, page + PAGE)),
            _ => {}
        }
    }
    runs
}
