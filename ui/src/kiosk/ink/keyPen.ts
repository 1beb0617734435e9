// Where a pen goes that is moved by steps, and never out of its box.

import { BOX } from '../../shared/strokes'

export type Direction = 'left' | 'right' | 'up' | 'lower'

export const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'lower',
}

interface At {
  x: number
  y: number
}

/** A step: a name of a few letters fits in, and none of them takes a day. */
const STEP = Math.round(BOX.height / 10)
/** Above the line, where a hand begins too. */
export const BEGIN: At = { x: 3 * STEP, y: 6 * STEP }

/** The place of the pen after a step. */
export function moved({ x, y }: At, direction: Direction): At {
  const within = (place: number, size: number) => Math.min(size - 1, Math.max(0, place))
  const [right, lower] = { left: [-1, 0], right: [1, 0], up: [0, -1], lower: [0, 1] }[direction] as [number, number]
  return { x: within(x + right * STEP, BOX.width), y: within(y + lower * STEP, BOX.height) }
}
