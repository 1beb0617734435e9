// What the sender is doing, in words: what is so, and what happens next.

import type { SendingState } from '../bindings/SendingState'
import type { SendingStatus } from '../bindings/SendingStatus'
import { table as say } from '../words/pages.svelte'

export interface SendingWords {
  what: string
  /** Why, that nothing is lost, and what happens next. */
  next: string
  /** The person has to do something. */
  needsYou: boolean
}

const NEEDS_YOU: SendingState[] = [
  'not_the_endpoint',
  'other_endpoint',
  'unknown_campaign',
  'held',
  'too_large',
  'revoked',
  'refused',
  'failed',
]

/** What the sender is doing; none where the kit names no endpoint. */
export function sendingWords(status: SendingStatus | null, saved: number): SendingWords {
  const state = status?.state ?? 'no_endpoint'
  const next_try_at = status?.next_try_at ?? null
  const words = state === 'done' && saved === 0 ? 'nothing' : state
  return {
    what: say(`sending.${words}`),
    next: say(`sending.${words}.next`, {
      retry: next_try_at === null ? 'none' : 'at',
      at: new Date((next_try_at ?? 0) * 1000),
    }),
    needsYou: status !== null && NEEDS_YOU.includes(status.state),
  }
}
