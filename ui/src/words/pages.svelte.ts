// The words of the volunteer's and the organizer's pages, in the language of this computer. What shows them shows them again
// when the language changes. The kiosk's are apart: they are in the language of whoever stands there.

import type { Language } from './languages'
import { messagesOf, type Area, type Key, type Say, type Values } from './messages'

const spoken = $state<{ language: Language }>({ language: 'en' })

/** English days are written as in "31 December 2027". */
const LOCALES: Partial<Record<Language, string>> = { en: 'en-GB' }

function pages<A extends Area>(area: A): Say<A> {
  const now = () => messagesOf(area, spoken.language, LOCALES[spoken.language])
  const say = (key: Key<A>, values?: Values) => now()(key, values)
  return Object.assign(say, {
    parts: (key: Key<A>, values?: Values) => now().parts(key, values),
    number: (value: number) => now().number(value),
    percent: (value: number) => now().percent(value),
    date: (day: string) => now().date(day),
  })
}

export const about = pages('about')
export const shared = pages('shared')
export const start = pages('start')
export const table = pages('table')
export const desk = pages('desk')
