// Kits, files and codes, in the place of the shell.

import type { KitRow } from '../bindings/KitRow'
import { ago, qr } from './sample'

export const CODE =
  'UNDERSIGNED:KIT:WFHM-0V2Q-9G4R-TB1C-8N5X-PD7K-3EJY-6ZSA-QW0M-4T9H-R2VB-7C1F-N8KX-5GDP-E3YJ-Z6SQ:COLLECT.EXAMPLE.ORG'
const DAYS = 1440

const coded = (
  row: Pick<KitRow, 'kit' | 'label'> & Partial<KitRow>,
  code: Partial<NonNullable<KitRow['code']>>,
): KitRow => ({
  max_tables: 1,
  tables: 0,
  until: ago(-60 * DAYS),
  revoked: false,
  ...row,
  code: { until: ago(-60 * DAYS), deposited: true, claimed_at: null, ...code },
})

let kits: KitRow[] = [
  coded({ kit: 'k3', label: 'Ana, church hall' }, {}),
  coded({ kit: 'k4', label: 'Tomás, ferry' }, { deposited: false }),
  coded({ kit: 'k5', label: 'Library', tables: 1 }, { claimed_at: ago(2 * DAYS) }),
  { kit: 'k1', label: 'Spring markets', max_tables: 20, tables: 4, until: ago(-90 * DAYS), revoked: false, code: null },
  { kit: 'k2', label: 'Winter', max_tables: 5, tables: 5, until: ago(3000), revoked: true, code: null },
]

export const list = (): KitRow[] => [...kits]

export function empty(): void {
  kits = []
}

/** Makes a file, or a code that the endpoint has. */
export function make(given: { label: string; maxTables?: number; days: number }): string {
  const kit = `k${kits.length + 1}`
  const until = ago(-given.days * DAYS)
  const row = { kit, label: given.label, until }
  const file = { ...row, max_tables: given.maxTables ?? 1, tables: 0, revoked: false, code: null }
  kits.unshift(given.maxTables === undefined ? coded(row, { until }) : file)
  return kit
}

/** The same kits, one of them good for so many days from now. */
export const moved = (kit: string, days: number): KitRow[] =>
  (kits = kits.map((row) => (row.kit === kit ? { ...row, until: ago(-days * DAYS) } : row)))

export const revoked = (kit: string): KitRow[] =>
  (kits = kits.map((row) => (row.kit === kit ? { ...row, revoked: true } : row)))

/** The endpoint has all of them now. */
export const exchanged = (): KitRow[] =>
  (kits = kits.map((row) => ({ ...row, code: row.code && { ...row.code, deposited: true } })))

export const code = () => ({ code: CODE, qr })
