// An action of a button or a form: it runs once at a time, and keeps why it failed until it is tried again.

export interface Act<Given extends unknown[] = []> {
  readonly busy: boolean
  /** What it was rejected with the last time; null where it was not. */
  readonly failure: unknown
  /** Runs it, unless it is running. It never rejects. */
  run: (...given: Given) => Promise<void>
  /** Forgets the failure. */
  clear: () => void
}

/** The action that does this work. */
export function act<Given extends unknown[] = []>(work: (...given: Given) => Promise<unknown>): Act<Given> {
  let busy = $state(false)
  let failure = $state.raw<unknown>(null)
  return {
    get busy() {
      return busy
    },
    get failure() {
      return failure
    },
    async run(...given) {
      if (busy) return
      busy = true
      failure = null
      try {
        await work(...given)
      } catch (error) {
        failure = error
      } finally {
        busy = false
      }
    },
    clear() {
      failure = null
    },
  }
}
