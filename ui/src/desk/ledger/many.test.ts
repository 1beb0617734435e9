// When one word may be said of all that is chosen, and when it is not offered, and why.

import { expect, test } from 'vitest'
import type { LedgerFilter } from '../../bindings/LedgerFilter'
import { deskHome } from '../../mock/sample'
import { filterOfMany, isOfNow, whyNot } from './many'

const several = deskHome()
const one = { ...several, petitions: several.petitions.slice(0, 1) }
const only = one.petitions[0]!.petition

test.each<[LedgerFilter, ReturnType<typeof whyNot>]>([
  [{ search: '' }, 'nothing'],
  [{ search: '', petition: only }, 'nothing'],
  [{ search: ' ' }, 'nothing'],
  [{ search: 'ada' }, undefined],
  [{ search: ' ', place: 'Market' }, undefined],
  [{ search: '', standing: 'void' }, undefined],
  [{ search: '', roll: 'not_found' }, undefined],
  [{ search: '', place: '' }, undefined],
])('%o of one petition', (filter, not) => {
  expect(whyNot(filter, one)).toBe(not)
})

test('where there are several petitions, one is chosen', () => {
  expect(whyNot({ search: '', place: 'Market' }, several)).toBe('petition')
  expect(whyNot({ search: '', place: 'Market', petition: only }, several)).toBeUndefined()
})

test('the only petition need not be chosen', () => {
  expect(filterOfMany({ search: '', place: 'Market' }, one)).toEqual({ search: '', place: 'Market', petition: only })
  expect(filterOfMany({ search: '', place: 'Market' }, several)).toEqual({ search: '', place: 'Market' })
})

test('what is searched for, counts so or is on the roll is of now; what a place is stays', () => {
  const ofNow: LedgerFilter[] = [{ search: 'ada' }, { search: '', standing: 'void' }, { search: '', roll: '' }]
  expect(ofNow.every(isOfNow)).toBe(true)
  expect(isOfNow({ search: ' ', place: 'Market' })).toBe(false)
})
