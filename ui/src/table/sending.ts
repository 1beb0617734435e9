// What the sender is doing, in words: what is so, and what happens next.

import type { Sending } from '../bindings/Sending'
import type { SendingState } from '../bindings/SendingState'
import { time } from '../shared/words'

export interface SendingWords {
  what: string
  /** Why, that nothing is lost, and what happens next. */
  next: string
  /** The person has to do something. */
  needsYou: boolean
}

export function sendingWords(sending: Sending, saved: number): SendingWords {
  const retry = sending.next_try_at === null ? 'It tries again by itself' : `Next try at ${time(sending.next_try_at)}`
  const words: Record<SendingState, SendingWords> = {
    no_endpoint: {
      what: 'This table sends nothing by itself.',
      next: 'Its kit names no endpoint. Signatures are safe on this laptop; hand-carry brings them to the organizer.',
      needsYou: false,
    },
    done:
      saved === 0
        ? {
            what: 'Nothing to send yet.',
            next: 'The first signature goes out by itself when there is a network.',
            needsYou: false,
          }
        : {
            what: 'Everything is received.',
            next: 'The endpoint has signed for every signature of this table. Nothing is needed from you.',
            needsYou: false,
          },
    sending: {
      what: 'Sending now.',
      next: 'Signatures stay on this laptop until the endpoint has signed for them. Nothing is needed from you.',
      needsYou: false,
    },
    no_network: {
      what: 'No network.',
      next: `Signatures are safe on this laptop. ${retry}; nothing is needed from you.`,
      needsYou: false,
    },
    not_the_endpoint: {
      what: 'This network asks for something first.',
      next: `Something else than the endpoint answers: often the login page of a Wi-Fi. Signatures are safe on this laptop. Log in to the Wi-Fi, or wait. ${retry}.`,
      needsYou: true,
    },
    other_endpoint: {
      what: 'Another endpoint answers.',
      next: `It is not the one that this table’s kit names, so nothing counts as received. Signatures are safe on this laptop. Tell the organizer. ${retry}.`,
      needsYou: true,
    },
    unknown_campaign: {
      what: 'The endpoint does not know this campaign.',
      next: `Signatures are safe on this laptop. Tell the organizer to merge at the desk: that makes it known again. ${retry}.`,
      needsYou: true,
    },
    busy: {
      what: 'The endpoint is busy.',
      next: `Signatures are safe on this laptop. ${retry}; nothing is needed from you.`,
      needsYou: false,
    },
    held: {
      what: 'The organizer must confirm this table.',
      next: 'What was sent is stored, and counts once it is confirmed. Go on collecting, and tell the organizer to look at Tables.',
      needsYou: true,
    },
    too_large: {
      what: 'A signature is too large to be sent.',
      next: `All others are sent. It is safe on this laptop; hand-carry brings it to the organizer. ${retry}.`,
      needsYou: true,
    },
    revoked: {
      what: 'The organizer has ended this table.',
      next: 'Stop collecting and call the organizer. Every signature is still on this laptop; delete nothing.',
      needsYou: true,
    },
    refused: {
      what: 'The endpoint refuses these signatures.',
      next: `They are safe on this laptop; delete nothing. Tell the organizer. ${retry}.`,
      needsYou: true,
    },
  }
  return words[sending.state]
}
