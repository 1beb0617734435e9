// A line is as the hand drew it, at any size; what is signed of it never takes more than it may.

import { expect, test } from 'vitest'
import type { Point } from '../bindings/Point'
import { BOX, BYTES_MAX, NO_PRESSURE, bytesOf, inkOf, pathOf, simplified } from './strokes'

const stroke = (...points: [x: number, y: number, pressure?: number][]): Point[] =>
  points.map(([x, y, pressure = NO_PRESSURE]) => ({ x, y, pressure }))

/** The corners of an outline, and the box around them. */
function outlineOf(path: string) {
  const numbers = [...path.matchAll(/-?[\d.]+/g)].map(Number)
  const [xs, ys] = [0, 1].map((odd) => numbers.filter((_, index) => index % 2 === odd)) as [number[], number[]]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  return { xs, ys, left, right, top, bottom, width: right - left, height: bottom - top }
}

test('nothing drawn is nothing to sign', () => {
  expect(inkOf([])).toBe(null)
})

test('what can be signed is signed as it is, and what is too long is made coarser', () => {
  const short = [stroke([1, 2], [3, 4]), stroke([5, 6])]
  expect(inkOf(short)).toEqual({ ...BOX, strokes: short })
  const long = Array.from({ length: 20_000 }, (_, at): [number, number] => [
    Math.round(1200 + 1000 * Math.sin(at / 1000)),
    Math.round(380 + 300 * Math.cos(at / 7)),
  ])
  const { strokes } = inkOf([stroke(...long), stroke(...long)])!
  expect(bytesOf(strokes)).toBeLessThanOrEqual(BYTES_MAX)
  expect(strokes.map((each) => [each[0]?.x, each.at(-1)?.x])).toEqual(Array(2).fill([long[0]![0], long.at(-1)![0]]))
})

test('points that the line can do without are left out, those that its width needs are not', () => {
  expect(simplified(stroke([0, 0], [50, 1], [100, 0], [100, 100]), 2)).toEqual(stroke([0, 0], [100, 0], [100, 100]))
  const pressed = stroke([0, 0, 20], [50, 0, 250], [100, 0, 20])
  expect(simplified(pressed, 2)).toEqual(pressed)
})

test('few points make a round line', () => {
  // Twelve points of a circle, and where the line is between two of them.
  const circle = Array.from({ length: 13 }, (_, hour): [number, number] => [
    1200 + 300 * Math.cos((hour * Math.PI) / 6),
    380 + 300 * Math.sin((hour * Math.PI) / 6),
  ])
  const { xs, ys } = outlineOf(pathOf(stroke(...circle), BOX.width))
  const radii = xs.map((x, index) => Math.hypot(x - 1200, ys[index]! - 380))
  // A chord between two would come 10 units nearer to the middle.
  expect(Math.min(...radii)).toBeGreaterThan(290)
  expect(Math.max(...radii)).toBeLessThan(310)
})

test('a sharp corner stays one, and a long way beside a short one does not swing out', () => {
  const { left, right, top, bottom } = outlineOf(pathOf(stroke([100, 100], [1100, 100], [1100, 700]), BOX.width))
  expect([left, top].every((edge) => edge > 85)).toBe(true)
  expect(right).toBeLessThan(1115)
  expect(bottom).toBeLessThan(715)
  const blunt = outlineOf(pathOf(stroke([100, 100], [600, 700], [1600, 100]), BOX.width))
  expect(blunt.bottom).toBeGreaterThan(695)
  expect(blunt.xs[blunt.ys.indexOf(blunt.bottom)]).toBeCloseTo(600, -1.5)
  const beside = outlineOf(pathOf(stroke([100, 100], [1100, 100], [1110, 104]), BOX.width))
  expect(beside.height).toBeLessThan(30)
  expect(beside.right).toBeLessThan(1125)
})

test('a pen that is pressed harder draws a wider line, and a dot is a dot', () => {
  const height = (pressure: number) =>
    outlineOf(pathOf(stroke([100, 100, pressure], [600, 100, pressure], [1100, 100, pressure]), BOX.width)).height
  expect(height(60)).toBeLessThan(height(140))
  expect(height(140)).toBeLessThan(height(250))
  const dot = outlineOf(pathOf(stroke([100, 100]), BOX.width))
  expect(dot.width).toBeGreaterThan(15)
  expect(Math.abs(dot.width - dot.height)).toBeLessThan(3)
})

test('a box of another size holds the same line', () => {
  const line = stroke([400, 200], [800, 600], [1600, 240])
  const smaller = line.map(({ x, y, pressure }) => ({ x: x / 4, y: y / 4, pressure }))
  const [large, small] = [outlineOf(pathOf(line, BOX.width)), outlineOf(pathOf(smaller, BOX.width / 4))]
  expect(small.width * 4).toBeCloseTo(large.width, -1)
  expect(small.height * 4).toBeCloseTo(large.height, -1)
})
