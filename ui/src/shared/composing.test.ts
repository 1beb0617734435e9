// Enter that ends a composition only ends it; the next one is the form's.

import { describe, expect, test } from 'vitest'
import { ownKeys } from './composing'

function field() {
  const element = new EventTarget()
  const struck: string[] = []
  const detach = ownKeys((event) => struck.push(event.key))(element)
  const tell = (type: string, more: object = {}) => element.dispatchEvent(Object.assign(new Event(type), more))
  const press = (key: string, more: object = {}) => tell('keydown', { key, keyCode: 13, isComposing: false, ...more })
  return { struck, tell, press, detach }
}

describe('Enter that ends a composition', () => {
  test.each([
    ['is told while it is composed', { isComposing: true, keyCode: 229 }],
    ['is told as a key of the input method', { keyCode: 229 }],
    ['is told as a plain key', {}],
  ])('%s: it is nobody else’s', (_how, more) => {
    const { struck, tell, press } = field()
    tell('compositionstart')
    tell('compositionend')
    press('Enter', more)
    tell('keyup', { key: 'Enter' })
    expect(struck).toEqual([])
    press('Enter')
    expect(struck).toEqual(['Enter'])
  })

  test('that is told before the end of it', () => {
    const { struck, tell, press } = field()
    tell('compositionstart')
    press('Enter', { isComposing: true, keyCode: 229 })
    tell('compositionend')
    tell('keyup', { key: 'Enter' })
    press('Enter')
    expect(struck).toEqual(['Enter'])
  })
})

test.each(['keyup', 'pointerdown', 'focusout'])(
  'a composition that ended otherwise keeps no Enter back: %s',
  (type) => {
    const { struck, tell, press } = field()
    tell('compositionend')
    tell(type)
    press('Enter')
    expect(struck).toEqual(['Enter'])
  },
)

test('other keys go on at once, and none once it is detached', () => {
  const { struck, tell, press, detach } = field()
  tell('compositionend')
  press('Tab')
  detach()
  press('Tab')
  expect(struck).toEqual(['Tab'])
})
