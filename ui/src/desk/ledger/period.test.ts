// A time as it is typed: a day alone is whole, and what is no day is refused.

import { expect, test } from 'vitest'
import { secondsOf } from './period'

const at = (...figures: [number, number, number, number?, number?]) => {
  const [year, month, day, hour = 0, minute = 0] = figures
  return Math.floor(new Date(year, month - 1, day, hour, minute).getTime() / 1000)
}

test.each([
  ['2026-11-27', false, at(2026, 11, 27)],
  ['2026-11-27', true, at(2026, 11, 28)],
  ['2026-12-31', true, at(2027, 1, 1)],
  [' 2026-1-7 9:05 ', false, at(2026, 1, 7, 9, 5)],
  ['2026-11-27T14:30', true, at(2026, 11, 27, 14, 30)],
  ['2026-02-30', false, undefined],
  ['2026-13-01', false, undefined],
  ['2026-11-27 24:00', false, undefined],
  ['2026-11-27 14:75', false, undefined],
  ['27.11.2026', false, undefined],
  ['', false, undefined],
])('%s', (typed, end, seconds) => {
  expect(secondsOf(typed, end)).toBe(seconds)
})
