// A form: what is wrong with it is said once it is sent, at its fields; what is right is done once at a time.

import { act } from '../act.svelte'

/** What is to be looked at, and the id of the field that it is about. */
export interface Fault {
  target: string
  words: string
}

export interface FormOptions {
  /** What is wrong with the form as it is now. */
  check: () => (Fault | false)[]
  /** What goes as it is sent again: what was said of the time before. */
  begin?: () => void
  /** What is done with it once nothing is wrong. */
  send: () => Promise<unknown>
  /** The fault that a failure is, where it is about one field. */
  faultOf?: (failure: unknown) => Fault | undefined
}

export type Form = ReturnType<typeof form>

export function form({ check, begin, send, faultOf }: FormOptions) {
  /** What was wrong as it was sent. */
  let found = $state.raw<Fault[]>([])
  /** What the answer said of a field. */
  let refused = $state.raw<Fault | undefined>()
  let tries = $state(0)
  const now = () => check().filter((fault) => fault !== false)
  const same = (a: Fault) => (b: Fault) => a.target === b.target && a.words === b.words
  // What was mended is no longer pointed at; what is not yet typed is not complained about.
  const faults = $derived(refused ? [refused] : found.filter((fault) => now().some(same(fault))))
  const action = act(async () => {
    try {
      await send()
    } catch (failure) {
      refused = faultOf?.(failure)
      if (!refused) throw failure
      tries += 1
    }
  })
  return {
    get faults() {
      return faults
    },
    /** Counts the tries, so that each new summary takes the focus. */
    get tries() {
      return tries
    },
    get busy() {
      return action.busy
    },
    get failure() {
      return action.failure
    },
    /** What is wrong with a field. */
    errorOf: (...targets: string[]) => faults.find((fault) => targets.includes(fault.target))?.words,
    /** Forgets what was said of the last try. */
    clear() {
      found = []
      refused = undefined
      action.clear()
    },
    async submit(event: SubmitEvent) {
      event.preventDefault()
      if (action.busy) return
      begin?.()
      action.clear()
      refused = undefined
      found = now()
      tries += 1
      if (found.length === 0) await action.run()
    },
  }
}
