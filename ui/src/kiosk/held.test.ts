// A key that is held.

import { expect, test } from 'vitest'
import { writes } from './held'

test.each(['a', 'é', 'ሀ', ' ', 'Enter', 'Backspace', 'Delete', 'Tab'])('%s is heard once', (key) => {
  expect(writes(key)).toBe(true)
})

test.each(['ArrowDown', 'PageUp', 'Home', 'Shift'])('%s goes on while it is held', (key) => {
  expect(writes(key)).toBe(false)
})
