// What was said of one or of many, in one line, and what became of it.

import { expect, test } from 'vitest'
import type { DecisionRow } from '../../bindings/DecisionRow'
import { saidOf } from './verdicts'

const names = { petitions: new Map(), tables: new Map([['t4', 'Table 4']]), shifts: new Map() }

function row(decision: string, more: Partial<DecisionRow>): DecisionRow {
  const none = { names: [], undoes: null, keep: null, per_mille: null, reason: null, covers: null, chosen: [] }
  return { decision, at: 0, by: 'Dee', is_held: true, kind: 'verdict', verdict: 'void', ...none, ...more }
}

test('a word about one, about many, and what undid them', () => {
  const many = row('b', {
    kind: 'verdicts',
    chosen: [
      { by: 'table', value: 't4' },
      { by: 'place', value: 'Market' },
    ],
  })
  const undone = row('c', { kind: 'undone', verdict: null, undoes: 'b' })
  const again = row('d', { kind: 'undone', verdict: null, undoes: 'c' })
  const rows = [row('a', { verdict: 'in_review' }), many, undone, again]
  expect(rows.map((one) => saidOf(one, rows, names))).toEqual([
    'To be looked at',
    'Void · Table: Table 4 · Place: Market',
    'Undone: Void · Table: Table 4 · Place: Market',
    'Holds again: Void · Table: Table 4 · Place: Market',
  ])
})

test('other decisions are told as the review tells them', () => {
  const same = row('a', { kind: 'same', verdict: null, names: ['Ada', 'ADA'] })
  expect(saidOf(same, [same], names)).toBe('One person')
})
