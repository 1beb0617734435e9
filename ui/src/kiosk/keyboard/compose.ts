// What a press does to the field, by script. Nothing is kept here: what is still open comes in and goes out with each edit.

import { accents } from './accents'
import { orders } from './fidel'
import { addJamo, takeJamo } from './hangul'
import type { Layout } from './layouts'
import { erase, insert, isOpen, replaceOpen, type Edit, type Field } from './typing'

const JAMO = /^[\u3131-\u3163]$/u

/** A key with `key` on it was pressed. */
export function press(layout: Layout, field: Field, open: string, key: string): Edit {
  if (layout.script !== 'hangul') return insert(field, key, key)
  if (!JAMO.test(key)) return insert(field, key)
  if (!isOpen(field, open)) return insert(field, key, key)
  const next = addJamo(open, key)
  return replaceOpen(field, open, next.done + next.open, next.open)
}

/** Backspace: the last jamo of the syllable being written, else what is marked, else the last letter. */
export function takeOff(layout: Layout, field: Field, open: string): Edit {
  if (layout.script !== 'hangul' || !isOpen(field, open)) return erase(field)
  const less = takeJamo(open)
  return replaceOpen(field, open, less, less)
}

/** What may take the place of what was typed last. */
export function offers(layout: Layout, open: string): string[] {
  if (open === '' || layout.script === 'hangul' || layout.script === 'pinyin') return []
  const family = layout.script === 'fidel' ? orders(open) : []
  return family.length > 0 ? family : accents(open, layout.lang)
}
