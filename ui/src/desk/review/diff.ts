// What differs between two texts, letter by letter, for the eye.

/** A piece of a text. */
export interface Piece {
  text: string
  differs: boolean
}

/** Longer texts are marked whole: nobody reads their letters one by one. */
const MOST = 400
/** With less than this in common, two texts are just different: single letters that happen to agree would only confuse. */
const ALIKE = 0.5

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const split = (text: string) => [...letters.segment(text)].map((letter) => letter.segment)
const fold = (letter: string) => letter.normalize('NFKC').toLowerCase()

/** Both texts in pieces, with what the other does not have marked. Upper and lower case are the same. */
export function differences(one: string, other: string): [Piece[], Piece[]] {
  const [left, right] = [split(one), split(other)]
  const [a, b] = [left.map(fold), right.map(fold)]
  if (a.join('') === b.join('')) return [whole(one, false), whole(other, false)]
  const longer = Math.max(a.length, b.length)
  if (longer > MOST) return [whole(one, true), whole(other, true)]
  const { inLeft, inRight } = common(a, b)
  if (inLeft.size < longer * ALIKE) return [whole(one, true), whole(other, true)]
  return [pieces(left, inLeft), pieces(right, inRight)]
}

const whole = (text: string, differs: boolean): Piece[] => (text ? [{ text, differs }] : [])

/** The places of the longest common subsequence. */
function common(a: string[], b: string[]): { inLeft: Set<number>; inRight: Set<number> } {
  const width = b.length + 1
  const length = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => length[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const [inLeft, inRight] = [new Set<number>(), new Set<number>()]
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      inLeft.add(i++)
      inRight.add(j++)
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return { inLeft, inRight }
}

function pieces(text: string[], same: Set<number>): Piece[] {
  const found: Piece[] = []
  for (const [place, letter] of text.entries()) {
    const differs = !same.has(place)
    const last = found.at(-1)
    if (last?.differs === differs) last.text += letter
    else found.push({ text: letter, differs })
  }
  return found
}
