// Reading aloud, part by part. What is paused begins its sentence again; nothing is timed.

/** A sentence or so, and what it stands for on the screen. */
export interface Spoken {
  text: string
  /** BCP 47. */
  lang: string
  element: Element
}

export interface Voice {
  /** Says it, and answers whether all of it was said. Rejects where it cannot be. */
  say: (text: string, lang: string, speed: number) => Promise<boolean>
  hush: () => void
}

/** In per cent. */
export const SPEEDS = [50, 75, 100, 125, 150, 175, 200]

export type Reader = ReturnType<typeof reader>

/** A reader with this voice. `reading` hears of each part as it begins. */
export function reader(voice: Voice, reading: (part: Spoken) => void = () => {}) {
  let parts: Spoken[] = []
  let place = 0
  let speed = $state(100)
  let isReading = $state(false)
  let now = $state.raw<Spoken | null>(null)
  let failed = $state(false)
  /** Counts what was asked for: an answer to what was asked before leads nowhere. */
  let asked = 0

  async function go() {
    const mine = ++asked
    isReading = true
    while (place < parts.length) {
      const part = parts[place]!
      now = part
      reading(part)
      try {
        failed = false
        const all = await voice.say(part.text, part.lang, speed)
        if (mine !== asked) return
        if (!all) break
      } catch {
        if (mine !== asked) return
        failed = true
      }
      place += 1
    }
    isReading = false
    now = null
  }

  function pause() {
    asked += 1
    isReading = false
    now = null
    voice.hush()
  }

  function move(to: number) {
    if (parts.length === 0) return
    place = Math.min(Math.max(0, to), parts.length - 1)
    void go()
  }

  function turn(by: number) {
    const to = SPEEDS[SPEEDS.indexOf(speed) + by]
    if (to === undefined) return
    speed = to
    if (isReading) void go()
  }

  return {
    get isReading() {
      return isReading
    },
    /** What is being read. */
    get now() {
      return now
    },
    get speed() {
      return speed
    },
    /** The last part could not be said. */
    get failed() {
      return failed
    },
    /** Another screen: it is read from its beginning. */
    read(all: Spoken[]) {
      parts = all
      place = 0
      if (parts.length > 0) void go()
      else pause()
    },
    pause,
    /** On from where it was paused; from the beginning where all was read. */
    resume: () => move(place < parts.length ? place : 0),
    /** The part that is being read, or was last. */
    repeat: () => move(place),
    skip() {
      if (place + 1 < parts.length) move(place + 1)
      else pause()
    },
    slower: () => turn(-1),
    faster: () => turn(1),
    /** Says this instead, once; what was being read waits where it was. */
    async tell(part: Spoken) {
      const mine = ++asked
      isReading = false
      now = null
      try {
        failed = false
        await voice.say(part.text, part.lang, speed)
      } catch {
        if (mine === asked) failed = true
      }
    },
  }
}
