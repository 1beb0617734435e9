// What a key does while it is held: whoever is slow to lift a finger writes one letter, and presses one button.

const MOVES = /^(Arrow|Page)|^(Home|End|Shift|Control|Alt|AltGraph|Meta)$/

/** Whether a key is to be heard once, however long it is held: all but those that move about (VVSG 2.0, 7.2-M). */
export function writes(key: string): boolean {
  return !MOVES.test(key)
}
