// When a person counts as gone.

import { expect, test } from 'vitest'
import { AWAY_SECONDS, COUNTDOWN_SECONDS, Idle, QUIET_SECONDS, type Clock } from './idle'

/** A computer: it runs, it sleeps, and somebody sets its clock. */
function computer() {
  let wall = 1_800_000_000_000
  let steady = 5_000
  let ticking: (() => void) | null = null
  const clock: Clock = {
    wall: () => wall,
    steady: () => steady,
    every: (_milliseconds, run) => {
      ticking = run
      return () => {
        if (ticking === run) ticking = null
      }
    },
  }
  const told: (number | 'gone')[] = []
  const idle = new Idle({ countdown: (left) => told.push(left), gone: () => told.push('gone') }, clock)
  idle.restart()
  return {
    idle,
    told,
    runs(seconds: number) {
      for (let second = 0; second < seconds; second += 1) {
        wall += 1000
        steady += 1000
        ticking?.()
      }
    },
    sleeps: (seconds: number) => (wall += seconds * 1000),
    isSet: (seconds: number) => (wall += seconds * 1000),
    ticks: () => ticking?.(),
  }
}

test('who does nothing is counted down to, second by second, and then gone', () => {
  const { told, runs } = computer()
  runs(QUIET_SECONDS - 1)
  expect(told).toEqual([])
  runs(1)
  expect(told).toEqual([COUNTDOWN_SECONDS])
  runs(COUNTDOWN_SECONDS + 5)
  expect(told).toHaveLength(COUNTDOWN_SECONDS + 1)
  expect(told.slice(-2)).toEqual([1, 'gone'])
})

test('there are at least twenty seconds to answer in (WCAG 2.2, 2.2.1)', () => {
  expect(COUNTDOWN_SECONDS).toBeGreaterThanOrEqual(20)
})

test('input puts it off, but does not stop a countdown: only a word does', () => {
  const { idle, told, runs } = computer()
  runs(QUIET_SECONDS - 1)
  idle.touch()
  runs(QUIET_SECONDS - 1)
  expect(told).toEqual([])
  runs(1)
  idle.touch()
  runs(1)
  expect(told.at(-1)).toBe(COUNTDOWN_SECONDS - 1)
  idle.restart()
  runs(QUIET_SECONDS - 1)
  expect(told.at(-1)).toBe(COUNTDOWN_SECONDS - 1)
})

test('a computer that slept wipes as it wakes, without a countdown', () => {
  const { told, runs, sleeps, ticks } = computer()
  runs(10)
  sleeps(3600)
  ticks()
  expect(told).toEqual(['gone'])
})

test('the tap that wakes it does not bring back what was there', () => {
  const { idle, told, runs, sleeps } = computer()
  runs(10)
  sleeps(3600)
  idle.touch()
  expect(told).toEqual(['gone'])
})

test('a clock that is set back gains nobody any time', () => {
  const { told, runs, isSet } = computer()
  isSet(-86_400)
  runs(QUIET_SECONDS + COUNTDOWN_SECONDS)
  expect(told.at(-1)).toBe('gone')
})

test('what another window covers for a while is wiped, and what it covers for a moment is not', () => {
  const { idle, told, runs } = computer()
  idle.leave()
  runs(AWAY_SECONDS - 1)
  idle.come()
  runs(AWAY_SECONDS)
  expect(told).toEqual([])
  idle.leave()
  runs(AWAY_SECONDS)
  expect(told).toEqual(['gone'])
})

test('after it has gone nothing more is told until a new visit begins', () => {
  const { idle, told, runs } = computer()
  runs(QUIET_SECONDS + COUNTDOWN_SECONDS + 600)
  expect(told.filter((one) => one === 'gone')).toHaveLength(1)
  idle.restart()
  runs(QUIET_SECONDS)
  expect(told.at(-1)).toBe(COUNTDOWN_SECONDS)
})
