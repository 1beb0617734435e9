// Whether a name is shown whole, whoever has it: at the kiosk, at the table and in the desk's ledger.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { familiesOf, isDrawn, lettersFor } from './bundledFonts'
import { NAMES } from './names'
import { LANGUAGES } from '../words/languages'
import { SOURCES, sourceOf } from '../words/sources'

const TOKENS = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
/** Letters without a hand of their own: what is drawn with them can be read, and no more. */
const LAST = 'Unifont'

test('there are five hundred names', () => {
  expect(Object.keys(NAMES)).toHaveLength(12)
  expect(Object.values(NAMES).flat().length).toBeGreaterThanOrEqual(500)
})

test.each(Object.entries(NAMES))('names of %s are written in the bundled fonts', (_, names) => {
  const lacking = names.filter((name) =>
    [...name.normalize('NFC')].some(
      (letter) => isDrawn(letter) && !familiesOf(letter).some((family) => family !== LAST),
    ),
  )
  expect(lacking).toEqual([])
})

test.each([
  ['Hangul', 0xac00, 0xd7a3],
  ['Ethiopic', 0x1200, 0x137c],
  ['Ethiopic, supplement', 0x1380, 0x1399],
  ['Ethiopic, extended', 0x2d80, 0x2dde],
  ['Ethiopic, extended A', 0xab01, 0xab2e],
  ['Latin, Vietnamese too', 0x1ea0, 0x1ef9],
  ['Cyrillic', 0x0400, 0x045f],
  ['Arabic', 0x0620, 0x06d3],
  ['Han', 0x4e00, 0x9fff],
  ['Han, extension A', 0x3400, 0x4dbf],
  ['Hebrew', 0x05d0, 0x05ea],
  ['Thai', 0x0e01, 0x0e3a],
  ['Armenian', 0x0561, 0x0586],
  ['Georgian', 0x10d0, 0x10fa],
  ['Hiragana', 0x3041, 0x3096],
])('no letter of %s is a box', (_, from, to) => {
  const lacking: string[] = []
  for (let code = from; code <= to; code += 1) {
    const letter = String.fromCodePoint(code)
    if (/\p{L}/u.test(letter) && familiesOf(letter).length === 0) lacking.push(letter)
  }
  expect(lacking).toEqual([])
})

test.each(['Noto Sans KR Variable', 'Noto Sans SC Variable'])('a letter that only %s has brings it in', (family) => {
  const bringing = new Set(lettersFor('East Asian'))
  const late = ['Noto Sans KR Variable', 'Noto Sans SC Variable', LAST]
  const missed = lettersFor(family).filter((letter) => {
    if (bringing.has(letter)) return false
    const families = familiesOf(letter)
    return families.includes(family) && families.every((one) => late.includes(one))
  })
  expect(missed).toEqual([])
})

test('what stands for the letters of East Asia has none of them', () => {
  expect(lettersFor('East Asian').filter((letter) => familiesOf(letter).includes('East Asian'))).toEqual([])
})

test.each(['zh-Hans', 'ko', 'am', 'ar'] as const)('the name of %s is whole in a small font of its own', (tag) => {
  const lacking = [...LANGUAGES[tag].name].filter((letter) => !familiesOf(letter).includes('Language Names'))
  expect(lacking).toEqual([])
})

test('every page writes in one of two stacks, and each ends with a letter for everything', () => {
  for (const voice of ['serif', 'sans']) {
    const stack = new RegExp(`--${voice}:([^;]+);`).exec(TOKENS)?.[1] ?? ''
    expect(stack, voice).toContain('var(--scripts)')
    expect(stack.trim().endsWith(`'${LAST}'`), voice).toBe(true)
  }
  for (const scripts of [...TOKENS.matchAll(/--scripts:([^;]+);/g)].map(([, families = '']) => families)) {
    for (const script of ['Arabic', 'Ethiopic', 'KR', 'SC', 'Rare Han'])
      expect(scripts).toContain(`Noto Sans ${script}`)
  }
  const others = SOURCES.flatMap((file) =>
    [...sourceOf(file).matchAll(/^\s*font(?:-family)?: ([^;]+);/gm)]
      .map(([, value = '']) => value)
      // Keys and fingerprints are of Latin letters alone.
      .filter((value) => !/var\(--(sans|serif)\)|inherit|monospace/.test(value))
      .map((value) => `${file}: ${value}`),
  )
  expect(others).toEqual([])
})
