// Fingers, as touch events tell of them. WebKitGTK tells by these alone; other web views tell of them as pointers as well, and first.

import { on } from 'svelte/events'
import type { Touching } from './contacts'

/** A finger: a contact whose place is still the page's. */
export type Finger = Omit<Touching, 'points'> & { clientX: number; clientY: number }

/** Hears fingers that came down on a box; `after` is called once for all that one event tells. */
export function hearFingers(act: (what: 'down' | 'move' | 'up' | 'cancel', finger: Finger) => void, after: () => void) {
  return (box: HTMLElement) => {
    const hear = (name: 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel', what: Parameters<typeof act>[0]) =>
      on(
        box,
        name,
        (event) => {
          // No scrolling, and no mouse that stands for the finger.
          event.preventDefault()
          for (const touch of event.changedTouches) {
            if (box.contains(touch.target as Node)) act(what, fingerOf(event, touch))
          }
          after()
        },
        { passive: false },
      )
    const stops = [
      hear('touchstart', 'down'),
      hear('touchmove', 'move'),
      hear('touchend', 'up'),
      hear('touchcancel', 'cancel'),
    ]
    return () => stops.forEach((stop) => stop())
  }
}

function fingerOf(event: TouchEvent, { identifier, radiusX, radiusY, clientX, clientY }: Touch): Finger {
  return {
    // Beside the ids of pointers.
    id: -1 - identifier,
    kind: 'touch',
    at: event.timeStamp,
    breadth: 2 * Math.max(radiusX, radiusY),
    clientX,
    clientY,
  }
}
