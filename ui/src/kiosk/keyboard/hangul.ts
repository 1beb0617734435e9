// Hangul as the two-set keyboard writes it: jamo by jamo into one syllable, by the arithmetic of the Unicode Standard, 3.12.

const FIRST = Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ')
const MIDDLE = Array.from('ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ')
const LAST = ['', ...Array.from('ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ')]
/** What two presses make together. */
const PAIRS: Record<string, string> = {
  ㅗㅏ: 'ㅘ',
  ㅗㅐ: 'ㅙ',
  ㅗㅣ: 'ㅚ',
  ㅜㅓ: 'ㅝ',
  ㅜㅔ: 'ㅞ',
  ㅜㅣ: 'ㅟ',
  ㅡㅣ: 'ㅢ',
  ㄱㅅ: 'ㄳ',
  ㄴㅈ: 'ㄵ',
  ㄴㅎ: 'ㄶ',
  ㄹㄱ: 'ㄺ',
  ㄹㅁ: 'ㄻ',
  ㄹㅂ: 'ㄼ',
  ㄹㅅ: 'ㄽ',
  ㄹㅌ: 'ㄾ',
  ㄹㅍ: 'ㄿ',
  ㄹㅎ: 'ㅀ',
  ㅂㅅ: 'ㅄ',
}
const PARTED = Object.fromEntries(Object.entries(PAIRS).map(([parts, pair]) => [pair, parts]))
const BASE = 0xac00

interface Syllable {
  first: string
  middle: string
  last: string
}

function parse(open: string): Syllable {
  const index = open.charCodeAt(0) - BASE
  if (index >= 0 && index < FIRST.length * MIDDLE.length * LAST.length) {
    const at = (parts: string[], place: number) => parts[place] ?? ''
    return {
      first: at(FIRST, Math.floor(index / 588)),
      middle: at(MIDDLE, Math.floor((index % 588) / 28)),
      last: at(LAST, index % 28),
    }
  }
  return MIDDLE.includes(open) ? { first: '', middle: open, last: '' } : { first: open, middle: '', last: '' }
}

function write({ first, middle, last }: Syllable): string {
  if (!first || !middle) return first + middle + last
  return String.fromCharCode(BASE + (FIRST.indexOf(first) * 21 + MIDDLE.indexOf(middle)) * 28 + LAST.indexOf(last))
}

/** The syllable being written and one more jamo: what is done, and what is still being written. */
export function addJamo(open: string, jamo: string): { done: string; open: string } {
  const now = parse(open)
  const { first, middle, last } = now
  if (!MIDDLE.includes(jamo)) {
    const both = last ? PAIRS[last + jamo] : jamo
    if (first && middle && both && LAST.includes(both)) return { done: '', open: write({ ...now, last: both }) }
    return { done: open, open: jamo }
  }
  if (last) {
    // The vowel takes the consonant before it along into its own syllable: 한 + ㅏ is 하나.
    const [stays = '', goes = last] = PARTED[last] ?? ['', last]
    return { done: write({ ...now, last: stays }), open: write({ first: goes, middle: jamo, last: '' }) }
  }
  const both = middle ? PAIRS[middle + jamo] : jamo
  return both ? { done: '', open: write({ ...now, middle: both }) } : { done: open, open: jamo }
}

/** The syllable being written without its last jamo. */
export function takeJamo(open: string): string {
  const now = parse(open)
  const less = (part: string) => PARTED[part]?.[0] ?? ''
  if (now.last) return write({ ...now, last: less(now.last) })
  if (now.middle) return write({ ...now, middle: less(now.middle) })
  return ''
}
