// An action runs once at a time, and keeps why it failed.

import { expect, test } from 'vitest'
import { act } from './act.svelte'

test('an action that runs is not begun again', async () => {
  let begun = 0
  let end = () => {}
  const work = act(() => {
    begun += 1
    return new Promise<void>((resolve) => (end = resolve))
  })
  const first = work.run()
  await work.run()
  expect([work.busy, begun]).toEqual([true, 1])
  end()
  await first
  expect(work.busy).toBe(false)
  const second = work.run()
  end()
  await second
  expect(begun).toBe(2)
})

test('why it failed is kept until it is tried again', async () => {
  const why = { code: 'table/disk', detail: '' }
  let fails = true
  const work = act(async () => {
    if (fails) throw why
  })
  await work.run()
  expect([work.failure, work.busy]).toEqual([why, false])
  fails = false
  await work.run()
  expect(work.failure).toBe(null)
})
