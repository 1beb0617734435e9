// Which pair comes next.

import type { LikelyPair } from '../../bindings/LikelyPair'

const keyOf = (pair: LikelyPair) => `${pair.one.signature} ${pair.other.signature}`

/** The first pair that was not passed over; all of them were: the first. */
export const firstOf = (pairs: LikelyPair[], later: string[]): LikelyPair | undefined =>
  pairs.find((pair) => !later.includes(keyOf(pair))) ?? pairs[0]

/** What is passed over once the pair that is shown is, too; once all were, it begins again. */
export function passed(pairs: LikelyPair[], later: string[]): string[] {
  const shown = firstOf(pairs, later)
  if (!shown) return []
  const now = [...later, keyOf(shown)]
  return pairs.every((pair) => now.includes(keyOf(pair))) ? [] : now
}
