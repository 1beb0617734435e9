// What a stick holds, in the place of the shell.

import type { StickFile } from '../bindings/StickFile'
import type { UploadedFile } from '../bindings/UploadedFile'
import type { CarryPlace } from '../bindings/CarryPlace'

export const places: CarryPlace[] = [
  { token: 't1', kind: 'stick', label: 'KINGSTON', path: '/media/dee/KINGSTON' },
  { token: 't2', kind: 'documents', label: 'Documents', path: '/home/dee/Documents' },
]
export const other: CarryPlace = {
  token: 't3',
  kind: 'chosen',
  label: 'Petition 2027',
  path: '/home/dee/Petition 2027',
}
export const pathOf = (token: string) => [...places, other].find((place) => place.token === token)?.path ?? ''

export const stick = (): StickFile[] => [
  { name: 'c217842d-1-112-143-7b1ce8d4.batch', whose: 'own', label: 'Table 4', entries: 31 },
  { name: '5f0ab1c2-1-0-64-90f21287.batch', whose: 'other_table', label: 'Library steps', entries: 64 },
  { name: '5f0ab1c2-1-64-80-1dd0a377.batch', whose: 'other_table', label: 'Library steps', entries: 16 },
  { name: 'c217842d-1-0-112-2c0e6c0d.batch', whose: 'own_received', label: 'Table 4', entries: 112 },
  { name: '99aa0b11-1-0-5-0c0e6c0d.batch', whose: 'other_campaign', label: '', entries: 0 },
  { name: 'broken.batch', whose: 'unreadable', label: '', entries: 0 },
]

const REFUSED: Record<string, string> = {
  other_campaign: 'document/other-campaign',
  unreadable: 'batch/truncated',
}

export const upload = (): UploadedFile[] =>
  stick().map(({ name, whose }) => {
    const code = REFUSED[whose] ?? null
    return { name, outcome: code === null ? 'received' : 'refused', code }
  })
