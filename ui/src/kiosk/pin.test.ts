// The keys of a PIN and of the code that resets it.

import { expect, test } from 'vitest'
import vectors from '../../../tests/vectors/pin_reset.json'
import { grouped, SYMBOLS } from './pin'

test('every code can be typed with the keys, and comes out in the groups in which it is read out', () => {
  expect(new Set(SYMBOLS).size).toBe(32)
  for (const { code } of vectors.codes) {
    let typed = ''
    for (const sign of code.replaceAll('-', '')) {
      expect(SYMBOLS).toContain(sign)
      typed = grouped(typed + sign)
    }
    expect(typed).toBe(code)
  }
})

test('the last sign is taken off, and never a hyphen alone', () => {
  expect(grouped('ABCD-EFG'.slice(0, -1))).toBe('ABCD-EF')
  expect(grouped('ABCD-E'.slice(0, -1))).toBe('ABCD')
  expect(grouped('')).toBe('')
  expect(grouped('abcd efgh')).toBe('abcd-efgh')
})
