// The way of two switches over a screen: round each level, into groups and out of them, and on after the screen has changed.

import { expect, test } from 'vitest'
import { at, AT_ONCE, find, first, group, into, next, pressed, type Part, type Way } from './scan'

const press = (name: string): Part<string> => ({ press: name })
const row = (letters: string) => group(Array.from(letters, press))
const keyboard = group([
  group([row('1234567890<'), row('qwertyuiop'), row('asdfghjkl'), row('^zxcvbnm')]),
  row('#@._->'),
])!

/** A person with two switches. */
class Person {
  way: Way
  constructor(readonly root: Part<string>) {
    this.way = first(root)
  }
  next() {
    this.way = next(this.root, this.way)
  }
  choose(): string | undefined {
    const here = at(this.root, this.way)
    if (here !== undefined && here !== 'out' && 'press' in here) return here.press
    this.way = into(this.root, this.way)
    return undefined
  }
  /** The presses that reach something, as somebody finds it who sees what is outlined. */
  reach(wanted: string): number {
    for (let presses = 1; presses < 100; presses += 1) {
      const here = at(this.root, this.way)
      if (here === undefined || here === 'out' || !pressed(here).includes(wanted)) this.next()
      else if (this.choose() === wanted) return presses
    }
    throw new Error(`${wanted} is not reached`)
  }
}

test('the rows of a keyboard are gone through first, then a group of a row, then a key', () => {
  expect('parts' in keyboard && keyboard.parts.map((part) => pressed(part).join(''))).toEqual([
    '1234567890<',
    'qwertyuiop',
    'asdfghjkl',
    '^zxcvbnm',
    '#@._->',
  ])
  const person = new Person(keyboard)
  person.next()
  person.choose()
  expect(pressed(at(keyboard, person.way) as Part<string>).join('')).toBe('qwer')
  person.choose()
  person.next()
  expect(person.choose()).toBe('w')
})

test('every key of a keyboard and every country of a long list is reached in few presses', () => {
  for (const key of pressed(keyboard)) expect(new Person(keyboard).reach(key)).toBeLessThanOrEqual(14)
  const countries = group(Array.from({ length: 250 }, (_, place) => press(`c${place}`)))!
  for (const country of pressed(countries)) expect(new Person(countries).reach(country)).toBeLessThanOrEqual(20)
})

test('no level has more to go through than can be kept in mind, and none has a single part', () => {
  const look = (part: Part<string>) => {
    if ('press' in part) return
    expect(part.parts.length).toBeGreaterThan(1)
    expect(part.parts.length).toBeLessThanOrEqual(AT_ONCE)
    part.parts.forEach(look)
  }
  for (let count = 2; count < 400; count += 1)
    look(group(Array.from({ length: count }, (_, place) => press(`${place}`)))!)
  look(keyboard)
})

test('behind the last part of a group is the way out of it, which leads back to the group', () => {
  const person = new Person(keyboard)
  person.choose()
  for (let group = 0; group < 3; group += 1) person.next()
  expect(at(keyboard, person.way)).toBe('out')
  expect(person.choose()).toBeUndefined()
  expect(person.way).toEqual([0])
  // At the top there is nothing to go out to.
  for (let turn = 0; turn < 5; turn += 1) person.next()
  expect(person.way).toEqual([0])
})

test('a level with nothing to choose between is not there', () => {
  expect(group<string>([])).toBeUndefined()
  expect(group([undefined, group([press('only')])])).toEqual(press('only'))
  expect(group([group([press('a'), press('b')]), press('c')])).toEqual({ parts: ['a', 'b', 'c'].map(press) })
  const alone = new Person(press('only'))
  alone.next()
  expect(alone.choose()).toBe('only')
})

test('on a screen that has changed, the same thing is found again, or the beginning', () => {
  const before = group('abcdefgh'.split('').map(press))!
  const after = group('xabcdefgh'.split('').map(press))!
  const way = find(before, ['f'])!
  expect(at(before, way)).toEqual(press('f'))
  expect(at(after, find(after, ['f'])!)).toEqual(press('f'))
  expect(find(after, ['gone'])).toBeUndefined()
  expect(at(after, [7, 1])).toBeUndefined()
  expect(next(after, [7, 1])).toEqual([0])
  expect(into(after, [7, 1])).toEqual([0])
})
