// The Ethiopic script: the orders of a consonant stand side by side in Unicode, in eights.

const isLetter = (sign: string) => /^\p{Script=Ethiopic}$/u.test(sign) && /^\p{L}$/u.test(sign)
/** Consonants that have a second row, for the sounds with the lips rounded: ቀ and ቈ. */
const ROUNDED = 'ቀኀከኸገ'

/** All the letters of one consonant: the seven orders, then the labialised ones. Empty for anything else. */
export function orders(letter: string): string[] {
  const code = letter.codePointAt(0) ?? 0
  if (letter.length !== 1 || !isLetter(letter)) return []
  const row = code - (code % 8)
  const before = String.fromCodePoint(row - 8)
  const start = ROUNDED.includes(before) ? row - 8 : row
  const length = ROUNDED.includes(String.fromCodePoint(start)) ? 16 : 8
  return Array.from({ length }, (_, order) => String.fromCodePoint(start + order)).filter(isLetter)
}
