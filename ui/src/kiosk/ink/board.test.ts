// What is on the canvas while somebody draws is what there is, and few outlines are painted again in a frame.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Point } from '../../bindings/Point'
import { Board } from './board'
import { Drawing, Stroke } from './drawing'

/** A canvas that remembers what was filled on it. */
class Paper {
  filled: unknown[] = []
  fills = 0
  clientWidth = 700
  clientHeight = 220
  #width = 0
  set width(width: number) {
    this.#width = width
    this.filled = []
  }
  get width() {
    return this.#width
  }
  height = 0
  readonly context = {
    canvas: this,
    fillStyle: '',
    save() {},
    restore() {},
    resetTransform() {},
    setTransform() {},
    clearRect: () => (this.filled = []),
    drawImage: (from: Paper) => this.filled.push(...from.filled),
    fill: (path: { text: string }) => {
      this.fills += 1
      this.filled.push(path.text)
    },
  }
  getContext() {
    return this.context
  }
}

const papers: Paper[] = []

function paper(): Paper {
  const made = new Paper()
  papers.push(made)
  return made
}

beforeEach(() => {
  vi.stubGlobal('window', { devicePixelRatio: 1 })
  vi.stubGlobal('document', { createElement: paper })
  vi.stubGlobal('getComputedStyle', () => ({ color: 'black' }))
  vi.stubGlobal(
    'Path2D',
    class {
      constructor(readonly text: string) {}
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

const point = (at: number): Point => ({
  x: Math.round(1200 + 1000 * Math.sin(at / 901) + 90 * Math.sin(at / 5)),
  y: Math.round(380 + 250 * Math.cos(at / 5)),
  pressure: 128,
})

const textsOf = (drawing: Drawing, stroke: Stroke) =>
  [...drawing.runs(stroke), ...stroke.tail()].map(({ path }) => path).sort()

test('what somebody draws without end is painted a few outlines a frame, and all of it as it is once the pen rests', () => {
  const shown = paper()
  const board = new Board(shown.context as unknown as CanvasRenderingContext2D)
  const before = new Stroke(Array.from({ length: 300 }, (_, at) => point(at)))
  const drawing = new Drawing([])
  drawing.add(before)
  const stroke = new Stroke()
  const counts: number[] = []
  for (let at = 0; at < 12_000; at += 1) {
    stroke.add(point(at))
    if (at % 64 > 0) continue
    const sum = () => papers.reduce((all, { fills }) => all + fills, 0)
    const soFar = sum()
    board.draw(drawing.runs(stroke), stroke)
    counts.push(sum() - soFar)
    expect(shown.filled.length).toBeGreaterThan(0)
  }
  // All that was there before, at the first frame; then what is new, twice, and some again.
  expect(Math.max(...counts.slice(1))).toBeLessThan(12)
  while (board.draw(drawing.runs(stroke), stroke));
  expect([...shown.filled].sort()).toEqual(textsOf(drawing, stroke))
  board.clear()
  expect(papers.flatMap(({ filled }) => filled)).toEqual([])
})

test('another stroke begins with all that is there', () => {
  const shown = paper()
  const board = new Board(shown.context as unknown as CanvasRenderingContext2D)
  const drawing = new Drawing([])
  for (const from of [0, 400]) {
    const stroke = new Stroke(Array.from({ length: 90 }, (_, at) => point(from + at)))
    board.draw(drawing.runs(stroke), stroke)
    expect([...shown.filled].sort()).toEqual(textsOf(drawing, stroke))
    drawing.add(stroke)
  }
})
