// From the sound to the character. The characters in daily use stand first, by how common they are; the rarer ones that names
// have come behind them. Both lists are large, and are loaded only where someone types Chinese.

/** Characters by syllable without its tone; ü is written v. */
export type Book = ReadonlyMap<string, readonly string[]>

export interface Candidate {
  text: string
  /** How many of the letters it takes. */
  letters: number
}

const LONGEST = 6
const bare = (syllable: string) =>
  syllable
    .normalize('NFD')
    .replace(/u\u0308/g, 'v')
    .replace(/[\u0300-\u036f]/g, '')

let loading: Promise<Book> | undefined

/** The same book for everyone: nothing of what is typed is in it. */
export function loadBook(): Promise<Book> {
  loading ??= makeBook().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

async function makeBook(): Promise<Book> {
  const [{ default: common }, { default: all }] = await Promise.all([
    import('simple-keyboard-layouts/build/layouts/chinese'),
    import('pinyin-pro/dist/esm/data/dict1.mjs'),
  ])
  const sets = new Map<string, Set<string>>()
  const known = (common as { layoutCandidates?: Record<string, string> }).layoutCandidates ?? {}
  for (const [syllable, characters] of Object.entries(known)) sets.set(syllable, new Set(characters.split(' ')))
  // CJK Unified Ideographs and its Extension A.
  for (let code = 0x3400; code <= 0x9fff; code += 1) {
    const character = String.fromCharCode(code)
    for (const reading of all.get(character)?.split(' ') ?? []) {
      const syllable = bare(reading)
      if (!/^[a-z]{1,6}$/.test(syllable)) continue
      const set = sets.get(syllable)
      if (set) set.add(character)
      else sets.set(syllable, new Set([character]))
    }
  }
  return new Map([...sets].map(([syllable, set]) => [syllable, [...set]]))
}

/** What the letters, or the first of them, may mean; likely ones first. An apostrophe parts two syllables: xi'an. */
export function candidates(book: Book, letters: string): Candidate[] {
  const typed = letters.toLowerCase()
  const first = typed.split("'")[0] ?? ''
  const takes = (length: number) => (typed[length] === "'" ? length + 1 : length)
  const found: Candidate[] = []
  if (first && !book.has(first))
    found.push(...begun(book, first).map((text) => ({ text, letters: takes(first.length) })))
  for (let length = Math.min(LONGEST, first.length); length > 0; length -= 1) {
    for (const text of book.get(first.slice(0, length)) ?? []) found.push({ text, letters: takes(length) })
  }
  const seen = new Set<string>()
  return found.filter(({ text }) => !seen.has(text) && seen.add(text))
}

/** The commonest characters of every syllable that begins so, in turn: w gives 我, 为, 五… */
function begun(book: Book, start: string): string[] {
  const lists = [...book].filter(([syllable]) => syllable.startsWith(start)).map(([, characters]) => characters)
  return Array.from({ length: 4 }, (_, place) => lists.flatMap((characters) => characters[place] ?? [])).flat()
}

/** Everything typed, by its first candidates; letters that mean nothing stay letters. */
export function convert(book: Book, letters: string): string {
  const [best] = candidates(book, letters)
  return best ? best.text + convert(book, letters.slice(best.letters)) : letters
}
