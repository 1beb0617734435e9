// The count in parts, as bars and as rows.

import type { Breakdown } from '../../bindings/Breakdown'
import type { CountPart } from '../../bindings/CountPart'
import type { CountParts } from '../../bindings/CountParts'
import type { LedgerFilter } from '../../bindings/LedgerFilter'
import { withPart } from '../ledger/filters'

/** What the count is told by. */
export const BY = ['day', 'place', 'table', 'area', 'language', 'method'] as const
export type By = (typeof BY)[number]

/** So many bars are drawn across, and so many rows shown before all are asked for. */
export const MOST = 10

export interface Bar {
  label: string
  deliverable: number
  /** The rest of what was collected. */
  rest: number
}

export const partsBy = (breakdown: Breakdown, by: By): CountParts => breakdown[`${by}s`]

export const barOf = ({ count }: CountPart, label: string): Bar => ({
  label,
  deliverable: count.deliverable,
  rest: count.collected - count.deliverable,
})

/** Where a row leads: to its signatures, of the petition that is looked at. */
export const doorOf = (petition: string, by: By, value: string): LedgerFilter =>
  withPart(ofPetition(petition), by, value)

/** All of a petition; of every one where none is chosen. */
export const ofPetition = (petition: string): LedgerFilter => ({ search: '', ...(petition && { petition }) })

/** Every day from the first to the last, also those on which nobody signed. */
export function everyDay(parts: CountPart[]): CountPart[] {
  const days = new Map(parts.map((part) => [part.value, part]))
  const [first, last] = [parts[0]?.value, parts.at(-1)?.value]
  if (!first || !last) return []
  const all: CountPart[] = []
  const day = new Date(`${first}T00:00:00Z`)
  for (let value = first; value <= last && all.length < MOST_DAYS; value = day.toISOString().slice(0, 10)) {
    all.push(days.get(value) ?? { value, label: null, count: NONE })
    day.setUTCDate(day.getUTCDate() + 1)
  }
  // A clock that was wrong by years would leave no room for the others.
  return all.at(-1)?.value === last ? all : parts
}

const MOST_DAYS = 400
const NONE = { collected: 0, duplicates: 0, void: 0, withdrawn: 0, in_review: 0, deliverable: 0 }

/** Which labels of so many there is room for: the first, and each so many after it. */
export const isLabelled = (index: number, count: number, room: number): boolean =>
  index % Math.max(1, Math.ceil(count / room)) === 0
