// What the proof says of a table's log, in words, and what to do.

import type { BranchRow } from '../bindings/BranchRow'
import type { DeskTable } from '../bindings/DeskTable'
import { counted, momentInSentence, number } from '../shared/words'

export interface ProofWords {
  chip: string
  tone: 'received' | 'saved' | 'stamp'
  todo: string
}

export function proofWords(table: DeskTable): ProofWords {
  switch (table.proof) {
    case 'complete':
      if (table.set_aside > 0) {
        return {
          chip: `${number(table.opened)} of ${number(table.size)} opened`,
          tone: 'stamp',
          todo: `Every entry of this table that is known of is here, and ${aside(table)}`,
        }
      }
      return {
        chip: `complete to ${number(table.size)}`,
        tone: 'received',
        todo: 'Every signature of this table that is known of is here, and proven.',
      }
    case 'gap':
      return { chip: 'something is missing', tone: 'stamp', todo: missing(table) }
    case 'behind':
      return {
        chip: `${number(table.behind)} not merged yet`,
        tone: 'saved',
        todo: 'The endpoint holds more than was merged. Merge now.',
      }
    case 'forked':
      return {
        chip: 'two different logs: look',
        tone: 'stamp',
        todo:
          'Two computers signed as this table: one is a copy of the other, or was restored from an older state. All that came of both is kept and counted once. ' +
          'Ask the volunteers which computer is in use, put the other away, and merge what both have collected.' +
          (table.missing > 0 ? ` ${missing(table)}` : '') +
          (table.set_aside > 0 ? ` Of what is here, ${aside(table)}` : ''),
      }
    case 'held':
      return {
        chip: 'waits for your word',
        tone: 'stamp',
        todo: `A table came up that the endpoint has not seen like this before, with ${counted(table.received, 'entry', 'entries')}. Nothing of it is counted. Confirm it only if you know it: ask the volunteer.`,
      }
  }
}

const missing = (table: DeskTable) =>
  `${counted(table.missing, 'entry', 'entries')} between ${table.missing === 1 ? 'is' : 'are'} not here yet; ${counted(table.waiting, 'later one is', 'later ones are')} here and ${table.waiting === 1 ? 'waits' : 'wait'}. Ask the table to send or to write a stick, then merge again.`

const aside = (table: DeskTable) =>
  `${counted(table.set_aside, 'entry', 'entries')} could not be opened with what this desk knows. ${table.set_aside === 1 ? 'It is' : 'They are'} kept, and ${table.set_aside === 1 ? 'opens' : 'open'} by ${table.set_aside === 1 ? 'itself' : 'themselves'} once the petition or the key is here: bring the newest backup.`

/** A branch of a forked log, in words. */
export const branchWords = (branch: BranchRow) =>
  `${branch.branch}: ${counted(branch.own, 'entry', 'entries')} of its own since entry ${number(branch.since)}${branch.since_time === null ? '' : `, ${momentInSentence(branch.since_time)}`}${branch.set_aside > 0 ? `; ${number(branch.set_aside)} of them could not be opened` : ''}`

/** What tells two computers apart that claim to be one table: the short id of its key. */
export const deviceId = (table: DeskTable) => table.device.split('+')[1] ?? ''

/** Whether the organizer has to do something about the table. */
export const needsYou = (table: DeskTable) => proofWords(table).tone === 'stamp'
