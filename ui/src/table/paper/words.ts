// Words of a paper line: its fields, and what is wrong with them. Said to who types, not to who signs.

import type { Problem } from '../../bindings/Problem'
import en from '../../words/table/en.json'
import type { Key } from '../../words/messages'
import { table as say } from '../../words/pages.svelte'

/** A problem, without its field. */
export function problemWords({ field, code }: Problem): string {
  const own = `paper.problem.${code}.${field}`
  return say(own in en ? (own as Key<'table'>) : `paper.problem.${code}`)
}

/** A problem with its field. */
export const problemLine = (problem: Problem) =>
  say('paper.problemLine', { field: say(`paper.field.${problem.field}`), problem: problemWords(problem) })
