// What the proof says of a table's log, in words, and what to do.

import type { DeskTable } from '../bindings/DeskTable'
import { counted, number } from '../shared/words'

export interface ProofWords {
  chip: string
  tone: 'received' | 'saved' | 'stamp'
  todo: string
}

export function proofWords(table: DeskTable): ProofWords {
  switch (table.proof) {
    case 'complete':
      return { chip: `complete to ${number(table.size)}`, tone: 'received', todo: 'Every signature of this table is here, and proven.' }
    case 'gap':
      return {
        chip: 'something is missing',
        tone: 'stamp',
        todo: `${counted(Math.max(0, table.size - table.opened), 'entry', 'entries')} between are not here yet. Ask the table to send or to write a stick, then merge again.`,
      }
    case 'behind':
      return {
        chip: `${number(Math.max(0, table.received - table.opened))} not merged yet`,
        tone: 'saved',
        todo: 'The endpoint holds more than was merged. Merge now.',
      }
    case 'forked':
      return {
        chip: 'two different logs: look',
        tone: 'stamp',
        todo: 'This computer was restored from an older copy, or copied. Both logs are kept. Ask the volunteer which computer is in use.',
      }
    case 'held':
      return {
        chip: 'waits for your word',
        tone: 'stamp',
        todo: `A table came up that the endpoint has not seen like this before, with ${counted(table.received, 'entry', 'entries')}. Nothing of it is counted. Confirm it only if you know it: ask the volunteer.`,
      }
  }
}

/** What tells two computers apart that claim to be one table: the short id of its key. */
export const deviceId = (table: DeskTable) => table.device?.split('+')[1] ?? ''

/** Whether the organizer has to do something about the table. */
export const needsYou = (table: DeskTable) => proofWords(table).tone === 'stamp'
