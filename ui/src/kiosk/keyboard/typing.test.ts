// What typing does to the text of a field.

import { expect, test } from 'vitest'
import { edited, erase, fit, insert, isOpen, replaceOpen, type Field } from './typing'

const at = (value: string, start = value.length, end = start): Field => ({ value, start, end })

test('text goes where the caret is, in place of what is marked', () => {
  expect(edited(at('ac', 1), insert(at('ac', 1), 'b'))).toEqual(at('abc', 2))
  expect(edited(at('axxc', 1, 3), insert(at('axxc', 1, 3), 'b'))).toEqual(at('abc', 2))
})

test.each([
  ['cafe\u0301', 'caf'],
  ['👩‍👩‍👧', ''],
  ['한', ''],
  ['a\u{20000}', 'a'],
  ['', ''],
])('backspace takes a whole letter off %s', (value, left) =>
  expect(edited(at(value), erase(at(value))).value).toBe(left),
)

test('backspace takes off what is marked, all of it', () => {
  expect(edited(at('abcd', 1, 3), erase(at('abcd', 1, 3)))).toEqual(at('ad', 1))
})

test('nothing is open once the caret has moved or something is marked', () => {
  expect(isOpen(at('ca'), 'a')).toBe(true)
  expect(isOpen(at('ca', 1), 'a')).toBe(false)
  expect(isOpen(at('ca', 1, 2), 'a')).toBe(false)
  expect(isOpen(at('ca'), '')).toBe(false)
  expect(edited(at('ca', 1), replaceOpen(at('ca', 1), 'a', 'á', 'á')).value).toBe('cáa')
})

test('a field takes no more than it has room for, and no half letters', () => {
  const full = at('abc')
  expect(edited(full, fit(full, insert(full, 'd'), 3))).toEqual(full)
  expect(edited(full, fit(full, insert(full, 'de'), 4)).value).toBe('abcd')
  expect(edited(full, fit(full, insert(full, '\u{20000}'), 4)).value).toBe('abc')
  expect(edited(full, fit(full, insert(full, 'd'), -1)).value).toBe('abcd')
  expect(edited(full, fit(full, replaceOpen(full, 'c', 'ç', 'ç'), 3)).value).toBe('abç')
  expect(edited(full, fit(full, erase(full), 2)).value).toBe('ab')
})

test('a syllable that has no room to grow stays as it was', () => {
  const full = at('ab가')
  expect(edited(full, fit(full, replaceOpen(full, '가', '가ㄴ', 'ㄴ'), 3)).value).toBe('ab가')
})
