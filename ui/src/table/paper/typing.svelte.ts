// The lines of a sheet while it is typed. Typing never waits: a line goes to the table while the next one is begun, each in
// its turn, and what the table says of it is shown beside it.

import type { Draft } from '../../bindings/Draft'
import type { KeptLine } from '../../bindings/KeptLine'
import type { Mended } from '../../bindings/Mended'
import type { Problem } from '../../bindings/Problem'
import type { SheetLine } from '../../bindings/SheetLine'
import { blankDraft, type TextField } from '../../kiosk/draft'

/** A line, and what is known of it. */
export interface TypedLine {
  number: number
  line: SheetLine
  problems: Problem[]
  mended: Mended[]
  /** The table has it. */
  kept: boolean
}

export type State = SheetLine['state']

export type Typing = ReturnType<typeof typing>

/** A new line. What sticks is the country, and the age statement, which a sheet asks of all alike. */
function emptyLine(before?: Draft): Draft {
  const { country = '', of_age = false } = before ?? {}
  return { ...blankDraft(), country, of_age }
}

/** What is typed or ticked on a line. */
const TYPED = [
  'full_name',
  'email',
  'phone',
  'country',
  'postal_code',
  'city',
  'region',
  'street',
  'comment',
  'of_age',
  'show_publicly',
  'send_updates',
  'share',
] as const

const isWarning = (problem: Problem) => problem.severity === 'warning'

/** The typing of a sheet that has these lines. `send` brings one to the table. */
export function typing(given: KeptLine[], send: (number: number, line: SheetLine) => Promise<KeptLine>) {
  let lines = $state.raw<TypedLine[]>(given.map((line) => ({ ...line, kept: true })))
  let at = $state(given.length + 1)
  let draft = $state(newDraft())
  let failure = $state.raw<unknown>(null)
  /** The newest line as it was left to look at one before it. */
  let left: Draft | undefined
  let sending = false

  function newDraft(): Draft {
    const last = lines.findLast(({ line }) => line.state === 'entered')?.line
    return emptyLine(last?.state === 'entered' ? last.draft : undefined)
  }

  const found = (number: number) => lines.find((line) => line.number === number)
  const put = (line: TypedLine) => {
    lines = [...lines.filter(({ number }) => number !== line.number), line].sort((a, b) => a.number - b.number)
  }

  /** One line after the other, so that the table has them in their order. */
  async function sendAll() {
    if (sending) return
    sending = true
    failure = null
    try {
      for (let next = lines.find((line) => !line.kept); next; next = lines.find((line) => !line.kept)) {
        const answer = await send(next.number, next.line)
        // What was typed again meanwhile goes once more.
        if (found(next.number)?.line === next.line) put({ ...answer, kept: true })
      }
    } catch (error) {
      failure = error
    } finally {
      sending = false
    }
  }

  /** Warnings that were shown, of a line that is kept again as it is: it stands so on the paper. */
  function isAsOnPaper(): boolean {
    const before = found(at)
    if (before?.line.state !== 'entered') return false
    const { draft: old, as_on_paper } = before.line
    // Which petition it is of, the table says.
    const same = TYPED.every((field) => old[field] === draft[field])
    return same && (as_on_paper || (before.problems.length > 0 && before.problems.every(isWarning)))
  }

  function keep(line: SheetLine) {
    const newest = at > lines.length
    put({ number: at, line, problems: [], mended: [], kept: false })
    at = lines.length + 1
    draft = newest ? newDraft() : (left ?? newDraft())
    left = undefined
    void sendAll()
  }

  return {
    get lines() {
      return lines
    },
    /** The line that is being typed. */
    get at() {
      return at
    },
    get draft() {
      return draft
    },
    /** What was said of the line that is being typed. */
    get problems() {
      return found(at)?.problems ?? []
    },
    /** What is kept of a field of the line that is being typed, where that is not as it stands there. */
    kept(field: TextField): string | undefined {
      const before = found(at)
      if (before?.line.state !== 'entered' || before.line.draft[field] !== draft[field]) return undefined
      return before.mended.find((mended) => mended.field === field)?.kept
    },
    /** Lines that the table does not have yet. */
    get unkept() {
      return lines.filter((line) => !line.kept).length
    },
    get failure() {
      return failure
    },
    /** Lines that keep the sheet open. */
    get unready() {
      return lines.filter((line) => line.problems.length > 0)
    },
    /** How many lines of each kind there are. */
    get sums(): Record<State, number> {
      const count = (state: State) => lines.filter(({ line }) => line.state === state).length
      return {
        entered: count('entered'),
        blank: count('blank'),
        struck: count('struck'),
        illegible: count('illegible'),
      }
    },
    /** Keeps what was typed, and goes on to the next line. Without a name there is nothing to keep. */
    enter(): boolean {
      if (draft.full_name.trim() === '') return false
      keep({ state: 'entered', draft: $state.snapshot(draft), as_on_paper: isAsOnPaper() })
      return true
    },
    /** Marks the line, and goes on to the next. */
    mark(state: Exclude<State, 'entered'>) {
      keep({ state })
    },
    /** Goes to a line that is there, or to the next new one. What is half typed on that one waits there. */
    go(number: number) {
      const to = Math.min(Math.max(number, 1), lines.length + 1)
      if (to === at) return
      if (at > lines.length) left = $state.snapshot(draft)
      at = to
      const line = found(to)?.line
      if (line) draft = line.state === 'entered' ? { ...line.draft } : newDraft()
      else draft = left ?? newDraft()
    },
    /** Tries again to bring to the table what it does not have. */
    again: () => sendAll(),
  }
}
