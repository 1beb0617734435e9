// Two short sounds: it is saved, and it is not. Nothing that is typed makes one.

/** What there is to hear of how it went. */
export type Sound = 'saved' | 'failed'

/** Hertz, one after the other: up for what went well, down for what did not. */
const NOTES: Record<Sound, readonly number[]> = { saved: [660, 880], failed: [330, 220] }
const SECONDS = 0.16
const LOUDNESS = 0.25

let context: AudioContext | undefined

/** Plays it. Where this computer makes no sound, what is to be seen says the same. */
export function play(sound: Sound, make = () => new AudioContext()): void {
  try {
    const audio = (context ??= make())
    if (audio.state === 'suspended') void audio.resume().catch(() => {})
    NOTES[sound].forEach((hertz, place) => note(audio, hertz, audio.currentTime + place * SECONDS))
  } catch {
    context = undefined
  }
}

/** What is to be seen comes first: the first sound of a page takes up to a third of a second to begin. */
export function onceDrawn(sound: () => void): void {
  // A frame is drawn when the next one begins.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(sound)))
}

function note(audio: AudioContext, hertz: number, from: number) {
  const tone = audio.createOscillator()
  const loudness = audio.createGain()
  tone.frequency.value = hertz
  // Up and down without a click.
  loudness.gain.setValueAtTime(0, from)
  loudness.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02)
  loudness.gain.linearRampToValueAtTime(0, from + SECONDS)
  tone.connect(loudness).connect(audio.destination)
  tone.start(from)
  tone.stop(from + SECONDS)
}
