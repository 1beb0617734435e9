// A form complains once it is sent, of what is still wrong; and sends once.

import { expect, test } from 'vitest'
import { form } from './form.svelte'

const submit = () => ({ preventDefault() {} }) as SubmitEvent

test('nothing is sent while something is wrong, and a mended field is no longer pointed at', async () => {
  const typed = { name: '' }
  let sent = 0
  const it = form({
    check: () => [typed.name === '' && { target: 'name', words: 'Give a name' }],
    send: async () => (sent += 1),
  })
  expect(it.errorOf('name')).toBeUndefined()
  await it.submit(submit())
  expect([it.errorOf('name'), sent]).toEqual(['Give a name', 0])
  typed.name = 'Cedar'
  await it.submit(submit())
  expect([it.errorOf('name'), sent]).toEqual([undefined, 1])
})

test('a refusal about a field is said there, any other as a failure', async () => {
  let code = 'desk/kit-days'
  const it = form({
    check: () => [],
    send: () => Promise.reject(new Error(code)),
    faultOf: (failure) =>
      (failure as Error).message === 'desk/kit-days' ? { target: 'days', words: '1 to 366' } : undefined,
  })
  await it.submit(submit())
  expect([it.errorOf('days'), it.failure]).toEqual(['1 to 366', null])
  code = 'desk/disk'
  await it.submit(submit())
  expect([it.errorOf('days'), it.failure]).toEqual([undefined, new Error('desk/disk')])
})
