// The pages: their fonts and styles, and the app.

import './shared/fonts.css'
import './shared/print.css'
import './kiosk/kiosk.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { language } from './shared/commands'
import { readWhenShown } from './shared/eastAsian'
import { speak } from './words/pages.svelte'

// Screens can be looked at in a browser, without the shell behind them: `npm run build:mock`.
if (import.meta.env.MODE === 'mock') {
  const { answerCommands } = await import('./mock/answers')
  answerCommands()
}

// Until the chosen one is known, or where it cannot be read, the language is that of the system.
speak(null)

readWhenShown()

// The first picture has its language and its letters: they are read from the app itself, and waited for no longer than this.
const FONTS = ['600 1em "Source Serif 4 Variable"', '400 1em "Source Serif 4 Variable"', '400 1em "Inter Variable"']
const LONGEST_WAIT = 800
await Promise.race([
  Promise.allSettled([language().then(speak), ...FONTS.map((font) => document.fonts.load(font))]),
  new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT)),
])

const target = document.getElementById('app')
target?.replaceChildren()
if (target) mount(App, { target })
