// Where a name, an address and a sentence begin with a capital by themselves, and where nothing does.

import { expect, test } from 'vitest'
import { asksForCapital } from './capitals'

test.each([
  ['words', '', true],
  ['words', 'Ana', false],
  ['words', 'Ana ', true],
  ['words', 'Ana-', true],
  ['words', "Ana O'", false],
  ['sentences', '', true],
  ['sentences', 'My bus', false],
  ['sentences', 'My ', false],
  ['sentences', 'My bus. ', true],
  ['sentences', 'My bus.', false],
  ['off', '', false],
  [null, '', false],
] as const)('%s after %j: %s', (asked, before, capital) => {
  const field = { value: `${before}rest`, start: before.length, end: before.length }
  expect(asksForCapital(asked, field)).toBe(capital)
})
