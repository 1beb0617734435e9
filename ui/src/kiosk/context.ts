// What every screen of the kiosk may ask of the kiosk itself.

import { createContext } from 'svelte'
import type { Language } from '../words/languages'
import type { Messages } from '../words/messages'
import type { Sound } from './sounds'

/** How the kiosk is shown. Sizes and contrast are one person's, and go with their visit. */
export interface Display {
  /** 0, 1 or 2: text at 100, 150 or 200 per cent. */
  size: number
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

export interface KioskContext {
  readonly m: Messages<'kiosk'>
  readonly display: Display
  speak: (language: Language) => void
  /** To be heard, unless the sounds are muted. */
  sound: (sound: Sound) => void
  /** Asks for the table PIN. */
  volunteer: () => void
}

export const [kioskContext, setKioskContext] = createContext<KioskContext>()
