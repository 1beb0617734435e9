//! Handwritten signatures that are drawn alike.

use petition::{Ink, Point};

use super::shift::Taken;

/// A signature is compared by so many points along its line.
const POINTS: usize = 32;
/// Two are alike whose points are no farther apart than this, on average, of the length of the longer side. One person's own two
/// signatures are usually farther apart.
const ALIKE: f64 = 0.06;
/// So many of different names are told.
const FEWEST: usize = 3;
/// Of more in one shift, the first are compared: each is with each.
const MOST: usize = 1_500;

/// A drawing without its place and size.
type Line = [(f64, f64); POINTS];

/// How many of different names are drawn like another one.
pub(super) fn one_hand(taken: &[Taken]) -> Option<usize> {
    let drawn: Vec<(&str, Line)> = taken
        .iter()
        .filter_map(|taken| Some((taken.name.as_str(), line_of(taken.ink.as_ref()?)?)))
        .take(MOST)
        .collect();
    let most = drawn.iter().map(|(name, line)| {
        let alike = drawn.iter().filter(|(other, drawn)| other != name && are_alike(line, drawn));
        let mut names: Vec<&str> = alike.map(|(other, _)| *other).collect();
        names.sort_unstable();
        names.dedup();
        names.len() + 1
    });
    most.max().filter(|most| *most >= FEWEST)
}

fn are_alike(one: &Line, other: &Line) -> bool {
    let mut apart = 0.0;
    for ((x, y), (other_x, other_y)) in one.iter().zip(other) {
        apart += (x - other_x).hypot(y - other_y);
        // Most are seen to be others by their first points.
        if apart > ALIKE * POINTS as f64 {
            return false;
        }
    }
    true
}

/// Points at equal distances along all strokes, in a box of which the longer side is 1; none where next to nothing is drawn.
fn line_of(ink: &Ink) -> Option<Line> {
    let points: Vec<(f64, f64)> = ink.strokes.iter().flatten().map(place).collect();
    let (left, right) = ends(points.iter().map(|point| point.0))?;
    let (top, bottom) = ends(points.iter().map(|point| point.1))?;
    let side = (right - left).max(bottom - top);
    let steps: Vec<f64> = points.windows(2).filter_map(length).collect();
    let whole: f64 = steps.iter().sum();
    // A dot or a dash is like any other.
    if side <= 0.0 || whole < side * 1.5 {
        return None;
    }
    let mut line = [(0.0, 0.0); POINTS];
    let (mut at, mut gone) = (0, 0.0);
    for (number, point) in line.iter_mut().enumerate() {
        let wanted = whole * number as f64 / (POINTS - 1) as f64;
        while let Some(step) = steps.get(at).filter(|step| gone + **step < wanted && at + 1 < steps.len()) {
            gone += step;
            at += 1;
        }
        let (one, next) = (points.get(at)?, points.get(at + 1)?);
        let step = steps.get(at).copied().filter(|step| *step > 0.0).unwrap_or(1.0);
        let part = ((wanted - gone) / step).clamp(0.0, 1.0);
        let (x, y) = (one.0 + (next.0 - one.0) * part, one.1 + (next.1 - one.1) * part);
        *point = ((x - left) / side, (y - top) / side);
    }
    Some(line)
}

fn place(point: &Point) -> (f64, f64) {
    (f64::from(point.x), f64::from(point.y))
}

fn length(two: &[(f64, f64)]) -> Option<f64> {
    let [one, next] = two else { return None };
    Some((next.0 - one.0).hypot(next.1 - one.1))
}

fn ends(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |ends, value| {
        let (least, most) = ends.unwrap_or((value, value));
        Some((value.min(least), value.max(most)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line that winds as often as it is told, drawn so large from there.
    fn drawn(winds: f64, size: f64, from: u16) -> Ink {
        let point = |number: u16| {
            let at = f64::from(number) / 60.0;
            let (x, y) = (at * size, ((at * winds).sin() + 1.0) * size / 5.0);
            Point { x: from + x as u16, y: from + y as u16, pressure: 128 }
        };
        Ink {
            width: 600,
            height: 200,
            strokes: vec![(0..20).map(point).collect(), (20..60).map(point).collect()],
        }
    }

    fn line(ink: &Ink) -> Line {
        line_of(ink).unwrap_or_else(|| unreachable!("nothing is drawn"))
    }

    #[test]
    fn one_line_is_alike_wherever_and_however_large_it_is_drawn() {
        let one = line(&drawn(14.0, 400.0, 0));
        assert!(are_alike(&one, &line(&drawn(14.0, 250.0, 90))));
        assert!(are_alike(&one, &line(&drawn(14.1, 380.0, 10))));
        assert!(!are_alike(&one, &line(&drawn(20.0, 400.0, 0))));
        assert!(!are_alike(&one, &line(&drawn(9.0, 400.0, 0))));
    }

    #[test]
    fn a_dash_is_nobodys_hand() {
        let dash = Ink {
            strokes: vec![(0..9).map(|x| Point { x, y: 5, pressure: 128 }).collect()],
            ..drawn(1.0, 1.0, 0)
        };
        assert!(line_of(&dash).is_none());
        assert!(line_of(&Ink { strokes: Vec::new(), ..dash }).is_none());
    }
}
