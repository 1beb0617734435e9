// How a key is touched: it leaves the focus in the field, changes at once, and acts once, when it is let go.

import type { TextTarget } from './typing'

export type Touch = ReturnType<typeof touching>

/** The touches of a keyboard that types into `target`. */
export function touching(target: () => TextTarget | null) {
  let pressed = $state('')

  return {
    /** The id of the key under the finger. */
    get pressed() {
      return pressed
    },
    /** What a key does as it is let go, however long it was held: whoever is slow to lift a finger writes one letter, and whoever
        slides off writes none (VVSG 2.0, 7.2-H and 7.2-M). */
    on(id: string, act: () => void) {
      const up = () => {
        if (pressed === id) pressed = ''
      }
      return {
        onpointerdown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
          event.preventDefault()
          if (event.button !== 0) return
          // So that a finger that slides off is noticed.
          const key = event.currentTarget
          if (key.hasPointerCapture(event.pointerId)) key.releasePointerCapture(event.pointerId)
          pressed = id
          // On to the next field goes from where the focus is, also where that is a list.
          if (id !== 'next' && document.activeElement !== target()) target()?.focus()
        },
        onpointerup: up,
        onpointercancel: up,
        onpointerleave: up,
        onmousedown: (event: Event) => event.preventDefault(),
        // A screen reader or a switch presses without a pointer.
        onclick: act,
      }
    },
  }
}
