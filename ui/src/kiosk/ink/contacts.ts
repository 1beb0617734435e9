// Who draws: of all that touches the box, the pen, the mouse or the finger, and never the hand that rests beside it.

import type { Point } from '../../bindings/Point'
import { Stroke } from './drawing'

/** What a pointer event says. */
export interface Touching {
  id: number
  kind: 'mouse' | 'pen' | 'touch'
  /** In milliseconds, of any clock that goes on evenly. */
  at: number
  /** In pixels of the page, as the device tells it: 1 or less where it does not know. */
  breadth: number
  /** Where it is, and where it was since the event before. */
  points: Point[]
}

/** In units of the box: a finger that lies still trembles by less. */
const STILL = 25
/** In pixels of the page: no fingertip is as broad. */
const BROAD = 90
/** A dot is set in less time than this; a hand rests longer. */
const DOT_MS = 600
/** A hand comes down with its pen, a little before it, and lies there a little longer. */
const WITH_PEN_MS = 700
/** A web view may tell of a tap once more, as of a mouse in the same place, within this time. */
const TOLD_AGAIN_MS = 700
/** What says nothing for so long rests, or was lifted unseen. */
const SILENT_MS = 4000
/** More fingers than anybody has: then the oldest were lifted unseen. */
const TOUCHES_MAX = 10

interface Contact {
  id: number
  since: number
  lastSeen: number
  stroke: Stroke
  /** Where it was last known to have moved to, and how far it has come. */
  anchor: Point
  travelled: number
  /** Another touch was there with it. */
  accompanied: boolean
}

/**
 * Contacts, from down to up. A pen and a mouse are held to draw: they do so at once, and while one of them does, no touch counts.
 * A touch may be a hand:
 * - one that lies still draws nothing. Of several, the one that has come farthest draws; once it is lifted, those that were there
 *   with it are known as hands, and draw no more. So the hand need not be recognised before the finger comes.
 * - a short tap, alone, is a dot. A finger that dots an i is lifted at once; a hand stays, or comes down in several places.
 * What is cancelled was taken away by the system, which knows hands as well: it leaves nothing. Nothing waits for a contact
 * that is gone: whoever comes next draws.
 */
export class Contacts {
  #held: Contact | undefined
  readonly #touches = new Map<number, Contact>()
  #penSeen = -Infinity
  #lifted: { at: number; point: Point } | undefined
  readonly #ended: (stroke: Stroke) => void

  constructor(ended: (stroke: Stroke) => void) {
    this.#ended = ended
  }

  /** The stroke that is being drawn. */
  get current(): Stroke | undefined {
    return (this.#held ?? this.#farthest())?.stroke
  }

  down(touching: Touching) {
    const contact = contactOf(touching)
    const { kind, at } = touching
    if (!contact || (kind === 'mouse' && this.#isToldAgain(contact))) return
    this.#seen(touching)
    if (kind === 'touch') return this.#touch(contact, touching)
    this.#release()
    const drawing = this.#farthest()
    this.#touches.clear()
    if (drawing && at - drawing.since > WITH_PEN_MS) this.#ended(drawing.stroke)
    this.#held = contact
  }

  move(touching: Touching) {
    this.#seen(touching)
    const contact = this.#find(touching)
    if (!contact) return
    if (touching.kind === 'touch' && touching.breadth > BROAD) {
      this.#touches.delete(touching.id)
      return
    }
    contact.lastSeen = touching.at
    for (const point of touching.points) {
      contact.stroke.add(point)
      const way = Math.hypot(point.x - contact.anchor.x, point.y - contact.anchor.y)
      if (way < STILL) continue
      contact.travelled += way
      contact.anchor = point
    }
  }

  up(touching: Touching) {
    this.#seen(touching)
    const [point] = touching.points
    if (touching.kind === 'touch' && point) this.#lifted = { at: touching.at, point }
    const contact = this.#find(touching)
    if (!contact) return
    if (contact === this.#held) return this.#release()
    const draws = contact === this.#farthest()
    this.#touches.delete(touching.id)
    if (draws) this.#touches.clear()
    const isDot = contact.travelled === 0 && !contact.accompanied && touching.at - contact.since <= DOT_MS
    if (draws || isDot) this.#ended(contact.stroke)
  }

  cancel(id: number) {
    if (this.#held?.id === id) this.#leave()
    this.#touches.delete(id)
  }

  cancelAll() {
    this.#leave()
    this.#touches.clear()
  }

  #touch(contact: Contact, { at, breadth }: Touching) {
    if (this.#held && at - this.#held.lastSeen > SILENT_MS) this.#release()
    for (const [id, other] of this.#touches) {
      if (id === contact.id || at - other.lastSeen > SILENT_MS) this.#touches.delete(id)
    }
    if (this.#held || at - this.#penSeen < WITH_PEN_MS || breadth > BROAD) return
    const [oldest] = this.#touches.keys()
    if (oldest !== undefined && this.#touches.size >= TOUCHES_MAX) this.#touches.delete(oldest)
    for (const other of this.#touches.values()) other.accompanied = contact.accompanied = true
    this.#touches.set(contact.id, contact)
  }

  #isToldAgain({ since, anchor }: Contact): boolean {
    const lifted = this.#lifted
    if (!lifted || since - lifted.at > TOLD_AGAIN_MS) return false
    return Math.hypot(anchor.x - lifted.point.x, anchor.y - lifted.point.y) < STILL
  }

  /** A pen is seen before it touches, too. */
  #seen({ kind, at }: Touching) {
    if (kind === 'pen') this.#penSeen = at
  }

  /** The pen or the mouse is lifted. */
  #release() {
    const held = this.#held
    this.#held = undefined
    if (held) this.#ended(held.stroke)
  }

  /** The pen or the mouse is gone, as if it had never been there. */
  #leave() {
    this.#held = undefined
    this.#penSeen = -Infinity
  }

  #find({ id }: Touching): Contact | undefined {
    return this.#held?.id === id ? this.#held : this.#touches.get(id)
  }

  /** The touch that draws. */
  #farthest(): Contact | undefined {
    let farthest: Contact | undefined
    for (const contact of this.#touches.values()) {
      if (contact.travelled > (farthest?.travelled ?? 0)) farthest = contact
    }
    return farthest
  }
}

function contactOf({ id, at, points }: Touching): Contact | undefined {
  const anchor = points[0]
  if (!anchor) return undefined
  return { id, since: at, lastSeen: at, stroke: new Stroke(points), anchor, travelled: 0, accompanied: false }
}
