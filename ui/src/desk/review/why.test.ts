// Every reason that the desk can give has its words.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SRC } from '../../words/sources'
import { CODES, reasons } from './why'

test('there are words for every reason that the core gives', () => {
  const core = readFileSync(join(SRC, '../../crates/matching/src/reasons.rs'), 'utf8')
  const given = core.slice(core.indexOf('fn code')).matchAll(/"([a-z_]+)"/g)
  expect([...CODES].sort()).toEqual([...new Set([...given].map((match) => match[1]))].sort())
})

test('what speaks for and what against stand apart, in their order, and what says nothing is left out', () => {
  const { speaksFor, against } = reasons([
    { code: 'same_mailbox', bits: 30 },
    { code: 'other_given_name', bits: -5 },
    { code: 'same_city', bits: 2 },
    { code: 'same_table', bits: 0.01 },
    { code: 'of a later day', bits: 3 },
  ])
  expect(speaksFor.map(({ code, share }) => [code, share])).toEqual([
    ['same_mailbox', 1],
    ['same_city', 0.1],
  ])
  expect(against.map(({ code, share }) => [code, share])).toEqual([['other_given_name', 0.25]])
})
