// Pairs of signatures to look at, in the place of the shell.

import type { Commands } from '../bindings/CommandShapes'
import type { DecisionRow } from '../bindings/DecisionRow'
import type { LedgerRow } from '../bindings/LedgerRow'
import type { LikelyPair } from '../bindings/LikelyPair'
import type { Pattern } from '../bindings/Pattern'
import type { PatternKind } from '../bindings/PatternKind'
import type { Review } from '../bindings/Review'
import { ago, deskHome, ledgerRows } from './sample'

const row = (at: number, more: Partial<LedgerRow>): LedgerRow => ({
  ...ledgerRows[at]!,
  standing: { kind: 'counted' },
  struck: [],
  is_time_doubtful: false,
  ...more,
})
const place = { postal_code: '98118', city: 'Seattle' }

const pairs: LikelyPair[] = [
  {
    one: row(0, { name: 'Amina Yusuf', email: 'amina.yusuf@example.org', ...place }),
    other: row(3, {
      name: 'Aminah Yusuf',
      email: 'aminayusuf@example.org',
      ...place,
      comment: null,
      table_label: 'Table 7',
    }),
    probability: 0.83,
    reasons: [
      { code: 'same_family_name', bits: 11.4 },
      { code: 'given_name_slip', bits: 6.2 },
      { code: 'same_postal_code', bits: 5.1 },
      { code: 'other_mailbox', bits: -4.8 },
      { code: 'other_table', bits: -0.6 },
    ],
    fewer: 1,
    is_undecided: false,
  },
  {
    one: row(1, { name: 'Bo Li', email: 'bo@example.org', ...place, typed_signature: 'Bo Li' }),
    other: row(4, {
      name: 'LI BO',
      email: null,
      ...place,
      postal_code: '98181',
      typed_signature: 'Li Bo',
      method: 'paper',
    }),
    probability: 0.41,
    reasons: [
      { code: 'names_swapped', bits: 4.2 },
      { code: 'postal_code_slip', bits: 2.9 },
      { code: 'same_table_same_minutes', bits: -5.5 },
    ],
    fewer: 1,
    is_undecided: false,
  },
  {
    one: row(6, { name: 'عبد الرحمن يوسف', email: null, ...place }),
    other: row(9, { name: 'عبدالرحمن يوسف', email: null, ...place, standing: { kind: 'in_review' } }),
    probability: 0.92,
    reasons: [
      { code: 'same_family_name', bits: 9.1 },
      { code: 'given_name_nearly_alike', bits: 7.3 },
      { code: 'same_postal_code', bits: 5.1 },
    ],
    fewer: 0,
    is_undecided: false,
  },
]

const decided = new Map<string, DecisionRow & { pair?: LikelyPair }>()
let rule = { keep: 'first', per_mille: 950, is_usual: true }
const deliverable = deskHome().count.deliverable

const held = (kinds: string[], pair: LikelyPair) =>
  [...decided.values()].some((row) => row.is_held && row.pair === pair && kinds.includes(row.kind))

function now(): Review {
  const left = pairs.filter((pair) => !held(['same', 'different'], pair))
  const shown = left.map((pair) => ({ ...pair, is_undecided: held(['undecided'], pair) }))
  shown.sort((a, b) => Number(a.is_undecided) - Number(b.is_undecided))
  const fewer = pairs.filter((pair) => held(['same'], pair)).reduce((sum, pair) => sum + pair.fewer, 0)
  const decisions = [...decided.values()].reverse().map((row) => ({ ...row }))
  return {
    pairs: shown,
    pile: {
      total: shown.length,
      changing: shown.filter((pair) => pair.fewer > 0).length,
      undecided: shown.filter((pair) => pair.is_undecided).length,
    },
    rule: { ...rule },
    decisions,
    last: decisions.find((row) => row.is_held && row.kind !== 'undone') ?? null,
    deliverable: deliverable - fewer,
  }
}

function add(kind: string, by: string, more: { pair?: LikelyPair; undoes?: string } = {}): Review {
  const decision = `d${decided.size}`
  const names = more.pair ? [more.pair.one.name, more.pair.other.name] : []
  const undoes = more.undoes ?? null
  const { keep, per_mille } = kind === 'rule' ? rule : { keep: null, per_mille: null }
  decided.set(decision, {
    decision,
    at: ago(0),
    by,
    is_held: true,
    kind,
    names,
    undoes,
    keep,
    per_mille,
    verdict: null,
    reason: null,
    chosen: [],
    covers: null,
    pair: more.pair,
  })
  return now()
}

/** Says of a decision whether it holds; what an undoing undid holds again with the end of that. */
function hold(decision: string | null, holds: boolean): void {
  const row = decided.get(decision ?? '')
  if (!row) return
  row.is_held = holds
  hold(row.undoes, !holds)
}

const pattern = (kind: PatternKind, strange: number, of: number, usual: number | null): Pattern => ({
  kind,
  table: ledgerRows[0]!.table,
  table_label: 'Table 7',
  shift: 'shift-1',
  place: 'Rainier Farmers Market',
  day: '2026-11-21',
  strange,
  of,
  usual,
})
const PATTERNS = [
  pattern('fast', 48, 163, null),
  pattern('not_found', 37, 160, 11.4),
  pattern('duplicates', 21, 163, 4.2),
  pattern('one_address', 14, 163, null),
  pattern('alphabetical', 12, 163, null),
  pattern('one_hand', 5, 163, null),
]

type Name =
  | 'review'
  | 'decide_pair'
  | 'undo_decision'
  | 'try_rule'
  | 'set_rule'
  | 'write_decisions'
  | 'take_decisions'
  | 'patterns'

export const reviewAnswers: { [One in Name]: (given: Commands[One]['given']) => Commands[One]['answer'] } = {
  review: () => now(),
  write_decisions: () => '/home/organizer/undersigned-2026-11-27.decisions',
  patterns: () => PATTERNS,
  take_decisions: () => ({ new: 41, known: 118 }),
  decide_pair: ({ one, choice, by }) => add(choice, by, { pair: pairs.find((pair) => pair.one.signature === one) }),
  undo_decision: ({ decision, by }) => {
    hold(decision, false)
    return add('undone', by, { undoes: decision })
  },
  try_rule: ({ keep, perMille }) => {
    const { count } = deskHome()
    const changed = keep === rule.keep && perMille === rule.per_mille ? 0 : 14
    const sample = ledgerRows
      .slice(0, Math.min(4, changed))
      .map((row) => ({ ...row, standing: { kind: 'duplicate' as const, of: 's9' } }))
    return { now: count, then: { ...count, deliverable: count.deliverable - changed }, changed, sample }
  },
  set_rule: ({ keep, perMille, by }) => {
    rule = { keep, per_mille: perMille, is_usual: false }
    return add('rule', by)
  },
}
