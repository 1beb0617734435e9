// Each strange pattern is a door to its own signatures.

import { expect, test } from 'vitest'
import type { Pattern } from '../../bindings/Pattern'
import { doorOf } from './patterns'

const pattern: Pattern = {
  kind: 'fast',
  table: 't4',
  table_label: 'Table 4',
  shift: 's1',
  place: 'Market',
  day: '2026-11-27',
  strange: 41,
  of: 60,
  usual: null,
}

test('a pattern leads to its shift, and to those in it that are so', () => {
  expect(doorOf('p', pattern)).toEqual({ search: '', petition: 'p', shift: 's1' })
  expect(doorOf('p', { ...pattern, shift: null })).toEqual({ search: '', petition: 'p', table: 't4' })
  expect(doorOf('p', { ...pattern, kind: 'duplicates' })).toMatchObject({ shift: 's1', standing: 'duplicate' })
  expect(doorOf('p', { ...pattern, kind: 'not_found' })).toMatchObject({ shift: 's1', roll: 'not_found' })
})
