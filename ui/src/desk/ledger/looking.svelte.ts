// Looking into the ledger: each question is asked at once, and only the answer to the newest is shown: first the rows that the window has room
// for. The others follow, and what is seen is counted in parts, once nothing more is asked for a moment.

import type { Breakdown } from '../../bindings/Breakdown'
import type { LedgerFilter } from '../../bindings/LedgerFilter'
import type { LedgerPage } from '../../bindings/LedgerPage'
import { breakDown, ledger } from '../../shared/commands'
import { isKind, LISTED, valueOf, withPart, type Listed } from './filters'

export const ROWS = 50
/** So long nothing is asked before the rest follows, in milliseconds. */
const QUIET = 200
/** No row is lower, in CSS pixels. */
const ROW = 48
/** How many rows the window has room for. */
const inSight = () => Math.min(ROWS, Math.ceil(window.innerHeight / ROW))

export type Breakdowns = Partial<Record<Listed | 'seen', Breakdown>>

export function looking() {
  let page = $state.raw<LedgerPage | null>(null)
  let shown = $state.raw<{ filter: LedgerFilter; offset: number }>({ filter: { search: '' }, offset: 0 })
  let breakdowns = $state.raw<Breakdowns>({})
  let failure = $state.raw<unknown>(null)
  let asked = 0
  let answers = $state(0)
  let quiet: ReturnType<typeof setTimeout> | undefined
  /** The filter whose parts are counted. */
  let counted = ''

  async function show(filter: LedgerFilter, offset = 0) {
    const mine = ++asked
    clearTimeout(quiet)
    await attempt(mine, async () => {
      const found = await ledger(filter, offset, inSight())
      if (mine !== asked) return
      page = found
      answers += 1
      shown = { filter, offset }
      failure = null
      quiet = setTimeout(() => void attempt(mine, () => follow(filter, offset, mine)), QUIET)
    })
  }

  async function follow(filter: LedgerFilter, offset: number, mine: number) {
    if (page && page.rows.length < Math.min(ROWS, page.total - offset)) {
      const whole = await ledger(filter, offset, ROWS)
      if (mine !== asked) return
      page = whole
    }
    if (counted !== JSON.stringify(filter)) await count(filter, mine)
  }

  async function count(filter: LedgerFilter, mine: number) {
    const seen = await breakDown(filter)
    if (mine !== asked || !seen) return
    const found: Breakdowns = { seen }
    breakdowns = { ...breakdowns, ...found }
    // Of what is chosen, what it could be instead.
    for (const kind of LISTED) {
      if (!isKind(kind) || kind === 'petition' || valueOf(filter, kind) === undefined) continue
      const others = await breakDown(withPart(filter, kind, undefined))
      if (mine !== asked || !others) return
      found[kind] = others
    }
    breakdowns = found
    counted = JSON.stringify(filter)
  }

  async function attempt(mine: number, work: () => Promise<void>) {
    try {
      await work()
    } catch (error) {
      if (mine === asked) failure = error
    }
  }

  return {
    get page() {
      return page
    },
    /** What the page is of. */
    get shown() {
      return shown
    },
    /** Counts the answers that were shown. */
    get answers() {
      return answers
    },
    get breakdowns() {
      return breakdowns
    },
    get failure() {
      return failure
    },
    show,
    /** Asks again what is shown: something was decided. */
    async again() {
      counted = ''
      await show(shown.filter, shown.offset)
    },
    /** Nothing is asked any more. */
    leave() {
      asked += 1
      clearTimeout(quiet)
    },
  }
}
