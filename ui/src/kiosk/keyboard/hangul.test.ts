// Jamo become syllables as they are typed.

import { expect, test } from 'vitest'
import { Hand } from './hand'

function typed(jamo: string): Hand {
  const hand = new Hand('ko')
  for (const key of jamo) hand.press(key)
  return hand
}

test.each([
  ['ㄱㅣㅁㅁㅣㄴㅅㅜ', '김민수'],
  ['ㅎㅏㄴㅏ', '하나'],
  ['ㅇㅗㅏㄴ', '완'],
  ['ㄷㅏㄹㄱㅇㅣ', '닭이'],
  ['ㄷㅏㄹㄱㅣ', '달기'],
  ['ㄱㅏㅃㅏ', '가빠'],
  ['ㅇㅣㅆㅇㅓ', '있어'],
  ['ㅂㅏㄱㄱㅡㄴ', '박근'],
  ['ㅋㅋㅋ', 'ㅋㅋㅋ'],
  ['ㅏㅣ', 'ㅏㅣ'],
  ['ㄱㅣㅁ ㅁㅣㄴ', '김 민'],
  ['ㅊㅗㅣ1ㅏ', '최1ㅏ'],
  ['ㅎㅓ-ㅇㅣㅁ', '허-임'],
])('%s makes %s', (jamo, text) => expect(typed(jamo).field.value).toBe(text))

test('backspace takes off one jamo of the syllable being written, then whole syllables', () => {
  const hand = typed('ㄱㅏㄷㅏㄹㄱ')
  const seen = Array.from({ length: 6 }, () => {
    hand.backspace()
    return hand.field.value
  })
  expect(seen).toEqual(['가달', '가다', '가ㄷ', '가', '', ''])
})

test('a vowel of two parts is taken apart', () => {
  const hand = typed('ㅇㅜㅔ')
  hand.backspace()
  expect(hand.field.value).toBe('우')
  hand.press('ㅓ')
  expect(hand.field.value).toBe('워')
})

test('a syllable is left alone once the caret has been elsewhere', () => {
  const hand = typed('ㄱㅏ')
  hand.field = { ...hand.field, start: 0, end: 0 }
  hand.press('ㄴ')
  expect(hand.field.value).toBe('ㄴ가')
})
