// How a saved and a failed signature sound, and that a computer without sound is none the worse.

import { expect, test } from 'vitest'
import { play } from './sounds'

/** An audio context that notes which tones begin when. */
function audio() {
  const tones: [number, number][] = []
  const param = () => ({ value: 0, setValueAtTime() {}, linearRampToValueAtTime() {} })
  const context = {
    state: 'running',
    currentTime: 5,
    destination: {},
    createGain: () => ({ gain: param(), connect: (to: unknown) => to }),
    createOscillator: () => {
      const frequency = param()
      return {
        frequency,
        connect: (to: unknown) => to,
        start: (at: number) => tones.push([frequency.value, at]),
        stop() {},
      }
    },
  }
  return { tones, context: context as unknown as AudioContext }
}

test('without sound nothing happens; with it, success goes up and failure goes down', () => {
  const silent = () => {
    throw new Error('no device')
  }
  expect(() => play('saved', silent)).not.toThrow()
  const { tones, context } = audio()
  play('saved', () => context)
  play('failed', () => context)
  const [first, second, third, fourth] = tones.map(([hertz]) => hertz)
  expect(second).toBeGreaterThan(first!)
  expect(fourth).toBeLessThan(third!)
  expect(tones[1]![1]).toBeGreaterThan(tones[0]![1])
})
