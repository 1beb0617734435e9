// A try of the PIN, or of the code that resets it: a wrong one is said once, and makes the next wait.

import { onDestroy } from 'svelte'
import { act } from '../act.svelte'
import type { PinOutcome } from '../bindings/PinOutcome'
import type { Messages } from '../words/messages'

export interface PinTryOptions {
  m: () => Messages<'kiosk'>
  send: () => Promise<PinOutcome>
  /** It was right. */
  opened: () => void
}

export function pinTry({ m, send, opened }: PinTryOptions) {
  let wrong = $state(false)
  let wait = $state(0)
  let told = $state('')
  let timer: number | undefined

  const refusal = () => (wait > 0 ? m()('pinWrong', { seconds: wait }) : m()('pinWrongAgain'))

  const trying = act(async () => {
    // What is wrong again is said again.
    wrong = false
    told = ''
    const outcome = await send()
    if (outcome.outcome === 'opened') return opened()
    wrong = true
    startWaiting(outcome.wait_seconds)
    told = refusal()
  })

  function startWaiting(seconds: number) {
    window.clearInterval(timer)
    wait = seconds
    timer = window.setInterval(() => {
      wait = Math.max(0, wait - 1)
      if (wait === 0) window.clearInterval(timer)
    }, 1000)
  }

  onDestroy(() => window.clearInterval(timer))

  return {
    get busy() {
      return trying.busy
    },
    get failure() {
      return trying.failure
    },
    /** Seconds until the next try counts. */
    get wait() {
      return wait
    },
    /** Said once for each refusal, and not again with each second of the wait. */
    get told() {
      return told
    },
    /** What was wrong with the last one, with what is left of the wait. */
    get error() {
      return wrong ? refusal() : undefined
    },
    run() {
      if (wait === 0) void trying.run()
    },
    /** Forgets what was said of the last one; a wait goes on. */
    clear() {
      wrong = false
      told = ''
      trying.clear()
    },
  }
}
