// The keys that decide.

/** What a key does on the page. */
export type Deed = 'same' | 'different' | 'undecided' | 'undo'

export const KEYS: Record<Deed, string> = { same: 'S', different: 'D', undecided: 'U', undo: 'Z' }
const DEEDS = Object.keys(KEYS) as Deed[]

type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'repeat' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing' | 'defaultPrevented'
>

/** What a press of a key does; nothing for one that is held down, or that belongs to the system. */
export function deedOf(pressed: Pressed): Deed | undefined {
  if (pressed.repeat || pressed.isComposing || pressed.defaultPrevented) return undefined
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return undefined
  // On a keyboard of another script, the key in that place.
  const letter = /^[a-z]$/i.test(pressed.key) ? pressed.key.toUpperCase() : pressed.code.replace(/^Key/, '')
  const isOtherScript = /^\p{L}$/u.test(pressed.key)
  if (!isOtherScript) return undefined
  return DEEDS.find((deed) => KEYS[deed] === letter)
}

/** Where letters are typed or choices are open, they are not keys of the page. */
export function takesLetters(at: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true
  return at instanceof Element && at.closest('input, textarea, select, [contenteditable]') !== null
}
