// Who draws: the pen, the mouse, the finger that moves; never a hand, and never nobody.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Point } from '../../bindings/Point'
import { BYTES_MAX, bytesOf } from '../../shared/strokes'
import { Contacts, type Touching } from './contacts'
import { Drawing } from './drawing'

type Kind = Touching['kind']

/** A box, and a clock that goes on by a fiftieth of a second with each event. */
function box() {
  const drawing = new Drawing([])
  const contacts = new Contacts((stroke) => drawing.add(stroke))
  let at = 0
  const touching = (id: number, kind: Kind, x: number, breadth = 20): Touching => {
    at += 20
    return { id, kind, at, breadth, points: [point(x)] }
  }
  const put = {
    wait: (milliseconds: number) => (at += milliseconds),
    down: (id: number, kind: Kind, x = 0, breadth?: number) => contacts.down(touching(id, kind, x, breadth)),
    move: (id: number, kind: Kind, x: number, breadth?: number) => contacts.move(touching(id, kind, x, breadth)),
    up: (id: number, kind: Kind, x = 0) => contacts.up(touching(id, kind, x)),
    cancel: (id: number) => contacts.cancel(id),
    cancelAll: () => contacts.cancelAll(),
    /** A whole stroke, over so far. */
    stroke: (id: number, kind: Kind, from: number, to: number) => {
      put.down(id, kind, from)
      for (let part = 1; part <= 4; part += 1) put.move(id, kind, from + ((to - from) * part) / 4)
      put.up(id, kind)
    },
  }
  /** The strokes, each as where it begins and ends. */
  const drawn = () => drawing.points().map((stroke) => [stroke[0]?.x, stroke.at(-1)?.x])
  return { ...put, drawing, contacts, drawn }
}

const point = (x: number): Point => ({ x, y: 300, pressure: 128 })

const HAND = 1
const FINGER = 2
const PEN = 3

test.each(['mouse', 'pen', 'touch'] as const)('a stroke by %s is drawn, and so is the next one', (kind) => {
  const { stroke, drawn } = box()
  stroke(7, kind, 100, 500)
  stroke(8, kind, 600, 900)
  expect(drawn()).toEqual([
    [100, 500],
    [600, 900],
  ])
})

test.each(['mouse', 'pen', 'touch'] as const)('a short tap by %s alone is a dot', (kind) => {
  const { down, up, drawn } = box()
  down(1, kind, 100)
  up(1, kind)
  expect(drawn()).toEqual([[100, 100]])
})

test('a hand that rests leaves nothing, however it trembles and is lifted', () => {
  const { down, move, up, wait, cancel, drawn } = box()
  down(HAND, 'touch', 100)
  for (let time = 0; time < 100; time += 1) move(HAND, 'touch', 100 + (time % 3) * 10)
  wait(2000)
  up(HAND, 'touch')
  down(HAND, 'touch', 100)
  cancel(HAND)
  expect(drawn()).toEqual([])
})

test('a pen draws beside the hand that came before it, and the hand draws nothing', () => {
  const { down, stroke, move, up, drawn } = box()
  down(HAND, 'touch', 900)
  move(HAND, 'touch', 960)
  stroke(PEN, 'pen', 100, 500)
  move(HAND, 'touch', 1200)
  up(HAND, 'touch')
  expect(drawn()).toEqual([[100, 500]])
})

test('a hand that comes with the pen, or shortly after it, draws nothing', () => {
  const { down, move, up, stroke, wait, drawn } = box()
  down(PEN, 'pen', 100)
  stroke(HAND, 'touch', 900, 1200)
  move(PEN, 'pen', 400)
  up(PEN, 'pen')
  stroke(HAND, 'touch', 900, 1200)
  expect(drawn()).toEqual([[100, 400]])
  wait(1000)
  stroke(FINGER, 'touch', 900, 1200)
  expect(drawn()).toEqual([
    [100, 400],
    [900, 1200],
  ])
})

test('a hand that comes while the pen is still above the glass draws nothing', () => {
  const { move, stroke, drawn } = box()
  move(PEN, 'pen', 100)
  stroke(HAND, 'touch', 900, 1200)
  expect(drawn()).toEqual([])
})

test('while a mouse draws, no touch does', () => {
  const { down, move, up, stroke, drawn } = box()
  down(7, 'mouse', 100)
  stroke(HAND, 'touch', 900, 1200)
  move(7, 'mouse', 400)
  up(7, 'mouse')
  expect(drawn()).toEqual([[100, 400]])
})

test('a tap that is told once more as of a mouse is one dot, and a mouse elsewhere draws at once', () => {
  const { down, up, stroke, wait, drawn } = box()
  down(FINGER, 'touch', 100)
  up(FINGER, 'touch', 100)
  down(7, 'mouse', 100)
  up(7, 'mouse')
  stroke(7, 'mouse', 300, 400)
  wait(1000)
  down(7, 'mouse', 100)
  up(7, 'mouse')
  expect(drawn()).toEqual([
    [100, 100],
    [300, 400],
    [100, 100],
  ])
})

test('what a finger had drawn for a while before a pen came stays', () => {
  const { down, move, wait, stroke, drawn } = box()
  down(FINGER, 'touch', 100)
  move(FINGER, 'touch', 500)
  wait(1000)
  stroke(PEN, 'pen', 600, 900)
  expect(drawn()).toEqual([
    [100, 500],
    [600, 900],
  ])
})

test('of several touches the one that moves draws, and those that were there with it do not any more', () => {
  const { down, move, up, stroke, drawn } = box()
  down(HAND, 'touch', 900)
  stroke(FINGER, 'touch', 100, 500)
  stroke(FINGER, 'touch', 600, 700)
  // The hand is drawn away over the glass.
  move(HAND, 'touch', 1500)
  up(HAND, 'touch')
  expect(drawn()).toEqual([
    [100, 500],
    [600, 700],
  ])
})

test('a hand that slips a little does not own the box', () => {
  const { down, move, up, contacts, drawn } = box()
  down(HAND, 'touch', 900)
  move(HAND, 'touch', 940)
  expect(contacts.current?.all()[0]?.points[0]?.x).toBe(900)
  down(FINGER, 'touch', 100)
  move(FINGER, 'touch', 400)
  expect(contacts.current?.all()[0]?.points[0]?.x).toBe(100)
  up(FINGER, 'touch')
  up(HAND, 'touch')
  expect(drawn()).toEqual([[100, 400]])
})

test('a finger dots an i while the hand that it signed with still rests', () => {
  const { down, up, stroke, drawn } = box()
  down(HAND, 'touch', 900)
  stroke(FINGER, 'touch', 100, 500)
  down(FINGER, 'touch', 300)
  up(FINGER, 'touch')
  expect(drawn()).toEqual([
    [100, 500],
    [300, 300],
  ])
})

test('a hand that comes down in two places leaves no dots', () => {
  const { down, up, drawn } = box()
  down(HAND, 'touch', 900)
  down(FINGER, 'touch', 950)
  up(FINGER, 'touch')
  up(HAND, 'touch')
  expect(drawn()).toEqual([])
})

test('a contact as broad as a hand draws nothing, whether it comes so or grows so', () => {
  const { down, move, up, drawn } = box()
  down(HAND, 'touch', 100, 140)
  move(HAND, 'touch', 500)
  up(HAND, 'touch')
  down(FINGER, 'touch', 100)
  move(FINGER, 'touch', 500, 140)
  up(FINGER, 'touch')
  expect(drawn()).toEqual([])
})

test.each(['mouse', 'pen', 'touch'] as const)(
  'what is cancelled leaves nothing, and the next stroke draws: %s',
  (kind) => {
    const { down, move, cancel, cancelAll, stroke, drawn } = box()
    down(1, kind, 100)
    cancel(1)
    down(1, kind, 100)
    move(1, kind, 500)
    cancelAll()
    stroke(FINGER, 'touch', 600, 900)
    expect(drawn()).toEqual([[600, 900]])
  },
)

test('of more touches than there are fingers the oldest is forgotten', () => {
  const { down, move, contacts } = box()
  for (let id = 0; id <= 10; id += 1) down(id, 'touch', id)
  move(0, 'touch', 500)
  expect(contacts.current).toBe(undefined)
  move(10, 'touch', 500)
  expect(contacts.current).not.toBe(undefined)
})

test('a contact whose lift was never told does not keep the box', () => {
  const { down, move, wait, stroke, drawn } = box()
  down(1, 'mouse', 100)
  move(1, 'mouse', 500)
  stroke(1, 'mouse', 600, 700)
  down(HAND, 'touch', 0)
  move(HAND, 'touch', 2000)
  wait(5000)
  stroke(FINGER, 'touch', 800, 900)
  expect(drawn()).toEqual([
    [100, 500],
    [600, 700],
    [800, 900],
  ])
})

test('whatever happened, the next stroke draws and all of it can be signed', () => {
  const kind = fc.constantFrom<Kind>('mouse', 'pen', 'touch')
  const one = fc.record({
    what: fc.constantFrom('down', 'move', 'up', 'cancel', 'cancelAll', 'wait'),
    id: fc.nat(15),
    kind,
    x: fc.nat(2399),
    breadth: fc.constantFrom(0, 20, 140),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 120 }), kind, (events, last) => {
      const { drawing, contacts, drawn, ...put } = box()
      for (const { what, id, kind, x, breadth } of events) {
        if (what === 'down' || what === 'move') put[what](id, kind, x, breadth)
        else if (what === 'up') put.up(id, kind, x)
        else if (what === 'cancel') put.cancel(id)
        else if (what === 'cancelAll') put.cancelAll()
        else put.wait(x)
        expect(bytesOf(drawing.points())).toBeLessThanOrEqual(BYTES_MAX)
        drawing.runs(contacts.current)
      }
      // Fingers that are left say nothing any more, and no mouse stands for one.
      if (last !== 'pen') put.wait(5000)
      put.stroke(99, last, 1000, 1400)
      expect(drawn().at(-1)).toEqual([1000, 1400])
      expect(contacts.current).toBe(undefined)
    }),
    { numRuns: 300 },
  )
})
