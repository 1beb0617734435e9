// Reading aloud: in order, paused and resumed, repeated, skipped, slower and faster, and never two voices at once.

import { expect, test } from 'vitest'
import { reader, SPEEDS, type Spoken } from './reader.svelte'

/** A voice that says when it is told to have said. */
class Mouth {
  said: string[] = []
  hushes = 0
  #end: ((all: boolean) => void) | undefined
  fail = ''
  voice = {
    say: (text: string, lang: string, speed: number) => {
      // As the shell does: what was being said ends.
      this.#end?.(false)
      this.said.push(`${text} ${lang} ${speed}`)
      if (text === this.fail) return Promise.reject(new Error('no voice'))
      return new Promise<boolean>((resolve) => (this.#end = resolve))
    },
    hush: () => {
      this.hushes += 1
      this.#end?.(false)
    },
  }
  async ends() {
    this.#end?.(true)
    await new Promise((resolve) => setTimeout(resolve))
  }
}

const part = (text: string, lang = 'en'): Spoken => ({ text, lang, element: undefined as unknown as Element })
const screen = [part('one'), part('hai', 'vi'), part('three')]

test('a screen is read part by part, each in its own language, to its end', async () => {
  const mouth = new Mouth()
  const heard: string[] = []
  const person = reader(mouth.voice, (now) => heard.push(now.text))
  person.read(screen)
  expect([person.isReading, person.now?.text]).toEqual([true, 'one'])
  await mouth.ends()
  await mouth.ends()
  await mouth.ends()
  expect(mouth.said).toEqual(['one en 100', 'hai vi 100', 'three en 100'])
  expect(heard).toEqual(['one', 'hai', 'three'])
  expect([person.isReading, person.now]).toEqual([false, null])
  // Once more from the beginning.
  person.resume()
  expect(mouth.said.at(-1)).toBe('one en 100')
})

test('what is paused begins its sentence again, and nothing goes on by itself', async () => {
  const mouth = new Mouth()
  const person = reader(mouth.voice)
  person.read(screen)
  await mouth.ends()
  person.pause()
  await mouth.ends()
  expect([mouth.hushes, person.isReading, mouth.said.length]).toEqual([1, false, 2])
  person.resume()
  expect(mouth.said.at(-1)).toBe('hai vi 100')
  await mouth.ends()
  expect(mouth.said.at(-1)).toBe('three en 100')
})

test('a part is repeated, or skipped; behind the last there is none', async () => {
  const mouth = new Mouth()
  const person = reader(mouth.voice)
  person.read(screen)
  person.repeat()
  person.skip()
  person.skip()
  person.skip()
  await mouth.ends()
  expect(mouth.said).toEqual(['one en 100', 'one en 100', 'hai vi 100', 'three en 100'])
  expect(person.isReading).toBe(false)
  person.repeat()
  expect(mouth.said.at(-1)).toBe('three en 100')
})

test('six steps or more from half to double speed, heard at once', () => {
  const mouth = new Mouth()
  const person = reader(mouth.voice)
  person.read(screen)
  SPEEDS.forEach(person.faster)
  expect([person.speed, mouth.said.at(-1)]).toEqual([200, 'one en 200'])
  SPEEDS.forEach(person.slower)
  expect([person.speed, mouth.said.at(-1)]).toEqual([50, 'one en 50'])
  person.pause()
  const before = mouth.said.length
  person.faster()
  expect([person.speed, mouth.said.length]).toEqual([75, before])
})

test('another screen, or one thing that is asked for, takes the place of what was being read', async () => {
  const mouth = new Mouth()
  const person = reader(mouth.voice)
  person.read(screen)
  person.read([part('next')])
  await mouth.ends()
  expect(mouth.said).toEqual(['one en 100', 'next en 100'])
  person.read(screen)
  void person.tell(part('a button'))
  await mouth.ends()
  expect([mouth.said.at(-1), person.isReading]).toEqual(['a button en 100', false])
  person.resume()
  expect(mouth.said.at(-1)).toBe('one en 100')
})

test('a part without a voice is passed over, and that is known', async () => {
  const mouth = new Mouth()
  mouth.fail = 'hai'
  const person = reader(mouth.voice)
  person.read(screen.slice(0, 2))
  await mouth.ends()
  expect([person.failed, person.isReading]).toEqual([true, false])
})
