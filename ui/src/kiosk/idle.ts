// A person who has gone: after a while without input a countdown runs, and then everything is wiped.

/** Timers, so that a test can bring its own. `every` and `after` give a function that stops them. */
export interface Timers {
  after: (milliseconds: number, run: () => void) => () => void
  every: (milliseconds: number, run: () => void) => () => void
}

export interface IdleEvents {
  /** The countdown runs, with so many seconds left. */
  countdown: (secondsLeft: number) => void
  /** The countdown is over. */
  gone: () => void
}

export const QUIET_SECONDS = 60
export const COUNTDOWN_SECONDS = 15
/** Another window, or none, has the focus for so long: nobody is looking at the kiosk. */
export const AWAY_SECONDS = 20

export const windowTimers: Timers = {
  after: (milliseconds, run) => {
    const timer = window.setTimeout(run, milliseconds)
    return () => window.clearTimeout(timer)
  },
  every: (milliseconds, run) => {
    const timer = window.setInterval(run, milliseconds)
    return () => window.clearInterval(timer)
  },
}

export class Idle {
  #stopTimer = () => {}
  #counting = false
  readonly #events: IdleEvents
  readonly #timers: Timers

  constructor(events: IdleEvents, timers: Timers = windowTimers) {
    this.#events = events
    this.#timers = timers
  }

  /** There was input. It does not stop a countdown: the next person's tap must not bring back what they may not see. */
  touch(): void {
    if (!this.#counting) this.restart()
  }

  /** Someone said that they are there, or a new visit begins. */
  restart(): void {
    this.stop()
    this.#stopTimer = this.#timers.after(QUIET_SECONDS * 1000, () => this.#count())
  }

  stop(): void {
    this.#stopTimer()
    this.#stopTimer = () => {}
    this.#counting = false
  }

  #count(): void {
    this.#counting = true
    let left = COUNTDOWN_SECONDS
    this.#events.countdown(left)
    this.#stopTimer = this.#timers.every(1000, () => {
      left -= 1
      if (left > 0) return this.#events.countdown(left)
      this.stop()
      this.#events.gone()
    })
  }
}
