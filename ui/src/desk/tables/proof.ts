// What the proof says of a table's log, in words, and what to do.

import type { BranchRow } from '../../bindings/BranchRow'
import type { TableRow } from '../../bindings/TableRow'
import { desk as say } from '../../words/pages.svelte'
import { whenOrNever } from '../../words/times'

export interface ProofWords {
  chip: string
  tone: 'received' | 'saved' | 'stamp'
  todo: string
}

export function proofWords(table: TableRow): ProofWords {
  switch (table.proof) {
    case 'complete':
      if (table.set_aside > 0) {
        return {
          chip: say('proof.someOpened', { opened: table.opened, size: table.size }),
          tone: 'stamp',
          todo: say('proof.someOpened.todo', { count: table.set_aside }),
        }
      }
      return {
        chip: say('proof.complete', { size: table.size }),
        tone: 'received',
        todo: say('proof.complete.todo'),
      }
    case 'gap':
      return { chip: say('proof.gap'), tone: 'stamp', todo: missing(table) }
    case 'behind':
      return { chip: say('proof.behind', { count: table.behind }), tone: 'saved', todo: say('proof.behind.todo') }
    case 'forked': {
      const sentences = [
        say('proof.forked.todo'),
        table.missing > 0 && missing(table),
        table.set_aside > 0 && say('proof.forked.aside', { count: table.set_aside }),
      ]
      return { chip: say('proof.forked'), tone: 'stamp', todo: sentences.filter(Boolean).join(' ') }
    }
    case 'held':
      return { chip: say('proof.held'), tone: 'stamp', todo: say('proof.held.todo', { count: table.received }) }
  }
}

const missing = ({ missing, waiting }: TableRow) => say('proof.gap.todo', { missing, waiting })

/** A branch of a forked log, in words. */
export const branchWords = ({ branch, own, since, since_time, set_aside }: BranchRow) =>
  say('proof.branch', {
    branch,
    own,
    since,
    ...whenOrNever(since_time),
    aside: set_aside > 0 ? 'some' : 'none',
    count: set_aside,
  })

/** What tells two computers apart that claim to be one table: the short id of its key. */
export const deviceId = (table: TableRow) => table.device.split('+')[1] ?? ''

/** Whether the organizer has to do something about the table. */
export const needsYou = (table: TableRow) => proofWords(table).tone === 'stamp'
