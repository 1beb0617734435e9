// How far a code is: what is over or revoked is never said to wait.

import { expect, test } from 'vitest'
import type { KitRow } from '../../bindings/KitRow'
import { codeState, isOpen, type CodeState } from './codeState'

const NOW = 1_000

function check(code: Partial<NonNullable<KitRow['code']>> | null, revoked: boolean, state: CodeState | null) {
  const whole = code && { until: NOW + 1, deposited: false, claimed_at: null, ...code }
  const kit: KitRow = { kit: 'k', label: 'K', max_tables: 1, tables: 0, until: NOW + 99, revoked, code: whole }
  expect(codeState(kit, NOW)).toBe(state)
}

test('each state of a code is told by what is known of it', () => {
  check(null, false, null)
  check({}, false, 'toSend')
  check({ deposited: true }, false, 'waits')
  check({ deposited: true, until: NOW }, false, 'expired')
  check({ until: NOW }, false, 'expired')
  check({ deposited: true }, true, 'revoked')
  check({ claimed_at: 5 }, false, 'used')
  check({ claimed_at: 5, until: NOW }, true, 'used')
})

test('the endpoint is asked of codes that may have been used since', () => {
  const open = (['toSend', 'waits', 'used', 'expired', 'revoked', null] as const).filter(isOpen)
  expect(open).toEqual(['toSend', 'waits'])
})
