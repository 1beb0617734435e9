//! A sample that nobody could choose, and that anybody can draw again.

use sha2::{Digest, Sha256};

/// Draws so many of `filed` lines, numbered from 0, in order.
///
/// Each line has a ticket: SHA-256 of `undersigned-sample-v1`, a line end, the merged log's root, the length of the public value
/// as eight bytes, the public value, and the line's number as eight bytes, numbers with the most significant byte first. The lines with the
/// smallest tickets are drawn. The root is known before the public value is (a lottery's numbers, a stock exchange's close), so that
/// neither who filed nor who checks could choose.
#[must_use]
pub fn draw_sample(root: &[u8; 32], public_value: &[u8], filed: u64, sampled: u64) -> Vec<u64> {
    let mut start = Sha256::new();
    start.update(b"undersigned-sample-v1\n");
    start.update(root);
    start.update((public_value.len() as u64).to_be_bytes());
    start.update(public_value);
    let mut tickets: Vec<([u8; 32], u64)> = (0..filed)
        .map(|line| (start.clone().chain_update(line.to_be_bytes()).finalize().into(), line))
        .collect();
    let drawn = usize::try_from(sampled).unwrap_or(usize::MAX).min(tickets.len());
    if drawn < tickets.len() {
        tickets.select_nth_unstable(drawn);
    }
    let mut lines: Vec<u64> = tickets.into_iter().take(drawn).map(|(_, line)| line).collect();
    lines.sort_unstable();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anybody_draws_the_same() {
        let drawn = draw_sample(&[7; 32], b"2026-11-03 08 15 23 31 40 44", 10_000, 5);
        // Computed apart, by another program.
        assert_eq!(drawn, DRAWN);
        assert_ne!(draw_sample(&[7; 32], b"2026-11-04", 10_000, 5), drawn);
        assert_ne!(draw_sample(&[8; 32], b"2026-11-03 08 15 23 31 40 44", 10_000, 5), drawn);
    }

    const DRAWN: [u64; 5] = [212, 5867, 7241, 8003, 8210];

    #[test]
    fn a_larger_sample_holds_the_smaller_one_and_no_line_twice() {
        let (few, many) = (draw_sample(&[1; 32], b"x", 500, 30), draw_sample(&[1; 32], b"x", 500, 60));
        assert!(few.iter().all(|line| many.contains(line)) && many.len() == 60);
        assert_eq!(draw_sample(&[1; 32], b"x", 5, 60), [0, 1, 2, 3, 4]);
        assert!(draw_sample(&[1; 32], b"x", 0, 60).is_empty());
    }

    #[test]
    fn every_line_is_drawn_as_often() {
        let mut times = [0; 20];
        for draw in 0..2_000_u32 {
            draw_sample(&[3; 32], &draw.to_be_bytes(), 20, 5)
                .iter()
                .for_each(|line| times[*line as usize] += 1);
        }
        // 500 each, give or take four standard deviations.
        assert!(times.iter().all(|often| (420..580).contains(often)), "{times:?}");
    }
}
