// Two switches at the kiosk: what is outlined now, and what choosing it does.

import { tick } from 'svelte'
import { at, find, first, into, next, pressed, type Part, type Way } from './scan'
import { isScrolled, isText, reachable, readOn, scope, type Stop } from './stops'

/** The keys that the usual switch interfaces send. */
const NEXT = [' ', 'Tab', '1']
const CHOOSE = ['Enter', '2']

export interface Outlined {
  /** The dialog, or the page, that it is in. */
  front: HTMLElement
  stops: Stop[]
  /** Choosing it leads out of the group that is outlined. */
  out: boolean
  /** Choosing it reads on. */
  scrolls: boolean
}

export type Scanning = ReturnType<typeof scanning>

/** Scanning, while it is on. `list` shows the choices of a list, which the web view's own menu would hide from the switches. */
export function scanning(list: (of: HTMLSelectElement) => void) {
  let front: HTMLElement | undefined
  let root: Part<Stop> | undefined
  let way: Way = []
  let outlined = $state.raw<Outlined | null>(null)
  /** The switch that is down. It acts as it is let go, and once. */
  let down: string | undefined

  const here = () => (root ? at(root, way) : undefined)
  const stopsAt = (part: Part<Stop> | 'out' | undefined) => (part && part !== 'out' ? pressed(part) : [])

  /** The screen as it is now. What was outlined stays so, as long as it is there. */
  function look() {
    const [before, wasOut] = [stopsAt(here()), here() === 'out']
    const then = way
    const nowFront = scope()
    const isSame = nowFront === front
    front = nowFront
    root = reachable(front)
    if (!root) return show()
    const part = isSame ? at(root, then) : undefined
    const now = stopsAt(part)
    const stands =
      part === 'out' ? wasOut : now.length === before.length && now.every((stop, place) => stop === before[place])
    if (!isSame) way = first(root)
    else if (part === undefined || !stands) way = find(root, before) ?? find(root, before.slice(0, 1)) ?? first(root)
    show()
  }

  function show() {
    const part = here()
    const out = part === 'out'
    const stops = out && root ? stopsAt(at(root, way.slice(0, -1))) : stopsAt(part)
    const before = outlined
    // The same thing is not outlined anew: whoever hears what is outlined hears it once.
    const isSame = before?.front === front && before?.out === out && before.stops.length === stops.length
    if (isSame && stops.every((stop, place) => stop === before.stops[place])) return
    const scrolls = stops.length === 1 && isScrolled(stops[0]!)
    outlined = front && stops.length > 0 ? { front, stops, out, scrolls } : null
  }

  function bringIntoSight() {
    const [first] = outlined?.stops ?? []
    if (first && !isScrolled(first)) first.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  function onward() {
    look()
    if (root) way = next(root, way)
    show()
    bringIntoSight()
  }

  async function choose() {
    look()
    const part = here()
    if (!root || part === undefined) return
    if (part === 'out' || 'parts' in part) {
      way = into(root, way)
      show()
      return bringIntoSight()
    }
    const stop = part.press
    const keyboard = stop.closest('.keyboard')
    if (isScrolled(stop)) readOn(stop)
    else if (stop instanceof HTMLSelectElement) list(stop)
    else if (isText(stop)) stop.focus()
    else {
      // A key leaves the focus in the field.
      if (!keyboard) stop.focus({ preventScroll: true })
      stop.click()
    }
    await tick()
    look()
    const keys = document.querySelector<HTMLElement>('.keyboard')
    if (keys && front === document.body && (keyboard || isText(stop))) startAt(keys)
  }

  /** At the first row of the keyboard: for the first letter, and for the next one after each. */
  function startAt(element: HTMLElement) {
    const inside = root ? pressed(root).filter((stop) => element.contains(stop)) : []
    const found = root && find(root, inside)
    if (!root || !found) return
    const group = at(root, found)
    way = group && group !== 'out' && 'parts' in group ? [...found, 0] : found
    show()
  }

  return {
    get outlined() {
      return outlined
    },
    look,
    /** A key went down: a switch is heard by nobody else. */
    onkeydown(event: KeyboardEvent) {
      if (![...NEXT, ...CHOOSE].includes(event.key) || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      event.stopPropagation()
      if (!event.repeat) down = event.key
    },
    onkeyup(event: KeyboardEvent) {
      if (event.key !== down) return
      event.preventDefault()
      event.stopPropagation()
      down = undefined
      if (NEXT.includes(event.key)) onward()
      else void choose()
    },
  }
}
