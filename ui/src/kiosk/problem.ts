// Which words a problem of the form has.

import type { Field } from '../bindings/Field'
import type { ProblemCode } from '../bindings/ProblemCode'
import en from '../words/kiosk/en.json'
import type { Key } from '../words/messages'

/** The key for a problem's words: where they depend on the field, that field's own. */
export function problemKey(field: Field, code: ProblemCode): Key<'kiosk'> {
  const own = `problem.${code}.${field}`
  return own in en ? (own as Key<'kiosk'>) : `problem.${code}`
}
