// What an organizer says that signatures stand for, in words.

import type { DecisionRow } from '../../bindings/DecisionRow'
import type { Verdict } from '../../bindings/Verdict'
import { desk as say } from '../../words/pages.svelte'
import { aboutOf, undoneWords, wordsOf } from '../review/decisions'
import { isKind, valueWords, type Names } from './filters'

export const VERDICTS = ['void', 'withdrawn', 'in_review', 'counts'] as const satisfies Verdict[]
export const isVerdict = (verdict: string | null): verdict is Verdict =>
  (VERDICTS as readonly (string | null)[]).includes(verdict)

/** A reason is one line of at most so many characters. */
export const LONGEST = 200

/** What a decision about one or many says, in one line; of others as the review says it. */
export function saidOf(row: DecisionRow, rows: DecisionRow[], names: Names): string {
  const [about, undoings] = aboutOf(row, rows)
  if (!about || !isVerdict(about.verdict)) return wordsOf(row, rows).words
  const verdict = say(`verdict.said.${about.verdict}`)
  const chosen = about.chosen.map(({ by, value }) => chosenWords(by, value, names))
  if (about.kind === 'listed') chosen.push(say('verdict.listed'))
  const what = chosen.length > 0 ? say('verdict.ofMany', { verdict, chosen: chosen.join(' · ') }) : verdict
  return undoneWords(what, undoings)
}

function chosenWords(by: string, value: string, names: Names): string {
  if (!isKind(by)) return value
  return say('filter.chip', { kind: say(`filter.by.${by}`), value: valueWords(by, value, names) })
}
