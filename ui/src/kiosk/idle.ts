// A person who has gone: after a while without input a countdown runs, and then everything is wiped. Time is the wall's, so that
// a computer that slept wipes as it wakes.

/** Clocks in milliseconds, and a timer, so that a test can bring its own. `every` gives a function that stops it. */
export interface Clock {
  /** The time of day. It goes on while the computer sleeps, and somebody may set it. */
  wall: () => number
  /** Nobody can set it, and it may stand still while the computer sleeps. */
  steady: () => number
  every: (milliseconds: number, run: () => void) => () => void
}

export interface IdleEvents {
  /** The countdown runs, with so many seconds left. */
  countdown: (secondsLeft: number) => void
  /** The person has gone. */
  gone: () => void
}

export const QUIET_SECONDS = 90
export const COUNTDOWN_SECONDS = 30
/** Another window, or none, has the focus for so long: nobody is looking at the kiosk. */
export const AWAY_SECONDS = 20

const TICK = 1000

export const windowClock: Clock = {
  wall: () => Date.now(),
  steady: () => performance.now(),
  every: (milliseconds, run) => {
    const timer = window.setInterval(run, milliseconds)
    return () => window.clearInterval(timer)
  },
}

interface Moment {
  wall: number
  steady: number
}

export class Idle {
  #stopTicking = () => {}
  #input: Moment
  #away: Moment | null = null
  #counting = false
  readonly #events: IdleEvents
  readonly #clock: Clock

  constructor(events: IdleEvents, clock: Clock = windowClock) {
    this.#events = events
    this.#clock = clock
    this.#input = this.#now()
  }

  /** There was input. It does not stop a countdown: the next person's tap must not bring back what they may not see. Nor does
      the tap that wakes a computer which slept through it. */
  touch(): void {
    this.#look()
    if (!this.#counting) this.#input = this.#now()
  }

  /** Someone said that they are there, or a new visit begins. */
  restart(): void {
    this.stop()
    this.#input = this.#now()
    this.#stopTicking = this.#clock.every(TICK, () => this.#look())
  }

  /** Another window has the focus. */
  leave(): void {
    this.#away ??= this.#now()
  }

  /** The kiosk has it again. */
  come(): void {
    this.#look()
    this.#away = null
  }

  stop(): void {
    this.#stopTicking()
    this.#stopTicking = () => {}
    this.#away = null
    this.#counting = false
  }

  #look(): void {
    const left = QUIET_SECONDS + COUNTDOWN_SECONDS - this.#secondsSince(this.#input)
    const isAway = this.#away !== null && this.#secondsSince(this.#away) >= AWAY_SECONDS
    if (left <= 0 || isAway) {
      this.stop()
      this.#events.gone()
    } else if (left <= COUNTDOWN_SECONDS) {
      this.#counting = true
      this.#events.countdown(Math.ceil(left))
    }
  }

  #now(): Moment {
    return { wall: this.#clock.wall(), steady: this.#clock.steady() }
  }

  /** By the clock on which more time went by: each may miss some. */
  #secondsSince(then: Moment): number {
    const now = this.#now()
    return Math.max(now.wall - then.wall, now.steady - then.steady) / 1000
  }
}
