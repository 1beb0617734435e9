// The pages of table, desk and start in their languages: each whole, chosen on this computer, and changed at once.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { localeOf } from './languages'
import { textsOf, type Area } from './messages'
import { PAGE_LANGUAGES, pagesLanguage, shared, speak, start, table } from './pages.svelte'

const AREAS: Area[] = ['about', 'desk', 'shared', 'start', 'table']

/** The system is set to this language and region. */
const system = (language: string) => vi.stubGlobal('navigator', { language })

beforeEach(() => system('en-US'))
afterEach(() => {
  speak('en')
  vi.unstubAllGlobals()
})

test.each(PAGE_LANGUAGES)('the pages have every area in %s', (tag) => {
  expect(AREAS.filter((area) => !textsOf(area, tag))).toEqual([])
})

test('what the pages say changes with the language that is chosen', () => {
  expect(PAGE_LANGUAGES).toEqual(['en', 'es'])
  expect(start('choose.table')).toBe('Collect at a table')
  speak('es')
  expect(start('choose.table')).toBe('Recoger firmas en una mesa')
  expect(table('strike.option', { at: new Date(0), index: 3, struck: 'no', petition: 'Techo' })).toContain('entrada 3')
  speak('en')
  expect(start('choose.table')).toBe('Collect at a table')
})

test.each([
  ['es-MX', 'es'],
  ['es', 'es'],
  ['en-GB', 'en'],
  ['de-DE', 'en'],
  // The kiosk has words in it, and the pages have none.
  ['vi-VN', 'en'],
])('on a computer in %s nobody has chosen on, the pages begin in %s', (tag, language) => {
  system(tag)
  speak(null)
  expect(pagesLanguage()).toBe(language)
})

test('what was chosen on this computer goes before what the system is set to', () => {
  system('es-MX')
  speak('en')
  expect(pagesLanguage()).toBe('en')
})

test('numbers, days, times and lists are those of the language, as it is written where the computer is', () => {
  const at = new Date(2027, 10, 27, 14, 5)
  const said = () => [
    shared.number(1284),
    shared.date('2027-11-27'),
    shared('momentWithDay', { day: 'today', at }),
    shared.list(['Techo', 'Agua', 'Iglesias']),
  ]
  expect(said()).toEqual(['1,284', '27\u00a0November\u00a02027', 'today at 14:05', 'Techo, Agua and Iglesias'])
  speak('es')
  const list = 'Techo, Agua e Iglesias'
  expect(said().map(plain)).toEqual(['1,284', '27 de noviembre de 2027', 'hoy, 2:05 p.m.', list])
  system('es-ES')
  expect(said().map(plain)).toEqual(['1284', '27 de noviembre de 2027', 'hoy, 14:05', list])
})

/** With plain spaces. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

test.each([
  ['es', 'en-US', 'es-US-u-ca-gregory'],
  ['zh-Hans', 'zh-Hans-SG', 'zh-Hans-SG-u-ca-gregory'],
  ['es', 'es-419', 'es-419-u-ca-gregory'],
  ['fr', 'ca-ES-valencia', 'fr-ES-u-ca-gregory'],
  ['es', 'en', 'es'],
  ['es', 'C', 'es'],
] as const)('%s on a computer in %s is written as in %s', (language, set, locale) => {
  expect(localeOf(language, set)).toBe(locale)
})
