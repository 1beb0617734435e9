// Whether something is being pressed. What moves under a finger that is down takes its tap away.

let pressed = false
const waiting: (() => void)[] = []

const down = () => (pressed = true)
const up = () => {
  pressed = false
  // The click comes after the finger is up.
  setTimeout(() => {
    if (pressed) return
    for (const go of waiting.splice(0)) go()
  })
}
addEventListener('pointerdown', down, true)
addEventListener('pointerup', up, true)
addEventListener('pointercancel', up, true)

/** Resolves once nothing is pressed: before anything on the page changes its place. */
export function released(): Promise<void> {
  return pressed ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()
}
