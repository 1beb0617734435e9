// The days of a chart are all there, its labels have room, and each row leads to its signatures.

import { expect, test } from 'vitest'
import type { CountPart } from '../../bindings/CountPart'
import { barOf, doorOf, everyDay, isLabelled, ofPetition } from './bars'

const count = { collected: 5, duplicates: 1, void: 1, withdrawn: 0, in_review: 1, deliverable: 2 }
const part = (value: string): CountPart => ({ value, label: null, count })

test('a day on which nobody signed stands between the others', () => {
  const days = everyDay([part('2026-02-27'), part('2026-03-02')])
  expect(days.map(({ value, count }) => [value, count.collected])).toEqual([
    ['2026-02-27', 5],
    ['2026-02-28', 0],
    ['2026-03-01', 0],
    ['2026-03-02', 5],
  ])
  expect(everyDay([])).toEqual([])
})

test('a clock that was wrong by years does not fill the chart with empty days', () => {
  const days = [part('1999-01-01'), part('2026-03-02')]
  expect(everyDay(days)).toEqual(days)
})

test('a bar is what was collected, in two parts', () => {
  expect(barOf(part('Market'), 'Market')).toEqual({ label: 'Market', deliverable: 2, rest: 3 })
})

test('a row leads to its signatures, also to those that say nothing', () => {
  expect(doorOf('', 'place', '')).toEqual({ search: '', place: '' })
  expect(doorOf('p', 'day', '2026-03-02')).toEqual({ search: '', petition: 'p', day: '2026-03-02' })
  expect(ofPetition('')).toEqual({ search: '' })
})

test('labels are as many as there is room for', () => {
  const shown = (count: number) => Array.from({ length: count }, (_, at) => at).filter((at) => isLabelled(at, count, 6))
  expect(shown(4)).toEqual([0, 1, 2, 3])
  expect(shown(30)).toEqual([0, 5, 10, 15, 20, 25])
})
