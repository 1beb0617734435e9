// Where the keyboard on the screen begins with a capital by itself: as the field's own `autocapitalize` (HTML, 6.8.7) asks.

import type { Field } from './typing'

/** Whether the next letter is to be a capital. */
export function asksForCapital(autocapitalize: string | null, { value, start }: Field): boolean {
  const before = value.slice(0, start)
  if (autocapitalize === 'words') return before === '' || /[\s-]$/.test(before)
  return autocapitalize === 'sentences' && (before.trim() === '' || /[.!?]\s+$/.test(before))
}
