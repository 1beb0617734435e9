// The words of the volunteer's and the organizer's pages, in the language of this computer. What shows them shows them again
// when the language changes. The kiosk's are apart: they are in the language of whoever stands there.

import { LANGUAGES, languageOf, localeOf, TAGS, type Language } from './languages'
import { messagesOf, textsOf, type Area, type Key, type Say, type Values } from './messages'

/** The languages that the pages have: those with a file in each of their areas. */
export const PAGE_LANGUAGES = TAGS.filter((tag) => textsOf('start', tag))

const spoken = $state<{ language: Language }>({ language: 'en' })

/** The language of the pages. */
export const pagesLanguage = () => spoken.language

/** Which way the pages are written. */
export const pagesDirection = () => LANGUAGES[spoken.language].direction

/** Speaks a language on all pages from now on; that of the system, or English, where none was chosen or it is not known. */
export function speak(tag: string | null): void {
  const known = languageOf(tag ?? navigator.language)
  spoken.language = PAGE_LANGUAGES.includes(known) ? known : 'en'
}

/** English days are written as in "31 December 2027"; others as they are where this computer is. */
const pagesLocale = () => (spoken.language === 'en' ? 'en-GB' : localeOf(spoken.language))

function pages<A extends Area>(area: A): Say<A> {
  const now = () => messagesOf(area, spoken.language, pagesLocale())
  const say = (key: Key<A>, values?: Values) => now()(key, values)
  return Object.assign(say, {
    parts: (key: Key<A>, values?: Values) => now().parts(key, values),
    number: (value: number) => now().number(value),
    percent: (value: number) => now().percent(value),
    date: (day: string) => now().date(day),
    list: (names: string[]) => now().list(names),
  })
}

export const about = pages('about')
export const shared = pages('shared')
export const start = pages('start')
export const table = pages('table')
export const desk = pages('desk')
