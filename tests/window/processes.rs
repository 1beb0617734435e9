//! What the system knows of the processes of a window: proc(5).

use std::{
    fs,
    time::{SystemTime, UNIX_EPOCH},
};

/// When a process was started, in milliseconds since 1970.
pub(crate) fn started(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let after_name = &stat[stat.rfind(')').unwrap() + 2..];
    // Field 22 of proc(5), counted from 1; the first after the name is 3. In hundredths of a second since the boot.
    let ticks: f64 = after_name.split(' ').nth(19).unwrap().parse().unwrap();
    let up: f64 = fs::read_to_string("/proc/uptime").unwrap().split(' ').next().unwrap().parse().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    (now - up + ticks / 100.0) * 1000.0
}

/// Of a process and all that it has started, in MiB: what each has alone, and its part of what several share.
pub(crate) fn memory(process: u32) -> f64 {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let part = rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB"));
    let own: f64 = part.map_or(0.0, |kilobytes| kilobytes.trim().parse::<f64>().unwrap() / 1024.0);
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let children = threads.flat_map(|thread| fs::read_to_string(thread.unwrap().path().join("children")));
    let children: Vec<u32> = children
        .flat_map(|ids| ids.split_whitespace().map(|id| id.parse().unwrap()).collect::<Vec<_>>())
        .collect();
    own + children.into_iter().map(memory).sum::<f64>()
}
