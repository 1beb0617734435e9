// From pen strokes to what a signature may hold, and from that to a crisp line.

import { getStroke } from 'perfect-freehand'
import simplify from 'simplify-js'
import type { Ink } from '../bindings/Ink'
import type { Point } from '../bindings/Point'

/** The box that strokes are drawn in, whatever its size on screen: so fine that rounding to its points is not seen. */
export const BOX = { width: 2400, height: 760 }

/** Where a device knows no pressure. */
export const NO_PRESSURE = 128

/** Below the 4,096 bytes that a signature may hold: 4 for the box, 2 for a stroke, 5 for a point. */
export const BYTES_MAX = 4000

/** In units of the box: a point nearer than this to the line of its neighbours cannot be seen to be missing. */
export const TOLERANCE_MIN = 2.5

/** How wide the line is at half the pressure, as a part of the box's width, and how much of it follows the pressure. */
const PEN = 1 / 130
const THINNING = 0.55

/** How far a curve may be from the straight steps that stand for it, as a part of the pen's width. */
const FLAT = 0.04

/** Strokes as they were drawn → what is signed, or null where nothing was drawn. */
export function inkOf(strokes: Point[][]): Ink | null {
  if (strokes.length === 0) return null
  let kept = strokes
  for (let tolerance = TOLERANCE_MIN; bytesOf(kept) > BYTES_MAX && tolerance < BOX.width; tolerance *= 1.4) {
    kept = strokes.map((stroke) => simplified(stroke, tolerance))
  }
  return { width: BOX.width, height: BOX.height, strokes: kept }
}

/** How many bytes strokes take in a signature. */
export function bytesOf(strokes: Point[][]): number {
  return bytesOfCounts(strokes.map(({ length }) => length))
}

/** The same of strokes of so many points. */
export function bytesOfCounts(counts: number[]): number {
  return counts.reduce((sum, count) => sum + 2 + 5 * count, 4)
}

/** A stroke without the points that its line can do without: neither its course nor its width is off by more than this. */
export function simplified(stroke: Point[], tolerance: number): Point[] {
  const turns = simplify(stroke, tolerance, true) as Point[]
  if (!isPressed(stroke)) return turns
  // Where the pen went straight on, it may have been pressed harder: the same rule, for the width along the way.
  let way = 0
  const widths = stroke.map((point, index) => {
    const before = stroke[index - 1] ?? point
    way += Math.hypot(point.x - before.x, point.y - before.y)
    return { x: way, y: (point.pressure / 255) * THINNING * PEN * BOX.width, point }
  })
  const kept = new Set([...turns, ...(simplify(widths, tolerance, true) as typeof widths).map(({ point }) => point)])
  return stroke.filter((point) => kept.has(point))
}

function isPressed(stroke: Point[]): boolean {
  return stroke.some((point) => point.pressure !== NO_PRESSURE)
}

/** The points beside a part of a stroke: what it leaves the one before with, and meets the one after with. */
export interface Beside {
  before?: Point
  after?: Point
}

/** A stroke, or a part of one, as an SVG path to be filled: its outline, as wide as the pen was pressed. */
export function pathOf(stroke: Point[], boxWidth: number, tolerance = 0, beside: Beside = {}): string {
  const pen = boxWidth * PEN
  const outline = getStroke(curveOf(stroke, pen, beside), {
    size: pen,
    thinning: THINNING,
    smoothing: 0.5,
    streamline: 0.5,
    simulatePressure: false,
    last: true,
  })
  // A browser takes longer over each corner than over all that the hand can draw in a frame: those that cannot be seen go.
  const corners = simplify(
    outline.map(([x, y]) => ({ x, y })),
    Math.max(FLAT * pen, tolerance / 20),
    true,
  )
  const at = (value: number) => Math.round(value * 10) / 10
  const [first] = corners
  if (!first) return ''
  const curves = corners.map(({ x, y }, index) => {
    const next = corners[index + 1] ?? first
    return `Q${at(x)} ${at(y)} ${at((x + next.x) / 2)} ${at((y + next.y) / 2)}`
  })
  return `M${at(first.x)} ${at(first.y)}${curves.join('')}Z`
}

/** The cosine of a turn that is a corner: a curve has points at smaller turns. */
const CORNER = 0.5

/** A place that the hand passed through. */
interface Knot extends Point {
  /** How far it goes on from here in one step, and where to; unknown at an end. */
  slope?: Vector
}
type Vector = [x: number, y: number]

/** The way that the hand took through a stroke's points, as [x, y, pressure] in small steps: few points make no corners. */
function curveOf(stroke: Point[], pen: number, { before, after }: Beside): number[][] {
  const pressed = isPressed(stroke)
  const knots = stroke.map((at, index): Knot => {
    const [from, to] = [stroke[index - 1] ?? before, stroke[index + 1] ?? after]
    const pressure = pressed ? at.pressure / 255 : pressureBy(from, at, to, pen)
    return { ...at, pressure, slope: from && to && slopeAt(from, at, to) }
  })
  return knots.flatMap((to, index) => {
    const from = knots[index - 1]
    return from ? stepsOf(from, to, pen) : [[to.x, to.y, to.pressure]]
  })
}

/** Where a device knows no pressure, ink is thinner where the hand went fast: far on without a turn. A dot is pressed. */
function pressureBy(from: Point | undefined, at: Point, to: Point | undefined, pen: number): number {
  const ways = [from, to].filter((point) => point !== undefined).map((point) => lengthOf(wayOf(point, at)))
  if (ways.length === 0) return 0.9
  const way = ways.reduce((sum, length) => sum + length) / ways.length
  return 0.55 - 0.4 * Math.min(1, way / (8 * pen))
}

/** Half the turn on either side; none at a sharp corner, which stays one. A short step has little say beside a long one. */
function slopeAt(from: Point, at: Point, to: Point): Vector | undefined {
  const [came, goes] = [wayOf(from, at), wayOf(at, to)]
  const lengths = [lengthOf(came), lengthOf(goes)] as const
  const [a, b] = [times(came, 1 / lengths[0]), times(goes, 1 / lengths[1])]
  const straight = a[0] * b[0] + a[1] * b[1]
  const both: Vector = [a[0] + b[0], a[1] + b[1]]
  return straight > CORNER ? times(both, (3 * Math.min(...lengths)) / lengthOf(both)) : undefined
}

/** From one knot to the next by a cubic Hermite curve. */
function stepsOf(from: Knot, to: Knot, pen: number): number[][] {
  const way = wayOf(from, to)
  const length = lengthOf(way)
  // No longer than the way itself, or the curve would turn back.
  const shorter = (slope: Vector) => times(slope, Math.min(1, length / (lengthOf(slope) || 1)))
  // An end follows from the other one.
  const end = (other: Vector): Vector => [1.5 * way[0] - other[0] / 2, 1.5 * way[1] - other[1] / 2]
  const leaves = from.slope ? shorter(from.slope) : to.slope ? end(shorter(to.slope)) : way
  const meets = to.slope ? shorter(to.slope) : end(leaves)
  const steps = Math.min(60, Math.ceil((2 * length) / pen)) || 1
  return Array.from({ length: steps }, (_, step) => {
    const t = (step + 1) / steps
    const along = (a: number, leave: number, b: number, meet: number) =>
      a + t * (leave + t * (3 * (b - a) - 2 * leave - meet + t * (2 * (a - b) + leave + meet)))
    return [
      along(from.x, leaves[0], to.x, meets[0]),
      along(from.y, leaves[1], to.y, meets[1]),
      from.pressure + (to.pressure - from.pressure) * t,
    ]
  })
}

function wayOf(from: Point, to: Point): Vector {
  return [to.x - from.x, to.y - from.y]
}

function lengthOf([x, y]: Vector): number {
  return Math.hypot(x, y)
}

function times([x, y]: Vector, factor: number): Vector {
  return [x * factor, y * factor]
}
