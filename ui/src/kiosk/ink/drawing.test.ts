// However much is drawn, all of it is there, and no more than can be signed.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Point } from '../../bindings/Point'
import { BOX, BYTES_MAX, TOLERANCE_MIN, bytesOf, inkOf } from '../../shared/strokes'
import { Drawing, Stroke, type Run } from './drawing'

const point = (x: number, y: number, pressure = 128): Point => ({ x: Math.round(x), y: Math.round(y), pressure })

/** Loops from the left to the right and back, again and again. */
const loops = (length: number): Point[] =>
  Array.from({ length }, (_, at) =>
    point(1200 + 1000 * Math.sin(at / 901) + 90 * Math.sin(at / 5), 380 + 250 * Math.cos(at / 5)),
  )

const drawingOf = (strokes: Point[][]) => {
  const drawing = new Drawing([])
  for (const points of strokes) drawing.add(new Stroke(points))
  return drawing
}

/** What can be signed, the ends where runs meet, and the tail behind the pen. */
const HELD_MAX = BYTES_MAX / 5 + 200

/** How many points are kept. */
const held = (runs: Run[]) => runs.reduce((sum, run) => sum + run.points.length, 0)

/** How far a point is from the nearest of a stroke's. */
const distance = (stroke: Point[], { x, y }: Point) => Math.min(...stroke.map((at) => Math.hypot(at.x - x, at.y - y)))

test('a signature keeps every turn, in far fewer points', () => {
  const raw = loops(400)
  const [kept = []] = drawingOf([raw]).points()
  expect(kept.length).toBeLessThan(raw.length)
  expect([kept[0], kept.at(-1)]).toEqual([raw[0], raw.at(-1)])
  for (const each of raw) expect(distance(kept, each)).toBeLessThan(60)
  expect(new Set(kept.map(({ x, y }) => `${x} ${y}`)).size).toBe(kept.length)
})

test('a stroke is drawn in runs, each beginning where the one before ends, and those behind the pen stay as they are', () => {
  const stroke = new Stroke(loops(300))
  const before = stroke.all()
  expect(before.length).toBeGreaterThan(3)
  for (const [index, run] of before.entries()) {
    expect(run.points.length).toBeLessThan(130)
    if (index > 0) expect(run.points[0]).toEqual(before[index - 1]?.points.at(-1))
  }
  stroke.add(point(2000, 700))
  expect(stroke.all().slice(0, -1)).toEqual(before.slice(0, -1))
  expect(stroke.all()[0]).toBe(before[0])
})

test('an endless scribble goes on: the line behind the pen is fine, the old one coarser, and all of it can be signed', () => {
  const drawing = drawingOf([loops(400)])
  const stroke = new Stroke()
  const raw = loops(100_000)
  for (const [index, each] of raw.entries()) {
    stroke.add(each)
    if (index % 50 > 0) continue
    drawing.runs(stroke)
    expect(drawing.points().flat().length + held(stroke.all())).toBeLessThan(HELD_MAX)
  }
  const runs = stroke.all()
  expect(runs.at(-1)?.points.at(-1)).toEqual(raw.at(-1))
  const [oldest = 0, newest = Infinity] = [runs[0]?.tolerance, runs.at(-4)?.tolerance]
  expect([oldest > 20 * TOLERANCE_MIN, newest <= 3 * TOLERANCE_MIN]).toEqual([true, true])
  drawing.add(stroke)
  const signed = drawing.points()
  expect(signed).toHaveLength(2)
  expect(signed[1]?.[0]).toEqual(raw[0])
  expect(bytesOf(signed)).toBeLessThanOrEqual(BYTES_MAX)
  // Nothing that can be signed is left unused.
  expect(bytesOf(signed)).toBeGreaterThan(BYTES_MAX * 0.9)
})

test('outlines are made some a frame when a stroke is over, and then it is seen as it is signed', () => {
  const stroke = new Stroke(loops(20_000))
  const drawing = new Drawing([])
  drawing.add(stroke)
  const signed = drawing.points()
  let frames = 1
  for (; !drawing.make(); frames += 1) expect(stroke.runs.filter((run) => run.isMade)).toHaveLength(4 * frames)
  expect([frames > 5, frames < stroke.runs.length]).toEqual([true, true])
  expect(drawing.paths()).toEqual([stroke.runs.map(({ path }) => path).join('')])
  expect(drawing.points()).toEqual(signed)
})

test('a stroke by itself is bounded too: a hand that lies there for long', () => {
  const stroke = new Stroke(loops(50_000))
  expect(held(stroke.all())).toBeLessThan(HELD_MAX)
})

test('how hard a pen was pressed is kept, along a straight line too', () => {
  const pressed = Array.from({ length: 100 }, (_, at) =>
    point(100 + 10 * at, 300, at < 50 ? 40 + 4 * at : 440 - 4 * at),
  )
  const [kept = []] = drawingOf([pressed]).points()
  expect(Math.max(...kept.map((at) => at.pressure))).toBeGreaterThan(220)
  const even = pressed.map(({ x, y }) => point(x, y))
  expect(drawingOf([even]).points()[0]).toHaveLength(2)
})

test('undo takes the last stroke back, and clear all of them', () => {
  const strokes = [loops(30), [point(5, 5)], loops(60).slice(30)]
  const drawing = drawingOf(strokes)
  const before = drawing.points()
  drawing.undo()
  expect(drawing.points()).toEqual(before.slice(0, 2))
  expect(drawing.paths()).toHaveLength(2)
  drawing.clear()
  drawing.undo()
  expect([drawing.points(), drawing.paths()]).toEqual([[], []])
})

test('what was drawn before is there when the page is opened again', () => {
  const drawn = drawingOf([loops(900), [point(5, 5)]]).points()
  const [long = [], dot] = new Drawing(drawn).points()
  expect(dot).toEqual([point(5, 5)])
  expect([long[0], long.at(-1)]).toEqual([drawn[0]?.[0], drawn[0]?.at(-1)])
  expect(new Drawing([]).points()).toEqual([])
})

test('more dots than can be signed: the newest are kept', () => {
  const dots = Array.from({ length: 800 }, (_, at) => [point(at, 10)])
  const drawing = drawingOf(dots)
  const kept = drawing.points()
  expect(bytesOf(kept)).toBeLessThanOrEqual(BYTES_MAX)
  expect(kept.length).toBeGreaterThan(500)
  expect(kept.at(-1)).toEqual([point(799, 10)])
  // A stroke that is under way takes their room as well.
  const stroke = new Stroke(loops(400))
  const seen = drawing.runs(stroke).length - stroke.runs.length
  expect(seen).toBeLessThan(kept.length)
  expect(drawing.points()).toHaveLength(seen)
})

test('any strokes can be signed as they are drawn, and begin and end where they did', () => {
  const any = fc.record({ x: fc.nat(BOX.width - 1), y: fc.nat(BOX.height - 1), pressure: fc.nat(255) })
  const stroke = fc.array(any, { minLength: 1, maxLength: 400 })
  fc.assert(
    fc.property(fc.array(stroke, { minLength: 1, maxLength: 12 }), (strokes) => {
      const drawing = drawingOf(strokes)
      const points = drawing.points()
      expect(bytesOf(points)).toBeLessThanOrEqual(BYTES_MAX)
      expect(inkOf(points)?.strokes).toBe(points)
      expect(points.map((each) => [each[0], each.at(-1)])).toEqual(strokes.map(endsOf))
      for (const path of drawing.paths()) expect(path).toMatch(/^M[-\d. MQZ]+Z$/)
    }),
    { numRuns: 100 },
  )
})

/** Where a pen rests, the pressure is the one it came with. */
function endsOf(stroke: Point[]): (Point | undefined)[] {
  const kept = stroke.filter((point, at) => at === 0 || point.x !== stroke[at - 1]?.x || point.y !== stroke[at - 1]?.y)
  return [kept[0], kept.at(-1)]
}
