//! Handwritten signatures as bytes (docs/protocol.md §5.1).

use zeroize::Zeroizing;

use crate::draft::{Ink, Point};

/// The most bytes that a handwritten signature may take.
pub const INK_MAX_BYTES: usize = 4096;

/// Bytes of a point: x, y and pressure.
const POINT_BYTES: usize = 5;

/// Why strokes are no handwritten signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InkError {
    /// More than [`INK_MAX_BYTES`].
    #[error("the handwritten signature has too many points")]
    TooLarge,
    /// No stroke, an empty stroke, a point outside the box, or bytes that end elsewhere than a stroke does.
    #[error("the handwritten signature has a stroke that is empty or leaves its box")]
    Shape,
}

impl InkError {
    /// Stable, for screens and scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            InkError::TooLarge => "ink/too-large",
            InkError::Shape => "ink/shape",
        }
    }
}

impl Ink {
    /// Whether nothing was drawn.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.strokes.is_empty()
    }

    /// The strokes as bytes, at most [`INK_MAX_BYTES`].
    ///
    /// # Errors
    /// [`InkError`], where [`Ink::from_bytes`] would not take the bytes back.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, InkError> {
        let length = self.strokes.iter().map(|stroke| 2 + stroke.len() * POINT_BYTES).sum::<usize>() + 4;
        if length > INK_MAX_BYTES {
            return Err(InkError::TooLarge);
        }
        if self.is_blank() || !self.strokes.iter().all(|stroke| self.is_in_box(stroke)) {
            return Err(InkError::Shape);
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(length));
        bytes.extend(self.width.to_be_bytes());
        bytes.extend(self.height.to_be_bytes());
        for stroke in &self.strokes {
            let points = u16::try_from(stroke.len()).map_err(|_| InkError::TooLarge)?;
            bytes.extend(points.to_be_bytes());
            for point in stroke {
                bytes.extend(point.x.to_be_bytes());
                bytes.extend(point.y.to_be_bytes());
                bytes.push(point.pressure);
            }
        }
        Ok(bytes)
    }

    /// The strokes in `bytes`.
    ///
    /// # Errors
    /// [`InkError`] for more than [`INK_MAX_BYTES`], no stroke, an empty one, one that leaves its box, and bytes cut
    /// short or left over.
    pub fn from_bytes(bytes: &[u8]) -> Result<Ink, InkError> {
        if bytes.len() > INK_MAX_BYTES {
            return Err(InkError::TooLarge);
        }
        let (width, rest) = take_u16(bytes)?;
        let (height, mut rest) = take_u16(rest)?;
        let mut ink = Ink { width, height, strokes: Vec::new() };
        while !rest.is_empty() {
            let (points, after) = take_u16(rest)?;
            let (points, after) =
                after.split_at_checked(usize::from(points) * POINT_BYTES).ok_or(InkError::Shape)?;
            rest = after;
            ink.strokes.push(points.chunks_exact(POINT_BYTES).map(point).collect());
        }
        let good = !ink.is_blank() && ink.strokes.iter().all(|stroke| ink.is_in_box(stroke));
        if good { Ok(ink) } else { Err(InkError::Shape) }
    }

    /// Whether a stroke has points, all of them in the box.
    fn is_in_box(&self, stroke: &[Point]) -> bool {
        !stroke.is_empty() && stroke.iter().all(|point| point.x < self.width && point.y < self.height)
    }
}

/// The first two bytes as a number, and the rest.
fn take_u16(bytes: &[u8]) -> Result<(u16, &[u8]), InkError> {
    let (number, rest) = bytes.split_first_chunk().ok_or(InkError::Shape)?;
    Ok((u16::from_be_bytes(*number), rest))
}

/// A point of five bytes.
fn point(bytes: &[u8]) -> Point {
    match *bytes {
        [x1, x0, y1, y0, pressure] => {
            Point { x: u16::from_be_bytes([x1, x0]), y: u16::from_be_bytes([y1, y0]), pressure }
        }
        _ => Point::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dot(x: u16, y: u16) -> Point {
        Point { x, y, pressure: 128 }
    }

    #[track_caller]
    fn check(ink: Ink, expect: Result<usize, InkError>) {
        assert_eq!(ink.to_bytes().map(|bytes| bytes.len()), expect);
    }

    #[test]
    fn strokes_have_points_inside_their_box() {
        let ink = |strokes: Vec<Vec<Point>>| Ink { width: 300, height: 100, strokes };
        check(ink(vec![vec![dot(0, 0), dot(299, 99)]]), Ok(16));
        check(ink(vec![]), Err(InkError::Shape));
        check(ink(vec![vec![dot(1, 1)], vec![]]), Err(InkError::Shape));
        check(ink(vec![vec![dot(300, 1)]]), Err(InkError::Shape));
        check(ink(vec![vec![dot(1, 100)]]), Err(InkError::Shape));
        check(Ink::default(), Err(InkError::Shape));
    }

    #[test]
    fn the_limit_is_4096_bytes() {
        let ink = |points| Ink { width: 2, height: 2, strokes: vec![vec![dot(1, 1); points]] };
        check(ink(818), Ok(4096));
        check(ink(819), Err(InkError::TooLarge));
        check(ink(70_000), Err(InkError::TooLarge));
        assert!(Ink::from_bytes(&[0; 4097]).err() == Some(InkError::TooLarge));
    }

    /// Width, height and strokes, since [`Ink`] has no `Debug` to show a failing case with.
    type Drawn = (u16, u16, Vec<Vec<(u16, u16, u8)>>);

    fn any_ink() -> impl Strategy<Value = Drawn> {
        (1u16.., 1u16..).prop_flat_map(|(width, height)| {
            let stroke = prop::collection::vec((0..width, 0..height, any::<u8>()), 1..20);
            (Just(width), Just(height), prop::collection::vec(stroke, 1..20))
        })
    }

    proptest! {
        #[test]
        fn strokes_come_back_from_their_bytes((width, height, strokes) in any_ink(), extra in any::<u8>()) {
            let strokes = strokes
                .into_iter()
                .map(|stroke| stroke.into_iter().map(|(x, y, pressure)| Point { x, y, pressure }).collect())
                .collect();
            let ink = Ink { width, height, strokes };
            let bytes = ink.to_bytes()?;
            prop_assert!(Ink::from_bytes(&bytes)? == ink);
            let mut longer = bytes.to_vec();
            longer.push(extra);
            prop_assert!(Ink::from_bytes(&longer).err() == Some(InkError::Shape));
        }

        #[test]
        fn no_bytes_make_it_panic_and_what_it_reads_it_writes(bytes in prop::collection::vec(0u8..4, 0..60)) {
            if let Ok(ink) = Ink::from_bytes(&bytes) {
                let written = ink.to_bytes()?;
                prop_assert_eq!(written.as_slice(), bytes.as_slice());
            }
        }
    }
}
