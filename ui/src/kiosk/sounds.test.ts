// How a saved and a failed signature sound, and that a computer without sound is none the worse.

import { expect, test, vi } from 'vitest'
import { onceDrawn, play } from './sounds'

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

test('what is to be seen is drawn before anything is heard', () => {
  const frames: FrameRequestCallback[] = []
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  const sound = vi.fn()
  onceDrawn(sound)
  // The frame of what is to be seen, and the one that begins when that is drawn.
  for (let count = 0; count < 2; count += 1) {
    vi.runAllTimers()
    expect(sound).not.toHaveBeenCalled()
    frames.shift()!(0)
  }
  vi.runAllTimers()
  expect(sound).toHaveBeenCalledOnce()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
