// What every screen of the kiosk may ask of the kiosk itself.

import { createContext } from 'svelte'
import type { Messages } from '../words/messages'
import type { Size } from './measures'
import type { Sound } from './sounds'

/** How the kiosk is shown. Sizes and contrast are one person's, and go with their visit. */
export interface Display {
  size: Size
  contrast: boolean
  /** The keyboard on the screen: the machine's, so it stays. */
  keyboard: boolean
  /** Two switches: one person's too. */
  switches: boolean
  /** Each screen is read aloud: one person's too. */
  aloud: boolean
  /** Success and failure are heard: the machine's, as the keyboard. */
  sounds: boolean
}

/** How the next person finds it. */
export const AS_EVER = {
  size: 'normal',
  contrast: false,
  switches: false,
  aloud: false,
} as const satisfies Partial<Display>

export interface KioskContext {
  readonly m: Messages<'kiosk'>
  readonly display: Display
  /** The language that was chosen, by its tag; the petition's own until then. */
  readonly language: string
  /** Every language there is something in: words, or only a petition's text. */
  readonly languages: string[]
  speak: (language: string) => void
  /** Somebody is there: they changed what they fill in. */
  alive: () => void
  /** To be heard, unless the sounds are muted. */
  sound: (sound: Sound) => void
  /** Asks for the table PIN. */
  volunteer: () => void
}

export const [kioskContext, setKioskContext] = createContext<KioskContext>()
