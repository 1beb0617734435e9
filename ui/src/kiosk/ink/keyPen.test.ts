// The steps of a pen that keys move: there and back, and never out of the box.

import { expect, test } from 'vitest'
import { BOX } from '../../shared/strokes'
import { ARROWS, BEGIN, moved, type Direction } from './keyPen'

test('a step and the step back lead to where the pen was', () => {
  const pairs: [Direction, Direction][] = [
    ['left', 'right'],
    ['up', 'lower'],
  ]
  for (const [there, back] of pairs) {
    expect(moved(BEGIN, there)).not.toEqual(BEGIN)
    expect(moved(moved(BEGIN, there), back)).toEqual(BEGIN)
  }
  expect(Object.keys(ARROWS)).toHaveLength(4)
})

test('at the edge of the box the pen stays in it', () => {
  for (const direction of Object.values(ARROWS)) {
    let at = BEGIN
    for (let step = 0; step < 100; step += 1) at = moved(at, direction)
    expect(at.x >= 0 && at.x < BOX.width && at.y >= 0 && at.y < BOX.height).toBe(true)
    expect(at).not.toEqual(BEGIN)
  }
})
