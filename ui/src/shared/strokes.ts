// From pen strokes to what a signature may hold, and from that to a crisp line.

import { getStroke } from 'perfect-freehand'
import simplify from 'simplify-js'
import type { Ink } from '../bindings/Ink'
import type { Point } from '../bindings/Point'

/** The box that strokes are drawn in, whatever its size on screen. */
export const BOX = { width: 600, height: 190 }

/** Where a device knows no pressure. */
export const NO_PRESSURE = 128

/** Below the 4,096 bytes that a signature may hold: 4 for the box, 2 for a stroke, 5 for a point. */
const BYTES_MAX = 4000

/** In units of the box: a point nearer than this to the line of its neighbours cannot be seen to be missing. */
const TOLERANCE_MIN = 0.4

/** Strokes as they were drawn → what is signed, or null where nothing was drawn. */
export function inkOf(strokes: Point[][]): Ink | null {
  if (strokes.length === 0) return null
  let kept = strokes
  for (let tolerance = TOLERANCE_MIN; tolerance < BOX.width; tolerance *= 1.4) {
    kept = strokes.map((stroke) => simplify(stroke, tolerance, true) as Point[])
    if (bytes(kept) <= BYTES_MAX) break
  }
  return { width: BOX.width, height: BOX.height, strokes: kept }
}

function bytes(strokes: Point[][]): number {
  return strokes.reduce((sum, stroke) => sum + 2 + 5 * stroke.length, 4)
}

/** A stroke as an SVG path to be filled: its outline, as wide as the pen was pressed. */
export function pathOf(stroke: Point[]): string {
  const pressed = stroke.some((point) => point.pressure !== NO_PRESSURE)
  const outline = getStroke(
    stroke.map((point) => [point.x, point.y, point.pressure / 255]),
    { size: 6.5, thinning: 0.55, smoothing: 0.6, streamline: 0.35, simulatePressure: !pressed },
  )
  const [first, ...rest] = outline
  if (!first) return ''
  const corners = [...rest, first]
  const at = (value: number) => value.toFixed(1)
  return (
    corners.reduce(
      (path, corner, index) => {
        const next = corners[index + 1] ?? first
        return `${path}Q${at(corner[0]!)} ${at(corner[1]!)} ${at((corner[0]! + next[0]!) / 2)} ${at((corner[1]! + next[1]!) / 2)}`
      },
      `M${at(first[0]!)} ${at(first[1]!)}`,
    ) + 'Z'
  )
}
