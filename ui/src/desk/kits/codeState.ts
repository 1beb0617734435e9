// How far the code of a kit is, for the list of kits and for the code itself.

import type { KitRow } from '../../bindings/KitRow'

export type CodeState = 'toSend' | 'waits' | 'used' | 'expired' | 'revoked'

/** How far the code of a kit is at a time, Unix seconds; null where the kit has none. */
export function codeState({ code, revoked }: KitRow, now: number): CodeState | null {
  if (code === null) return null
  if (code.claimed_at !== null) return 'used'
  if (revoked) return 'revoked'
  if (code.until <= now) return 'expired'
  return code.deposited ? 'waits' : 'toSend'
}

/** Whether the endpoint may know more of it than is known here. */
export const isOpen = (state: CodeState | null): boolean => state === 'waits' || state === 'toSend'
