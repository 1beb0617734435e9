// A hand at the keyboard, for the tests: it finds the keys and presses them, with no screen and no field but plain text.

import { offers, press, takeOff } from './compose'
import { DIGITS, layoutOf, NEAR, shifted, type Layout } from './layouts'
import { edited, insert, replaceOpen, type Edit, type Field } from './typing'

const JAMO = Array.from({ length: 0x33 }, (_, place) => String.fromCharCode(0x3131 + place))

export class Hand {
  field: Field = { value: '', start: 0, end: 0 }
  open = ''
  readonly layout: Layout

  constructor(language: string) {
    this.layout = layoutOf(language)
  }

  keys(): string[] {
    const { rows, signs, shifts } = this.layout
    const letters = rows.flat()
    return [
      ...new Set([
        ...letters,
        ...(shifts ? letters.map((key) => shifted(this.layout, key)) : []),
        ...DIGITS,
        ...NEAR.before,
        ...NEAR.after,
        ...signs.flat(),
        ' ',
      ]),
    ]
  }

  press(key: string) {
    if (!this.keys().includes(key)) throw new Error(`no key ${key}`)
    this.#put(key === ' ' ? insert(this.field, key) : press(this.layout, this.field, this.open, key))
  }

  backspace() {
    this.#put(takeOff(this.layout, this.field, this.open))
  }

  choose(text: string) {
    if (!this.offers().includes(text)) throw new Error(`${text} is not offered after ${this.open}`)
    this.#put(replaceOpen(this.field, this.open, text, text))
  }

  offers(): string[] {
    return offers(this.layout, this.open)
  }

  /** The presses that write a letter: a key, or a key and then one or two choices. */
  write(letter: string) {
    if (this.keys().includes(letter)) return this.press(letter)
    const base = this.keys().find((key) => offers(this.layout, key).includes(letter))
    if (!base) throw new Error(`${letter} cannot be written in ${this.layout.lang}`)
    this.press(base)
    this.choose(letter)
  }

  #put(edit: Edit) {
    this.field = edited(this.field, edit)
    this.open = edit.open
  }
}

/** The jamo of a text, as the two-set keyboard has them: Unicode's own parts, each as the letter on the key. */
export function jamoOf(text: string): string[] {
  const onKey = new Map(JAMO.map((jamo) => [jamo.normalize('NFKC'), jamo]))
  return Array.from(text.normalize('NFD'), (part) => onKey.get(part) ?? LAST[part] ?? part)
}

/** Last consonants, which have signs of their own in Unicode. */
const LAST: Record<string, string> = Object.fromEntries(
  Array.from('ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ', (jamo, place) => [
    String.fromCharCode(0x11a8 + place),
    jamo,
  ]),
)
