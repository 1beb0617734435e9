// Which key decides what, and which press decides nothing.

import { expect, test } from 'vitest'
import { deedOf } from './keys'

const press = (more: Partial<Parameters<typeof deedOf>[0]>) =>
  deedOf({
    key: 's',
    code: 'KeyS',
    repeat: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    isComposing: false,
    defaultPrevented: false,
    ...more,
  })

test.each([
  ['s', 'KeyS', 'same'],
  ['S', 'KeyS', 'same'],
  ['d', 'KeyD', 'different'],
  ['u', 'KeyU', 'undecided'],
  ['z', 'KeyZ', 'undo'],
  ['z', 'KeyY', 'undo'],
  ['y', 'KeyZ', undefined],
  ['ы', 'KeyS', 'same'],
  ['ש', 'KeyA', undefined],
  ['Enter', 'Enter', undefined],
  ['Unidentified', 'KeyS', undefined],
  ['1', 'Digit1', undefined],
])('%s on %s', (key, code, deed) => {
  expect(press({ key, code })).toBe(deed)
})

test.each(['repeat', 'ctrlKey', 'altKey', 'metaKey', 'isComposing', 'defaultPrevented'] as const)(
  'nothing with %s',
  (held) => {
    expect(press({ [held]: true })).toBeUndefined()
  },
)
