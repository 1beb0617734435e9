// The ledger's filter as people see it: what each part of it is called, and the chips that can be taken off.

import type { Breakdown } from '../../bindings/Breakdown'
import type { CountPart } from '../../bindings/CountPart'
import type { CountParts } from '../../bindings/CountParts'
import type { DeskHome } from '../../bindings/DeskHome'
import type { LedgerFilter } from '../../bindings/LedgerFilter'
import type { RollStanding } from '../../bindings/RollStanding'
import type { StandingName } from '../../bindings/StandingName'
import { nameOf } from '../../words/languages'
import { desk as say } from '../../words/pages.svelte'
import { momentOf } from './period'

/** What a filter is of, but the search and the log's number, which is chosen with its table alone. */
export const LISTED = [
  'standing',
  'place',
  'table',
  'day',
  'shift',
  'method',
  'area',
  'language',
  'domain',
  'text',
  'roll',
  'petition',
] as const
export type Listed = (typeof LISTED)[number]
export const KINDS = [...LISTED, 'generation', 'from', 'until'] as const
export type Kind = (typeof KINDS)[number]
export const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind)

export const NO_FILTER: LedgerFilter = { search: '' }

/** A part of the filter, in words. */
export interface FilterChip {
  kind: Kind
  words: string
}

/** What people call tables, shifts and petitions. */
export interface Names {
  petitions: Map<string, string>
  tables: Map<string, string>
  shifts: Map<string, string>
}

export const NO_NAMES: Names = { petitions: new Map(), tables: new Map(), shifts: new Map() }

/** What a part of a filter is, as a text; none where it is not given. */
export function valueOf(filter: LedgerFilter, kind: Kind): string | undefined {
  const value = filter[kind]
  return value === undefined || value === null ? undefined : String(value)
}

/** The filter with another part; without it where it is undefined. */
export function withPart(filter: LedgerFilter, kind: Kind, value: string | number | undefined): LedgerFilter {
  const parts = Object.entries(filter).filter(([name]) => name !== kind && !(kind === 'table' && name === 'generation'))
  if (value !== undefined) parts.push([kind, value])
  return { search: filter.search, ...Object.fromEntries(parts) }
}

/** Something is asked for beside a search. */
export const isChosen = (filter: LedgerFilter): boolean => KINDS.some((kind) => valueOf(filter, kind) !== undefined)

/** The chips of a filter, in the order of its parts. */
export function chipsOf(filter: LedgerFilter, names: Names): FilterChip[] {
  return KINDS.flatMap((kind): FilterChip[] => {
    const value = valueOf(filter, kind)
    if (value === undefined) return []
    return [
      { kind, words: say('filter.chip', { kind: say(`filter.by.${kind}`), value: valueWords(kind, value, names) }) },
    ]
  })
}

/** All that a filter chooses, in one line; what is searched for keeps its own direction. */
export function inWords(filter: LedgerFilter, names: Names): string {
  const search = filter.search.trim()
  const chips = chipsOf(filter, names).map(({ words }) => words)
  if (search !== '')
    chips.unshift(say('filter.chip', { kind: say('filter.by.search'), value: `\u2068${search}\u2069` }))
  return chips.join(' · ')
}

const STANDINGS: StandingName[] = ['counted', 'duplicate', 'void', 'withdrawn', 'in_review']
const isStanding = (value: string): value is StandingName => (STANDINGS as string[]).includes(value)

const ON_ROLL = ['found', 'unsure', 'not_found'] as const satisfies RollStanding[]
const isOnRoll = (value: string): value is (typeof ON_ROLL)[number] => (ON_ROLL as readonly string[]).includes(value)

/** What people call a value. */
export function valueWords(kind: Kind, value: string, names: Names): string {
  switch (kind) {
    case 'standing':
      return isStanding(value) ? say(`filter.is.${value}`) : value
    case 'petition':
      return names.petitions.get(value) ?? value
    case 'table':
      return names.tables.get(value) ?? value
    case 'shift':
      return names.shifts.get(value) ?? shorten(value)
    case 'place':
      return value || say('filter.noPlace')
    case 'area':
      return value || say('filter.noArea')
    case 'domain':
      return value || say('filter.noDomain')
    case 'method':
      return say(value === 'paper' ? 'filter.paper' : 'filter.kiosk')
    case 'roll':
      if (value === '') return say('filter.roll.none')
      return isOnRoll(value) ? say(`filter.roll.${value}`) : value
    case 'language':
      return nameOf(value)
    case 'text':
      return shorten(value)
    case 'day':
      return say.date(value)
    case 'generation':
      return say.number(Number(value))
    case 'from':
    case 'until':
      return momentOf(Number(value))
  }
}

/** The beginning of what nobody reads whole. */
export const shorten = (value: string): string => (value.length > 12 ? `${value.slice(0, 8)}…` : value)

/** A shift's name has its day as the ledger writes it. */
function shiftName(label: string): string {
  const found = /^(.*) · (\d{4}-\d\d-\d\d)$/s.exec(label)
  if (!found) return label
  const [place, day] = [found[1] || say('filter.noPlace'), say.date(found[2]!)]
  return say('filter.shiftName', { place, day })
}

/** The names that are known: those of the desk, and those that came with the parts of a count. */
export function namesOf(home: DeskHome, ...breakdowns: (Breakdown | null)[]): Names {
  const labels = (of: (breakdown: Breakdown) => CountParts, called = (label: string) => label) =>
    breakdowns.flatMap((breakdown) =>
      breakdown ? of(breakdown).parts.map(({ value, label }) => [value, called(label ?? value)] as const) : [],
    )
  return {
    petitions: new Map(home.petitions.map(({ petition, title }) => [petition, title])),
    tables: new Map([
      ...home.tables.map(({ table, label }) => [table, label] as const),
      ...labels((breakdown) => breakdown.tables),
    ]),
    shifts: new Map(labels((breakdown) => breakdown.shifts, shiftName)),
  }
}

/** The parts of a count that a filter may be of. A shift can be asked for, none cannot. */
export function partsOf(breakdown: Breakdown, kind: Listed, home: DeskHome): CountParts {
  switch (kind) {
    case 'standing': {
      const { deliverable, duplicates, void: isVoid, withdrawn, in_review } = breakdown.count
      const counts = { counted: deliverable, duplicate: duplicates, void: isVoid, withdrawn, in_review }
      const parts = STANDINGS.map((value) => part(value, counts[value]))
      return { parts: parts.filter(({ count }) => count.collected > 0), left_off: 0 }
    }
    case 'petition':
      return {
        parts: home.petitions.map(({ petition, count }) => part(petition, count.collected)),
        left_off: 0,
      }
    case 'shift': {
      const { parts, left_off } = breakdown.shifts
      return { parts: parts.filter(({ value }) => value !== ''), left_off }
    }
    case 'day':
      // The latest first: it is asked for most.
      return { parts: breakdown.days.parts.toReversed(), left_off: breakdown.days.left_off }
    default:
      return breakdown[`${kind}s`]
  }
}

const part = (value: string, collected: number): CountPart => ({
  value,
  label: null,
  count: { collected, duplicates: 0, void: 0, withdrawn: 0, in_review: 0, deliverable: 0 },
})
