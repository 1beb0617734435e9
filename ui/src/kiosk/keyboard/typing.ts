// Typing into a text field as a hand on a real keyboard would: at the caret, heard by whoever listens to the field.

/** A field's text and where the caret, or the marked part, is in it. */
export interface Field {
  value: string
  start: number
  end: number
}

/** From here to there the text becomes this. */
export interface Edit {
  from: number
  to: number
  text: string
  /** The end of `text` that the next press may still change: a letter that takes an accent, a syllable that grows. */
  open: string
}

export type TextTarget = HTMLInputElement | HTMLTextAreaElement

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const split = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment)

export function insert(field: Field, text: string, open = ''): Edit {
  return { from: field.start, to: field.end, text, open }
}

/** Whether what was open is still right before the caret. */
export function isOpen(field: Field, open: string): boolean {
  return open !== '' && field.start === field.end && field.value.slice(0, field.start).endsWith(open)
}

/** Puts `text` in the place of what is open; behind the caret where nothing is. */
export function replaceOpen(field: Field, open: string, text: string, stillOpen: string): Edit {
  if (!isOpen(field, open)) return insert(field, text, stillOpen)
  return { from: field.start - open.length, to: field.start, text, open: stillOpen }
}

/** Takes off what is marked, or what a person sees as the last letter: a base with all its signs. */
export function erase(field: Field): Edit {
  const { start, end, value } = field
  if (start !== end) return { from: start, to: end, text: '', open: '' }
  const last = split(value.slice(0, start)).at(-1) ?? ''
  return { from: start - last.length, to: start, text: '', open: '' }
}

/** As much of the edit as the field has room for: a real keyboard stops at `maxlength` too. No letter is cut in two. */
export function fit(field: Field, edit: Edit, max: number): Edit {
  const room = max - (field.value.length - (edit.to - edit.from))
  if (max < 0 || edit.text === '' || edit.text.length <= room) return edit
  let text = ''
  for (const letter of split(edit.text)) {
    if (text.length + letter.length > room) break
    text += letter
  }
  // A letter that has no room to grow stays as it was.
  if (text === '') return insert({ ...field, start: edit.to, end: edit.to }, '')
  return { ...edit, text, open: text.endsWith(edit.open) ? edit.open : '' }
}

/** The field after the edit, with the caret behind it. */
export function edited(field: Field, { from, to, text }: Edit): Field {
  const caret = from + text.length
  return { value: field.value.slice(0, from) + text + field.value.slice(to), start: caret, end: caret }
}

export function read(target: TextTarget): Field {
  const { value, selectionStart, selectionEnd } = target
  // Fields of some types tell no caret: typing goes to their end.
  return { value, start: selectionStart ?? value.length, end: selectionEnd ?? value.length }
}

export function write(target: TextTarget, wanted: Edit): Edit {
  const field = read(target)
  const edit = fit(field, wanted, target.maxLength)
  if (edit.text === '' && edit.from === edit.to) return edit
  if (target.selectionStart === null) target.value = edited(field, edit).value
  else target.setRangeText(edit.text, edit.from, edit.to, 'end')
  const inputType = edit.text ? 'insertText' : 'deleteContentBackward'
  target.dispatchEvent(new InputEvent('input', { bubbles: true, inputType, data: edit.text || null }))
  showEnd(target)
  return edit
}

/** The browser follows the caret only when it types itself. */
function showEnd(target: TextTarget) {
  if (target.selectionStart !== target.value.length) return
  const rtl = getComputedStyle(target).direction === 'rtl'
  target.scrollLeft = rtl ? -target.scrollWidth : target.scrollWidth
  if (target instanceof HTMLTextAreaElement) target.scrollTop = target.scrollHeight
}
