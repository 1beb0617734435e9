// What differs between two texts is marked, and nothing of them is lost.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differences, type Piece } from './diff'

/** A text with what is marked between brackets. */
const shown = (pieces: Piece[]) => pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('')
const both = (one: string, other: string) => differences(one, other).map(shown)

test.each([
  ['Katherine Olsen', 'Katharine Olsen', 'Kath[e]rine Olsen', 'Kath[a]rine Olsen'],
  ['Anne Marie', 'Anne-Marie', 'Anne[ ]Marie', 'Anne[-]Marie'],
  ['98118 Seattle', '98181 Seattle', '981[1]8 Seattle', '9818[1] Seattle'],
  ['Jon', 'John', 'Jon', 'Jo[h]n'],
  ['José', 'Jose', 'Jos[é]', 'Jos[e]'],
])('%s and %s', (one, other, left, right) => {
  expect(both(one, other)).toEqual([left, right])
})

test('upper and lower case are the same', () => {
  expect(both('ADA LOVELACE', 'Ada Lovelace')).toEqual(['ADA LOVELACE', 'Ada Lovelace'])
})

test('what has little in common is marked whole', () => {
  expect(both('ada@example.org', 'bob@mail.net')).toEqual(['[ada@example.org]', '[bob@mail.net]'])
})

test('a letter is marked with its accents, also where they are signs of their own', () => {
  expect(both('Jose\u0301', 'Jose')).toEqual(['Jos[e\u0301]', 'Jos[e]'])
})

test('the pieces give the texts back, and nothing is marked where both are equal', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.stringMatching(/^[ab ]{0,12}$/))
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [left, right] = differences(one, other)
      expect([left, right].map((pieces) => pieces.map((piece) => piece.text).join(''))).toEqual([one, other])
      const [same] = differences(one, one)
      expect(same.some((piece) => piece.differs)).toBe(false)
      const kept = (pieces: Piece[]) => pieces.filter((piece) => !piece.differs).map((piece) => piece.text)
      const folded = (pieces: Piece[]) => kept(pieces).join('').normalize('NFKC').toLowerCase()
      expect(folded(left)).toBe(folded(right))
    }),
  )
})
