// The ledger: pages that agree with a filter, its parts, stories, and words about one or many.

import type { Breakdown } from '../bindings/Breakdown'
import type { Commands } from '../bindings/CommandShapes'
import type { CountParts } from '../bindings/CountParts'
import type { DecisionRow } from '../bindings/DecisionRow'
import type { LedgerFilter } from '../bindings/LedgerFilter'
import type { LedgerRow } from '../bindings/LedgerRow'
import type { StandingCount } from '../bindings/StandingCount'
import type { Story } from '../bindings/Story'
import { ago, deskHome, ledgerRows } from './sample'

const day = (row: LedgerRow) => new Date(row.signed_at * 1000).toISOString().slice(0, 10)
const area = (row: LedgerRow) => row.postal_code ?? row.city ?? ''
const domain = (row: LedgerRow) => row.email?.split('@')[1] ?? ''
const onRoll = (row: LedgerRow) => (row.index % 5 === 0 ? 'unsure' : row.index % 3 === 0 ? 'not_found' : 'found')
const name = (row: LedgerRow) => (row.standing.kind === 'erased' ? 'withdrawn' : row.standing.kind)

function agrees(filter: LedgerFilter, row: LedgerRow): boolean {
  const is = (asked: string | undefined, value: string) => asked === undefined || asked === null || asked === value
  return (
    row.name.toLowerCase().includes(filter.search.toLowerCase()) &&
    is(filter.petition, row.petition) &&
    is(filter.standing, name(row)) &&
    is(filter.method, row.method) &&
    is(filter.language, row.language) &&
    is(filter.place, row.place) &&
    is(filter.table, row.table) &&
    is(filter.area, area(row)) &&
    is(filter.domain, domain(row)) &&
    is(filter.day, day(row)) &&
    is(filter.roll, onRoll(row))
  )
}

const found = (filter: LedgerFilter) => ledgerRows.filter((row) => agrees(filter, row))

function counted(rows: LedgerRow[]): StandingCount {
  const of = (kind: string) => rows.filter((row) => name(row) === kind).length
  return {
    collected: rows.length,
    duplicates: of('duplicate'),
    void: of('void'),
    withdrawn: of('withdrawn'),
    in_review: of('in_review'),
    deliverable: of('counted'),
  }
}

function parts(rows: LedgerRow[], value: (row: LedgerRow) => string, label?: (row: LedgerRow) => string): CountParts {
  const groups = new Map<string, LedgerRow[]>()
  for (const row of rows) groups.set(value(row), [...(groups.get(value(row)) ?? []), row])
  const all = [...groups].map(([value, group]) => ({
    value,
    label: label && group[0] ? label(group[0]) : null,
    count: counted(group),
  }))
  return { parts: all.sort((a, b) => b.count.collected - a.count.collected), left_off: 0 }
}

function breakDown(filter: LedgerFilter): Breakdown {
  const rows = found(filter)
  const days = parts(rows, day)
  days.parts.sort((a, b) => a.value.localeCompare(b.value))
  return {
    count: counted(rows),
    days,
    tables: parts(
      rows,
      (row) => row.table,
      (row) => row.table_label,
    ),
    shifts: parts(rows, (row) => `${row.place} ${day(row)}`),
    places: parts(rows, (row) => row.place),
    areas: parts(rows, area),
    languages: parts(rows, (row) => row.language),
    methods: parts(rows, (row) => row.method),
    domains: parts(rows, domain),
    texts: parts(rows, (row) => row.text_hash),
    rolls: parts(rows, onRoll),
    zone: 'America/Los_Angeles',
  }
}

const about = new Map<string, DecisionRow[]>()
let many: DecisionRow[] = []
let made = 0

function story(signature: string): Story {
  const row = ledgerRows.find((row) => row.signature === signature)
  if (!row) throw { code: 'desk/nothing-to-decide', message: 'no such signature' }
  const { table_label, table, generation, index } = row
  return {
    row,
    country: 'US',
    region: 'WA',
    shift: 'shift-1',
    volunteer: 'D. R.',
    paper: row.method === 'paper' ? [3, 12] : null,
    of_age: true,
    entries: [{ table_label, table, generation, index, leaf: '5f'.repeat(32), outcome: 'canonical' }],
    proof: { size: 391, root: '9c41d7'.repeat(10).slice(0, 64), is_signed: true, is_contained: true },
    roll: { found: onRoll(row), differences: onRoll(row) === 'unsure' ? ['several', 'no-address'] : [] },
    opening: row.standing.kind === 'in_review' ? 'signature/unknown-text' : null,
    rule: { keep: 'first', per_mille: 950, is_usual: true },
    pairs: ledgerRows.slice(0, 1).map((other) => ({ other, probability: 0.87 })),
    decisions: about.get(signature) ?? [],
  }
}

function decision(kind: string, by: string, more: Partial<DecisionRow>): DecisionRow {
  made += 1
  const none = { names: [], undoes: null, keep: null, per_mille: null, verdict: null, reason: null, covers: null }
  return { decision: `m${made}`, at: ago(0), by, is_held: true, kind, chosen: [], ...none, ...more }
}

const undone = (rows: DecisionRow[], decision: string) =>
  rows.map((row) => (row.decision === decision ? { ...row, is_held: false } : row))

type Name =
  | 'ledger'
  | 'break_down'
  | 'forecast'
  | 'story'
  | 'decide_signature'
  | 'undo_about'
  | 'try_many'
  | 'decide_many'
  | 'decisions_about_many'
  | 'undo_many'
  | 'print_count'

export const ledgerAnswers: { [One in Name]: (given: Commands[One]['given']) => Commands[One]['answer'] } = {
  ledger: ({ filter, offset, limit }) => {
    const rows = found(filter)
    return { total: rows.length, rows: rows.slice(offset, offset + limit) }
  },
  break_down: ({ filter }) => breakDown(filter),
  forecast: () => ({
    goal: 7500,
    deliverable: 6120,
    forecast: { a_day: 131.4, looked_back: 14, expected: 11, earliest: 9, latest: 14 },
    day: '2026-12-09',
    earliest: '2026-12-07',
    latest: '2026-12-12',
  }),
  story: ({ signature }) => story(signature),
  decide_signature: ({ signature, verdict, reason, by }) => {
    const row = decision('verdict', by, { verdict, reason })
    about.set(signature, [...(about.get(signature) ?? []), row])
    return story(signature)
  },
  undo_about: ({ signature, decision: undoes, by }) => {
    const rows = undone(about.get(signature) ?? [], undoes)
    about.set(signature, [...rows, decision('undone', by, { undoes })])
    return story(signature)
  },
  try_many: ({ filter }) => {
    const { count } = deskHome()
    const sample = found(filter)
    const changed = sample.length
    const then = { ...count, void: count.void + changed, deliverable: count.deliverable - changed }
    return { now: count, then, changed, sample: sample.slice(0, 12) }
  },
  decide_many: ({ filter, verdict, reason, by }) => {
    const chosen = Object.entries(filter)
      .filter(([by, value]) => value && by !== 'search' && by !== 'petition')
      .map(([by, value]) => ({ by, value: String(value) }))
    many = [decision('verdicts', by, { verdict, reason, chosen, covers: found(filter).length }), ...many]
    return many
  },
  decisions_about_many: () => many,
  undo_many: ({ decision }) => (many = undone(many, decision)),
  print_count: () => null,
}
