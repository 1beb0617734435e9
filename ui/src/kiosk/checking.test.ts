// What is said of a form while it is filled in.

import { expect, test } from 'vitest'
import type { Checked } from '../bindings/Checked'
import type { Draft } from '../bindings/Draft'
import type { Problem } from '../bindings/Problem'
import { checking } from './checking.svelte'
import { blankDraft } from './draft'

const odd: Problem = { field: 'phone', code: 'phone_shape', severity: 'warning' }
const draftOf = (more: Partial<Draft>): Draft => ({ ...blankDraft(), ...more })

/** A table that answers when it is let. */
function table() {
  const answers: ((checked: Checked) => void)[] = []
  const ask = () => new Promise<Checked>((resolve) => answers.push(resolve))
  return { answers, check: checking(ask, async () => {}) }
}

test('what is kept in another form is said of what was looked at, and of nothing else', async () => {
  const { answers, check } = table()
  const draft = draftOf({ phone: '206 555 0134', country: 'US' })
  const looking = check.look(draft)
  expect(check.kept('phone', draft)).toBeUndefined()
  answers[0]!({ problems: [odd], mended: [{ field: 'phone', kept: '+1 206-555-0134' }] })
  await looking
  expect(check.kept('phone', draft)).toBe('+1 206-555-0134')
  expect(check.kept('full_name', draft)).toBeUndefined()
  expect(check.kept('phone', { ...draft, phone: '206 555 013' })).toBeUndefined()
  expect(check.kept('phone', { ...draft, country: 'CA' })).toBeUndefined()
  // Nobody is told of what they have not tried yet.
  expect(check.problems).toEqual([])
})

test('an answer that comes late says nothing any more', async () => {
  const { answers, check } = table()
  const first = check.look(draftOf({ full_name: 'Ａ' }))
  const second = check.look(draftOf({ full_name: 'Ａｄａ' }))
  answers[1]!({ problems: [], mended: [{ field: 'full_name', kept: 'Ada' }] })
  await second
  answers[0]!({ problems: [], mended: [{ field: 'full_name', kept: 'A' }] })
  await first
  expect(check.kept('full_name', draftOf({ full_name: 'Ａｄａ' }))).toBe('Ada')
})

test('what was mended is no longer pointed at, and a warning that was shown is passed', async () => {
  const { answers, check } = table()
  const draft = draftOf({ phone: '911' })
  check.told({ problems: [odd, { field: 'email', code: 'email_no_at', severity: 'error' }], mended: [] }, draft)
  const looking = check.look(draft)
  answers[0]!({ problems: [odd], mended: [] })
  await looking
  expect(check.problems).toEqual([odd])
  const passing = check.isAsShown(draft)
  answers[1]!({ problems: [odd], mended: [] })
  expect(await passing).toBe(true)
  const another = check.isAsShown(draft)
  answers[2]!({ problems: [odd, { field: 'full_name', code: 'looks_like_email', severity: 'warning' }], mended: [] })
  expect(await another).toBe(false)
})
