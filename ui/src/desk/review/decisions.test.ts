// Decisions in words.

import { expect, test } from 'vitest'
import type { DecisionRow } from '../../bindings/DecisionRow'
import { remember, wordsOf } from './decisions'

const row = (decision: string, more: Partial<DecisionRow> = {}): DecisionRow => ({
  decision,
  at: 0,
  by: 'Dee',
  is_held: true,
  kind: 'same',
  names: ['Ada Lovelace', 'ADA LOVELACE'],
  undoes: null,
  keep: null,
  per_mille: null,
  verdict: null,
  reason: null,
  chosen: [],
  covers: null,
  ...more,
})
const undoing = (decision: string, undoes: string, more: Partial<DecisionRow> = {}) =>
  row(decision, { kind: 'undone', names: [], undoes, ...more })

test('what is no longer listed is still known, and whether it holds', () => {
  const known = [row('b'), row('a')]
  const now = remember(known, [undoing('c', 'b')])
  expect(now.map(({ decision, is_held }) => [decision, is_held])).toEqual([
    ['c', true],
    ['b', false],
    ['a', true],
  ])
  expect(remember(known, [row('b', { is_held: false })]).map((one) => one.is_held)).toEqual([false, true])
})

test('an undoing is told by what it undid', () => {
  const rows = [undoing('d', 'c'), undoing('c', 'b', { is_held: false }), row('b'), undoing('x', 'gone')]
  expect(wordsOf(rows[2]!, rows)).toEqual({ words: 'One person', names: ['Ada Lovelace', 'ADA LOVELACE'] })
  expect(wordsOf(rows[1]!, rows).words).toBe('Undone: One person')
  expect(wordsOf(rows[0]!, rows)).toEqual({ words: 'Holds again: One person', names: ['Ada Lovelace', 'ADA LOVELACE'] })
  expect(wordsOf(rows[3]!, rows)).toEqual({ words: 'Undone: an earlier decision', names: [] })
})

test('a rule says what it is', () => {
  const rule = row('e', { kind: 'rule', names: [], keep: 'latest', per_mille: 980 })
  expect(wordsOf(rule, [rule]).words).toBe('The rule: the latest counts, from 98% on')
})
