// What the screens are shown with when there is no shell behind them. Names are invented.

import type { EnteredLine } from '../bindings/EnteredLine'
import type { DeskHome } from '../bindings/DeskHome'
import type { TableRow } from '../bindings/TableRow'
import type { ExplainedCount } from '../bindings/ExplainedCount'
import type { Ink } from '../bindings/Ink'
import type { Invite } from '../bindings/Invite'
import type { LedgerRow } from '../bindings/LedgerRow'
import type { PetitionPage } from '../bindings/PetitionPage'
import type { Standing } from '../bindings/Standing'
import { shelterInvites, shelterText, shelterTranslations } from './texts'

const NOW = Math.floor(Date.now() / 1000)
export const ago = (minutes: number) => NOW - minutes * 60

/** A pattern that looks like a code: nobody scans it. */
export const qr = {
  size: 33,
  path: Array.from({ length: 33 * 33 }, (_, at) =>
    (at * at + (at >> 3) * 7) % 5 < 2 ? `M${at % 33} ${Math.floor(at / 33)}h1v1h-1z` : '',
  ).join(''),
}

export const shelter: Invite = {
  petition: '00000000-0000-4000-8000-000000000001',
  title: 'A bus shelter on Rainier Avenue, before the next winter',
  started_by: 'Rainier Riders',
  addressed_to: 'King County Metro',
  language: 'en',
  count: 37,
  goal: 100,
  progress: 0.37,
  milestone_note: 'At 100 signatures, this petition is more likely to be featured in recommendations!',
  translations: shelterInvites(),
}

export const library: Invite = {
  petition: '00000000-0000-4000-8000-000000000002',
  title: 'Keep the Columbia City library open on Sundays',
  started_by: 'Readers of Columbia City',
  addressed_to: 'The Seattle Public Library',
  language: 'en',
  count: 1284,
  goal: 1500,
  progress: 0.856,
  milestone_note: null,
  translations: [],
}

export const shelterPage = (): PetitionPage => ({
  invite: { ...shelter },
  minimum_age: null,
  erased_by: '2027-12-31',
  text: shelterText(),
  translations: shelterTranslations(),
  fields: [
    { field: 'email', asked: 'optional' },
    { field: 'postal_code', asked: 'optional' },
    { field: 'city', asked: 'optional' },
    { field: 'comment', asked: 'optional' },
    { field: 'ink', asked: 'optional' },
  ],
})

/** Every field there is, for the longest form. */
export const libraryPage = (): PetitionPage => ({
  ...shelterPage(),
  invite: { ...library },
  minimum_age: 16,
  fields: [
    { field: 'email', asked: 'required' },
    { field: 'phone', asked: 'optional' },
    { field: 'country', asked: 'optional' },
    { field: 'postal_code', asked: 'optional' },
    { field: 'city', asked: 'optional' },
    { field: 'region', asked: 'optional' },
    { field: 'street', asked: 'optional' },
    { field: 'comment', asked: 'optional' },
    { field: 'of_age', asked: 'required' },
    { field: 'ink', asked: 'required' },
  ],
})

export const count: ExplainedCount = {
  collected: 1391,
  duplicates: 74,
  void: 21,
  withdrawn: 3,
  in_review: 9,
  deliverable: 1284,
  resent: 112,
  set_aside: 2,
}

const whole: TableRow = {
  table: '',
  generation: 1,
  device: '',
  label: '',
  size: 0,
  received: 0,
  opened: 0,
  set_aside: 0,
  waiting: 0,
  missing: 0,
  behind: 0,
  branches: [],
  proof: 'complete',
  state: 'admitted',
  revoked: false,
  last_seen: null,
  root: '9c41d7'.repeat(11).slice(0, 64),
}

/** The words of no table. */
export const recoveryWords = (): string[] => [...Array<string>(23).fill('abandon'), 'art']

export const deskHome = (): DeskHome => ({
  name: 'Seattle waits dry',
  campaign: 'b3f1a0c2-7d55-4e0a-9f7e-2a1d90c4e8b6',
  endpoint: 'https://collect.example.org',
  untold: null,
  merged_at: ago(42),
  count,
  unpublished: { petitions: [], kits: [], keys: false },
  petitions: [
    {
      petition: shelter.petition,
      title: shelter.title,
      started_by: shelter.started_by,
      addressed_to: shelter.addressed_to,
      version: 1,
      languages: ['en', 'es', 'ar'],
      goal: 100,
      count: { ...count, deliverable: 37 },
      ended: false,
    },
    {
      petition: library.petition,
      title: library.title,
      started_by: library.started_by,
      addressed_to: library.addressed_to,
      version: 2,
      languages: ['en'],
      goal: 1500,
      count,
      ended: false,
    },
  ],
  tables: [
    {
      ...whole,
      table: 't4',
      device: 'b3f1/t4/1+8sVwTg31+AQ==',
      label: 'Table 4, Capitol Hill',
      size: 112,
      received: 112,
      opened: 110,
      set_aside: 2,
      last_seen: ago(44),
      root: '9c41d7'.repeat(11).slice(0, 64),
    },
    {
      ...whole,
      table: 't7',
      device: 'b3f1/t7/1+8sVwTg31+AQ==',
      label: 'Table 7, University Way',
      size: 40,
      received: 64,
      opened: 40,
      behind: 24,
      proof: 'behind',
      last_seen: ago(1600),
      root: '9c41d7'.repeat(11).slice(0, 64),
    },
    {
      ...whole,
      table: 't8',
      device: 'b3f1/t8/1+8sVwTg31+AQ==',
      label: 'Table 8, Ballard',
      size: 120,
      opened: 78,
      waiting: 30,
      missing: 12,
      proof: 'gap',
      last_seen: null,
      root: '9c41d7'.repeat(11).slice(0, 64),
    },
    {
      ...whole,
      table: 't9',
      generation: 2,
      device: 'b3f1/t9/2+8sVwTg32+AQ==',
      label: 'Table 9, Georgetown',
      size: 0,
      received: 51,
      behind: 51,
      proof: 'held',
      last_seen: ago(62),
      root: null,
    },
    {
      ...whole,
      table: 't9',
      device: 'b3f1/t9/1+8sVwTg31+AQ==',
      label: 'Table 9, Georgetown',
      size: 45,
      received: 33,
      opened: 45,
      proof: 'forked',
      last_seen: ago(9000),
      root: null,
      branches: [
        { branch: '5f2c0a17', since: 21, since_time: ago(9600), size: 33, own: 12, set_aside: 0 },
        { branch: 'c41e77b0', since: 21, since_time: ago(9900), size: 33, own: 12, set_aside: 0 },
      ],
    },
  ],
  backup: {
    is_current: true,
    files: [
      {
        path: '/home/dee/Documents/undersigned-b3f1a0c2.backup',
        written_at: ago(35),
        is_current: true,
        is_there: true,
        failure: null,
      },
      {
        path: '/media/dee/KINGSTON/undersigned-b3f1a0c2.backup',
        written_at: ago(2900),
        is_current: false,
        is_there: false,
        failure: 'desk/backup-gone',
      },
    ],
  },
})

const NAMES = [
  'Amina Yusuf',
  '김민준',
  'Trần Thị Mai',
  'Sukarno',
  'Олена Шевченко',
  'مريم حداد',
  'José Ñíguez',
  'Dee Ransome',
]
const STANDINGS: Standing[] = [
  { kind: 'counted' },
  { kind: 'counted' },
  { kind: 'duplicate', of: '9b2c77e0-0000-4000-8000-000000000000' },
  { kind: 'counted' },
  { kind: 'in_review' },
  { kind: 'counted' },
  { kind: 'void', reason: 'outside_area' },
  { kind: 'withdrawn' },
]

/** Something like a signature. */
const wave = (seed: number): Ink => ({
  width: 600,
  height: 190,
  strokes: [
    Array.from({ length: 50 }, (_, at) => ({
      x: 60 + at * 9,
      y: Math.round(95 + Math.sin(at / (2 + (seed % 4))) * (55 - at)),
      pressure: 128,
    })),
  ],
})

export const ledgerRows: LedgerRow[] = Array.from({ length: 120 }, (_, index) => {
  const invite = index % 3 === 0 ? library : shelter
  return {
    signature: `s${index}`,
    petition: invite.petition,
    petition_title: invite.title,
    name: NAMES[index % NAMES.length] ?? '',
    email: index % 2 === 0 ? 'someone@example.org' : null,
    phone: index % 3 === 1 ? '+12065550123' : null,
    street: null,
    postal_code: index % 4 === 3 ? null : '98118',
    city: index % 4 === 3 ? null : 'Seattle',
    comment: index % 5 === 0 ? 'I wait there every morning with two small children.' : null,
    ink: index % 3 === 0 ? wave(index) : null,
    typed_signature: index % 3 === 1 ? (NAMES[index % NAMES.length] ?? '') : null,
    signed_at: ago(45 + index * 97),
    is_time_doubtful: index === 5,
    language: 'en',
    text_language: index % 4 === 1 ? 'es' : 'en',
    text_hash: '395d83b40959395d68d867382baaac5f9ea753aa0ec6ead6e39c451e345fb6bc',
    method: index % 7 === 6 ? 'paper' : 'kiosk',
    table_label: index % 5 === 2 ? 'Table 7, University Way' : 'Table 4, Capitol Hill',
    table: index % 5 === 2 ? 't7' : 't4',
    generation: 1,
    index: 112 - index,
    place: index % 5 === 2 ? 'University Way' : 'Capitol Hill Farmers Market',
    standing: STANDINGS[index % STANDINGS.length] ?? { kind: 'counted' },
    struck: index === 3 ? [{ reason: 'joke', words: 'Signed to laughter', at: 0 }] : [],
  }
})

export const sheetLines: EnteredLine[] = [
  { line: 1, name: 'Amina Yusuf', place: '98118 Seattle', standing: { kind: 'counted' } },
  { line: 2, name: 'Bo Li', place: '98144 Seattle', standing: { kind: 'duplicate', of: 's1' } },
  { line: 4, name: 'Dee Ramirez', place: '', standing: { kind: 'counted' } },
]
