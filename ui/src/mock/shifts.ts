// Shifts in the place of the shell: what is looked at before, their pauses, their end and their reports.

import type { Closing } from '../bindings/Closing'
import type { Commands } from '../bindings/CommandShapes'
import type { EndOfShift } from '../bindings/EndOfShift'
import type { Readiness } from '../bindings/Readiness'
import type { SheetCounts } from '../bindings/SheetCounts'
import type { ShiftEvent } from '../bindings/ShiftEvent'
import type { TableHome } from '../bindings/TableHome'
import { ago, library, qr, shelter } from './sample'
import { tableHome } from './table'

const CHECKPOINT =
  'b3f1a0c2-7d55-4e0a-9f7e-2a1d90c4e8b6/t4/1\n143\nqM0T1cEJm4mF0u3p3nBq1m2hYw0S6VnGmJx1kqZr2aE=\n\n— t4/1 8sVwTg3Q2n1v5s8cPz0kX1mJq7bT5mE2yR0dLw==\n'

const readiness = (failing: boolean, practising: boolean): Readiness => ({
  checks: {
    clock: failing ? 'warned' : 'good',
    disk: failing ? 'warned' : 'good',
    battery: 'good',
    kit: 'good',
    texts: 'good',
    endpoint: failing ? 'warned' : 'good',
    printer: null,
    log: 'good',
  },
  computer: { room: 'enough', room_mib: failing ? 12 : 41_000, charge: 'enough', charge_percent: 64 },
  kit_until: ago(-90 * 1440),
  revoked: false,
  texts: [shelter, library].map(({ title }, at) => ({
    title,
    version: at + 1,
    language: 'en',
    text_hash: '395d83b40959395d68d867382baaac5f9ea753aa0ec6ead6e39c451e345fb6bc',
  })),
  log: { generation: 1, size: 95, in_no_shift: 0, checkpoint: CHECKPOINT, refused: 0 },
  qr,
  practising,
  has_endpoint: true,
})

const closing = (sheets: SheetCounts | null): Closing => ({
  opening: {
    at: ago(175),
    place: { generation: 1, size: 95 },
    checks: readiness(false, false).checks,
    witness: 'Ana Lopez',
    laptop_seal: 'A 0012',
    stick_seal: 'B 77',
    issued: 10,
    refused: 0,
  },
  place: { generation: 1, size: 143 },
  visits: { begun: 57, signed: 46, abandoned: 7, wiped: 3 },
  signatures: { kiosk: 31, paper: 17, growth: 48, received: 17, waiting: 31, notes: 3 },
  sheets: sheets ?? { issued: 10, returned: 0, spoiled: 0, blank: 0 },
  lines: { sheets: 1, lines: 20, entered: 17, struck: 1, illegible: 1, blank: 1 },
  explained: null,
  witness: null,
  laptop_seal: null,
  stick_seal: null,
  pauses: 1,
  paused_minutes: 35,
  hand_overs: 1,
})

function differing({ sheets }: Closing): ('visits' | 'sheets')[] {
  const agrees = sheets === null || sheets.issued === sheets.returned + sheets.spoiled + sheets.blank
  return agrees ? ['visits'] : ['visits', 'sheets']
}

const event = (what: ShiftEvent['what'], so_far: number): ShiftEvent => ({
  what,
  so_far,
  gives: null,
  takes: null,
  laptop_seal: null,
  stick_seal: null,
})

const endOfShift = (closed: Closing, waiting: number): EndOfShift => ({
  report: {
    shift: {
      id: '5f2c0a17-0000-4000-8000-000000000001',
      place: 'Capitol Hill Farmers Market',
      volunteer: 'Mai T.',
      started_at: ago(175),
      ended_at: ago(0),
    },
    petitions: tableHome().petitions.map(({ petition, title, this_shift }, at) => ({
      petition,
      title,
      kiosk: this_shift - (at === 0 ? 17 : 0),
      paper: at === 0 ? 17 : 0,
    })),
    events: [
      { at: ago(120), event: event('paused', 22) },
      { at: ago(85), event: event('resumed', 22) },
      {
        at: ago(40),
        event: {
          ...event('handed_over', 41),
          gives: 'Dee R.',
          takes: 'Mai T.',
          laptop_seal: 'A 0013',
          stick_seal: 'B 77',
        },
      },
    ],
    closing: closed,
    differing: differing(closed),
    not_received: waiting,
    checkpoint: CHECKPOINT,
    receipt: null,
    is_received: false,
  },
  qr,
})

type Named =
  | 'readiness'
  | 'reach_endpoint'
  | 'end_practice'
  | 'start_shift'
  | 'pause_shift'
  | 'resume_shift'
  | 'hand_over'
  | 'shift_sums'
  | 'end_shift'
  | 'closed_shifts'
  | 'shift_report'
  | 'print_report'
  | 'save_report'

/** The answers about a table's shifts. `pathOf` gives the folder of a token. */
export function shiftAnswers(
  table: TableHome,
  asked: URLSearchParams,
  pathOf: (token: string) => string,
): { [Name in Named]: (given: Commands[Name]['given']) => Commands[Name]['answer'] } {
  let ended = closing(null)
  return {
    readiness: () => readiness(asked.get('computer') === 'failing', asked.get('practising') === '1'),
    reach_endpoint: () => null,
    end_practice: () => null,
    start_shift: ({ start }) => {
      Object.assign(table, {
        shift: { place: start.place, volunteer: start.volunteer, started_at: ago(0), paused_at: null },
        this_shift: 0,
      })
      return null
    },
    pause_shift: () => {
      if (table.shift) table.shift = { ...table.shift, paused_at: ago(0) }
      return null
    },
    resume_shift: () => {
      if (table.shift) table.shift = { ...table.shift, paused_at: null }
      return null
    },
    hand_over: ({ takes }) => {
      if (table.shift) table.shift = { ...table.shift, volunteer: takes }
      return null
    },
    shift_sums: ({ sheets }) => ({ closing: closing(sheets), differing: differing(closing(sheets)) }),
    end_shift: ({ close }) => {
      table.shift = null
      ended = { ...closing(close.sheets), explained: close.explained, witness: close.witness || null }
      return endOfShift(ended, table.waiting)
    },
    closed_shifts: () => [endOfShift(ended, table.waiting).report.shift],
    shift_report: () => endOfShift(ended, table.waiting),
    print_report: () => null,
    save_report: (given) => `${pathOf(given.folder)}/undersigned-${given.report}-2026-11-27-1612.pdf`,
  }
}
