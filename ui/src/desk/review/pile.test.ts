// What is said of a pair and of what is left.

import { expect, test } from 'vitest'
import type { LikelyPair } from '../../bindings/LikelyPair'
import { firstOf, passed } from './pile'

const pairs = ['a', 'b', 'c'].map((one) => ({ one: { signature: one }, other: { signature: 'z' } }) as LikelyPair)

test('who passes over a pair sees the others first, and then it again', () => {
  const order: (string | undefined)[] = []
  let later: string[] = []
  for (let step = 0; step < 5; step++) {
    order.push(firstOf(pairs, later)?.one.signature)
    later = passed(pairs, later)
  }
  expect(order).toEqual(['a', 'b', 'c', 'a', 'b'])
})

test('where there is none, there is none', () => {
  expect(firstOf([], [])).toBeUndefined()
  expect(passed([], ['a z'])).toEqual([])
})
