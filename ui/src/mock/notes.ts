// What tables told beside signatures, in the place of the shell.

import type { Closing } from '../bindings/Closing'
import type { EventKind } from '../bindings/EventKind'
import type { NoteAbout } from '../bindings/NoteAbout'
import type { TableNote } from '../bindings/TableNote'
import { ago, deskHome, shelter } from './sample'

export function notes(): TableNote[] {
  const table = deskHome().tables[0]?.table ?? ''
  const by = { table, place: 'Capitol Hill Farmers Market', volunteer: 'Dee R.' }
  return [
    {
      ...by,
      at: ago(400),
      about: {
        kind: 'sheet',
        petition: shelter.petition,
        number: 12,
        day: ago(1440),
        entered: 17,
        blank: 1,
        struck: 1,
        illegible: 1,
        total: 19,
        explanation: 'The struck one was counted',
      },
      differing: [],
      pictures: [
        { id: 'a1', number: 1, missing: 0 },
        { id: 'a2', number: 2, missing: 7 },
      ],
    },
    {
      ...by,
      at: ago(90),
      about: { kind: 'strike', generation: 1, index: 41, reason: 'joke', words: 'Mickey Mouse, to laughter' },
      differing: [],
      pictures: [],
    },
    { ...by, at: ago(80), about: event('paused', 48), differing: [], pictures: [] },
    {
      ...by,
      at: ago(60),
      about: {
        ...event('handed_over', 48),
        gives: 'Dee R.',
        takes: 'Mai T.',
        laptop_seal: 'A 0013',
        stick_seal: 'B 77',
      },
      differing: [],
      pictures: [],
    },
    { ...by, at: ago(20), about: closing(), differing: ['visits'], pictures: [] },
  ]
}

const event = (what: EventKind, so_far: number) => ({
  kind: 'event' as const,
  what,
  so_far,
  gives: null as string | null,
  takes: null as string | null,
  laptop_seal: null as string | null,
  stick_seal: null as string | null,
})

const closing = (): NoteAbout & Closing => ({
  kind: 'closing',
  opening: null,
  place: { generation: 1, size: 142 },
  visits: { begun: 57, signed: 46, abandoned: 7, wiped: 3 },
  signatures: { kiosk: 48, paper: 17, growth: 65, received: 34, waiting: 31, notes: 4 },
  sheets: { issued: 10, returned: 1, spoiled: 1, blank: 8 },
  lines: { sheets: 1, lines: 20, entered: 17, struck: 1, illegible: 1, blank: 1 },
  explained: { visits: 'The battery was empty for a moment.', signatures: null, sheets: null, lines: null },
  witness: 'Ana',
  laptop_seal: 'A 0014',
  stick_seal: null,
  pauses: 1,
  paused_minutes: 35,
  hand_overs: 1,
})
