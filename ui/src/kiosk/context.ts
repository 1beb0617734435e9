// What every screen of the kiosk may ask of the kiosk itself.

import { createContext } from 'svelte'
import type { Language } from '../words/languages'
import type { Messages } from '../words/messages'
import type { Size } from './measures'

/** How the kiosk is shown. Sizes and contrast are one person's, and go with their visit. */
export interface Display {
  size: Size
  contrast: boolean
  /** The keyboard on the screen: the machine's, so it stays. */
  keyboard: boolean
}

/** How the next person finds it. */
export const AS_EVER = { size: 'normal', contrast: false } as const satisfies Partial<Display>

export interface KioskContext {
  readonly m: Messages<'kiosk'>
  readonly display: Display
  speak: (language: Language) => void
  /** Asks for the table PIN. */
  volunteer: () => void
}

export const [kioskContext, setKioskContext] = createContext<KioskContext>()
