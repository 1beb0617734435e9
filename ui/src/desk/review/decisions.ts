// What was decided, in words.

import type { DecisionRow } from '../../bindings/DecisionRow'
import { desk as say } from '../../words/pages.svelte'
import { isKeeps, shareOf } from './rule'

const KINDS = ['same', 'different', 'undecided', 'verdict', 'verdicts', 'listed', 'rule'] as const
type Kind = (typeof KINDS)[number]
const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind)

/** What is known of decisions: those that are listed, and those that were before. */
export function remember(known: DecisionRow[], listed: DecisionRow[]): DecisionRow[] {
  const isListed = new Set(listed.map((row) => row.decision))
  const rows = [...listed]
  // The newest come first, so whoever undoes one is there before it.
  for (const row of known) {
    if (isListed.has(row.decision)) continue
    const isUndone = rows.some((newer) => newer.is_held && newer.undoes === row.decision)
    rows.push({ ...row, is_held: !isUndone })
  }
  return rows
}

export interface DecisionWords {
  words: string
  /** The signers that it is about, each once. */
  names: string[]
}

function whatOf({ kind, keep, per_mille }: DecisionRow): string {
  if (keep !== null && per_mille !== null && isKeeps(keep)) {
    return say('review.ruleIs', { keep: say(`review.keep.${keep}`), share: shareOf(per_mille) })
  }
  return isKind(kind) ? say(`review.decided.${kind}`) : say('review.decided.earlier')
}

/** What a decision is about, through all that undoes something, and how many times it is undone. */
export function aboutOf(row: DecisionRow, rows: DecisionRow[]): [about: DecisionRow | undefined, undoings: number] {
  let [about, undoings]: [DecisionRow | undefined, number] = [row, 0]
  while (about?.kind === 'undone') {
    const undoes: string | null = about.undoes
    about = rows.find((other) => other.decision === undoes)
    undoings += 1
  }
  return [about, undoings]
}

/** What is said of something that was undone so many times, or done again. */
export const undoneWords = (what: string, undoings: number): string =>
  undoings === 0 ? what : say(undoings % 2 === 1 ? 'review.undoing.undone' : 'review.undoing.again', { what })

/** A decision in words; an undoing by what it undid. */
export function wordsOf(row: DecisionRow, rows: DecisionRow[]): DecisionWords {
  const [about, undoings] = aboutOf(row, rows)
  const what = about ? whatOf(about) : say('review.decided.earlier')
  const names = [...new Set(about?.names)]
  return { words: undoneWords(what, undoings), names }
}

/** A decision and its names, in one line; each name keeps its own direction. */
export function namedWords({ words, names }: DecisionWords): string {
  if (names.length === 0) return words
  return say('review.said.pair', { what: words, names: say.list(names.map((name) => `\u2068${name}\u2069`)) })
}
