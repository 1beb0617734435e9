// How a key is touched: it leaves the focus in the field, and acts at once.

import type { TextTarget } from './typing'

const REPEAT_AFTER = 450
const REPEAT_EVERY = 80

export type Touch = ReturnType<typeof touching>

/** The touches of a keyboard that types into `target`. */
export function touching(target: () => TextTarget | null) {
  let pressed = $state('')
  let repeating: number | undefined
  let viaPointer = false

  function stopRepeating() {
    window.clearTimeout(repeating)
    window.clearInterval(repeating)
  }

  return {
    /** The id of the key under the finger. */
    get pressed() {
      return pressed
    },
    stopRepeating,
    /** Does it now, and again while the finger stays. */
    repeat(act: () => void) {
      act()
      stopRepeating()
      repeating = window.setTimeout(() => (repeating = window.setInterval(act, REPEAT_EVERY)), REPEAT_AFTER)
    },
    /**
     * What every key does as it is touched. Only what may put the keyboard away waits for the finger to be lifted, which would else
     * come down on the button that is under it.
     */
    on(id: string, act: () => void, down: (() => void) | null = act) {
      const up = () => {
        stopRepeating()
        if (pressed === id) pressed = ''
      }
      return {
        onpointerdown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
          event.preventDefault()
          if (event.button !== 0) return
          // So that a finger that slides off is noticed.
          const key = event.currentTarget
          if (key.hasPointerCapture(event.pointerId)) key.releasePointerCapture(event.pointerId)
          viaPointer = true
          pressed = id
          if (document.activeElement !== target()) target()?.focus()
          down?.()
        },
        onpointerup: up,
        onpointercancel: up,
        onpointerleave: up,
        onmousedown: (event: Event) => event.preventDefault(),
        // A screen reader or a switch presses without a pointer.
        onclick: (event: MouseEvent) => {
          if (!down || (event.detail === 0 && !viaPointer)) act()
          viaPointer = false
        },
      }
    },
  }
}
