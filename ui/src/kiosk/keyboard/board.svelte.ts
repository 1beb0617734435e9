// What the keyboard on the screen is at: its layout, its Shift, and what is being composed. It is held here only, and is gone with
// the field, the language or the keyboard.

import { asksForCapital } from './capitals'
import { offers, press, takeOff } from './compose'
import { hasOwnScript, LATIN, layoutOf, shifted } from './layouts'
import { candidates, convert, loadBook, type Book } from './pinyin'
import { insert, read, replaceOpen, write, type Edit, type TextTarget } from './typing'

export type Board = ReturnType<typeof board>

/** A keyboard in a language that types into `target`. */
export function board(language: () => string, target: () => TextTarget | null) {
  let latin = $state(false)
  let signs = $state(false)
  let shift = $state<'off' | 'once' | 'locked'>('off')
  /** Shift is on because a name begins here, and nobody pressed it. */
  let byItself = false
  /** The end of what was typed that may still change, and where the caret was left behind it. */
  let open = $state('')
  let caret = -1
  /** Pinyin that is not yet a character. */
  let letters = $state('')
  let book = $state.raw<Book | null>(null)
  /** The suggestions have the place of the keys. */
  let all = $state(false)

  const own = $derived(layoutOf(language()))
  const layout = $derived(latin ? LATIN : own)
  const shiftable = $derived(layout.shifts && !signs)
  const composing = $derived(layout.script === 'pinyin' && !signs)
  const rows = $derived(signs ? layout.signs : layout.rows)
  /** A password is not told letter by letter. */
  const choices = $derived.by(() => {
    if (letters) return book ? candidates(book, letters) : []
    const field = target()
    const secret = field instanceof HTMLInputElement && field.type === 'password'
    return secret ? [] : offers(layout, open).map((text) => ({ text, letters: 0 }))
  })

  function forget() {
    open = ''
    letters = ''
    all = false
    caret = -1
  }

  function put(edit: Edit) {
    const field = target()
    if (!field) return
    open = write(field, edit).open
    caret = read(field).start
    capital(field)
  }

  /** A name begins with a capital, unless somebody wants it otherwise. */
  function capital(field: TextTarget) {
    if (shift === 'locked' || layout.script !== 'letters' || !shiftable) return
    byItself = asksForCapital(field.getAttribute('autocapitalize'), read(field))
    shift = byItself ? 'once' : 'off'
  }

  /** Ends the pinyin that is being written with this text. */
  function settle(text: string) {
    letters = ''
    all = false
    const field = target()
    if (field && text) put(insert(read(field), text))
  }

  function change(what: () => void) {
    settle(letters)
    open = ''
    what()
  }

  function choose(place: number) {
    const choice = choices[place]
    const field = target()
    if (!choice || !field) return
    const rest = letters.slice(choice.letters)
    if (letters) settle(choice.text)
    else put(replaceOpen(read(field), open, choice.text, choice.text))
    letters = rest
    all = false
  }

  return {
    get layout() {
      return layout
    },
    get own() {
      return own
    },
    /** The layout that one key changes to. */
    get other() {
      return latin ? own : LATIN
    },
    get rows() {
      return rows
    },
    get signs() {
      return signs
    },
    get shift() {
      return shift
    },
    get shiftable() {
      return shiftable
    },
    get choices() {
      return choices
    },
    /** The choice that stands in the field, where there is one. */
    get picked() {
      return layout.script === 'fidel' ? open : ''
    },
    get letters() {
      return letters
    },
    get open() {
      return open
    },
    get all() {
      return all
    },
    /** In keys: the widest row, and Shift is one at least. */
    get width() {
      return Math.max(...rows.map((row, place) => row.length + (place === 2 && shiftable ? 1 : 0)))
    },
    /** What a key shows. */
    shown: (sign: string) => (shift === 'off' || signs ? sign : shifted(layout, sign)),
    forget,
    /** For a field that has the focus now. */
    begin(field: TextTarget | null) {
      forget()
      signs = false
      shift = 'off'
      // Addresses and secrets are written in Latin letters, whatever a person's own are.
      latin = hasOwnScript(own) && ['email', 'url', 'password'].includes(field?.inputMode || field?.type || '')
      if (field) capital(field)
    },
    /** The book of pinyin is loaded as it is first needed. */
    loadBook() {
      if (!composing || book) return
      loadBook().then(
        (loaded) => (book = loaded),
        () => {},
      )
    },
    /** The caret went somewhere else: what stood before it is not what is being written. */
    moved() {
      const field = target()
      if (field && open && read(field).start !== caret) open = ''
    },
    type(key: string) {
      const field = target()
      if (!field) return
      if (composing && /^[a-z']$/.test(key) && (letters || key !== "'")) {
        letters += key
        open = ''
        return
      }
      if (letters) settle(book ? convert(book, letters) : letters)
      const sign = shift === 'off' || signs ? key : shifted(layout, key)
      if (shift === 'once') shift = 'off'
      put(press(layout, read(field), open, sign))
    },
    choose,
    space() {
      if (letters && choices.length > 0) return choose(0)
      if (letters) return settle(letters)
      const field = target()
      if (field) put(insert(read(field), ' '))
    },
    backspace() {
      const field = target()
      if (letters) letters = letters.slice(0, -1)
      else if (field) put(takeOff(layout, read(field), open))
      if (!letters) all = false
    },
    /** Ends what is being composed, for the next field. */
    leave() {
      settle(letters)
      forget()
    },
    turnShift() {
      shift = shift === 'off' ? 'once' : shift === 'once' && !byItself ? 'locked' : 'off'
      byItself = false
    },
    turnSigns: () => change(() => (signs = !signs)),
    turnLayout: () =>
      change(() => {
        latin = !latin
        signs = false
        shift = 'off'
        const field = target()
        if (field) capital(field)
      }),
    turnAll: () => (all = !all),
  }
}
