// The filter and its chips say the same, and a chip that is taken off leaves the others.

import { expect, test } from 'vitest'
import type { LedgerFilter } from '../../bindings/LedgerFilter'
import { deskHome } from '../../mock/sample'
import { chipsOf, inWords, isChosen, KINDS, namesOf, valueOf, withPart, type Names } from './filters'

const home = deskHome()
const names: Names = namesOf(home, null)
const whole: LedgerFilter = {
  search: 'ada',
  petition: home.petitions[0]!.petition,
  standing: 'void',
  method: 'paper',
  language: 'es',
  place: '',
  table: 't4',
  generation: 2,
  shift: '0a1b2c3d-0000-4000-8000-000000000001',
  area: '98118',
  domain: '',
  text: '395d83b40959395d68d867382baaac5f',
  day: '2026-11-27',
  roll: 'not_found',
  from: 1_700_000_000,
  until: 1_700_003_600,
}

test('every part has its chip, in words, and an empty value is one of its own', () => {
  const chips = chipsOf(whole, names)
  expect(chips.map(({ kind }) => kind)).toEqual([...KINDS])
  const words = Object.fromEntries(chips.map(({ kind, words }) => [kind, words]))
  expect(words).toMatchObject({
    standing: 'Counts as: void',
    place: 'Place: no place',
    table: 'Table: Table 4, Capitol Hill',
    day: 'Day: 27\u00a0November\u00a02026',
    shift: 'Shift: 0a1b2c3d…',
    method: 'How: on paper',
    area: 'Postal code or city: 98118',
    language: 'Language of the screen: Español',
    domain: 'E-mail provider: no e-mail',
    text: 'Text signed: 395d83b4…',
    petition: `Petition: ${home.petitions[0]!.title}`,
    generation: 'Log: 2',
  })
})

test('a chip that is taken off leaves the search and the others', () => {
  for (const kind of KINDS) {
    const left = withPart(whole, kind, undefined)
    expect(left.search).toBe('ada')
    expect(valueOf(left, kind)).toBeUndefined()
    const gone = kind === 'table' ? ['table', 'generation'] : [kind]
    expect(chipsOf(left, names).map((chip) => chip.kind)).toEqual(KINDS.filter((one) => !gone.includes(one)))
  }
})

test('a part is put in, changed and found again', () => {
  const at = withPart({ search: '' }, 'place', 'Market')
  expect(isChosen({ search: 'ada' })).toBe(false)
  expect(isChosen(at)).toBe(true)
  expect(withPart(at, 'place', 'Library')).toEqual({ search: '', place: 'Library' })
  expect(inWords(withPart(at, 'method', 'kiosk'), names)).toBe('Place: Market · How: at the kiosk')
})

test('a shift is called by its place and its day', () => {
  const count = { collected: 2, duplicates: 0, void: 0, withdrawn: 0, in_review: 0, deliverable: 2 }
  const none = { parts: [], left_off: 0 }
  const shifts = { parts: [{ value: 's', label: 'Market · north · 2026-11-27', count }], left_off: 0 }
  const parts = { days: none, tables: none, shifts, places: none, areas: none, languages: none, methods: none }
  const found = namesOf(home, { ...parts, count, domains: none, texts: none, rolls: none, zone: '' })
  expect(found.shifts.get('s')).toBe('Market · north, 27\u00a0November\u00a02026')
})
