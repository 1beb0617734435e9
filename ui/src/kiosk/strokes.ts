// From pen strokes to what a signature may hold: fewer points, within the limit of bytes.

import type { Ink } from '../bindings/Ink'
import type { Point } from '../bindings/Point'

/** The box that strokes are drawn in, whatever its size on screen. */
export const BOX = { width: 600, height: 190 }

/** Below the 4,096 bytes that a signature may hold: 4 for the box, 2 for a stroke, 5 for a point. */
const BYTES_MAX = 4000

/** Beyond this, in units of the box, a line would no longer look as it was drawn. */
const TOLERANCE_MAX = 3

/** Strokes as they were drawn → what is signed, or null where nothing was drawn. */
export function inkOf(strokes: Point[][]): Ink | null {
  if (strokes.length === 0) return null
  let tolerance = 0.6
  let kept = strokes.map((stroke) => simplified(stroke, tolerance))
  while (bytes(kept) > BYTES_MAX && tolerance < TOLERANCE_MAX) {
    tolerance *= 1.5
    kept = strokes.map((stroke) => simplified(stroke, tolerance))
  }
  // A scribble that fills the box: every so many points of it, until it fits.
  const dense = kept
  for (let step = 2; bytes(kept) > BYTES_MAX && step < 512; step += 1) kept = dense.map((stroke) => thinned(stroke, step))
  return { width: BOX.width, height: BOX.height, strokes: kept }
}

/** Every `step`-th point, the first and the last. */
function thinned(stroke: Point[], step: number): Point[] {
  return stroke.filter((_, index) => index % step === 0 || index === stroke.length - 1)
}

function bytes(strokes: Point[][]): number {
  return strokes.reduce((sum, stroke) => sum + 2 + 5 * stroke.length, 4)
}

/** Ramer, Douglas and Peucker: a line without the points that lie nearer than `tolerance` to it. */
function simplified(stroke: Point[], tolerance: number): Point[] {
  const first = stroke[0]
  const last = stroke.at(-1)
  if (!first || !last || stroke.length < 3) return stroke
  let furthest = 0
  let distance = 0
  stroke.forEach((point, index) => {
    const away = fromLine(point, first, last)
    if (away > distance) [furthest, distance] = [index, away]
  })
  if (distance <= tolerance) return [first, last]
  return [...simplified(stroke.slice(0, furthest + 1), tolerance).slice(0, -1), ...simplified(stroke.slice(furthest), tolerance)]
}

function fromLine(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length = Math.hypot(dx, dy)
  if (length === 0) return Math.hypot(point.x - a.x, point.y - a.y)
  return Math.abs(dy * (point.x - a.x) - dx * (point.y - a.y)) / length
}

/** A stroke as an SVG path: a smooth line through the middles of its points. */
export function pathOf(stroke: Point[]): string {
  const [first, ...rest] = stroke
  if (!first) return ''
  if (rest.length === 0) return `M${first.x} ${first.y}h0.01`
  let path = `M${first.x} ${first.y}`
  let before = first
  for (const point of rest) {
    path += `Q${before.x} ${before.y} ${(before.x + point.x) / 2} ${(before.y + point.y) / 2}`
    before = point
  }
  return `${path}L${before.x} ${before.y}`
}
