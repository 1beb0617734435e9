// Everything that a person reads, by area and language: ICU MessageFormat in `<area>/<tag>.json`, with the plural, number
// and date rules of the Unicode CLDR that the system's `Intl` has. A further language of an area is one file more.

import { TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { IntlMessageFormat } from 'intl-messageformat'
import type about from './about/en.json'
import type desk from './desk/en.json'
import type kiosk from './kiosk/en.json'
import { LANGUAGES, type Language } from './languages'
import type shared from './shared/en.json'
import type start from './start/en.json'
import type table from './table/en.json'

/** The keys of each area are those of its English. */
interface Texts {
  about: typeof about
  desk: typeof desk
  kiosk: typeof kiosk
  shared: typeof shared
  start: typeof start
  table: typeof table
}

export type Area = keyof Texts
export type Key<A extends Area> = keyof Texts[A] & string

/** What is put into a message: strings stand by themselves in it, whichever way they are written. */
export type Values = Record<string, string | number | Date>

/** A part of a message: plain text, or what stands between `<tag>` and `</tag>`. */
export interface Part {
  text: string
  tag: string | null
}

/** The words of an area. */
export interface Say<A extends Area> {
  (key: Key<A>, values?: Values): string
  /** A message with tags in it, in parts. */
  parts: (key: Key<A>, values?: Values) => Part[]
  /** 1284 → "1,284", as the language writes it. */
  number: (value: number) => string
  /** 150 → "150%", as the language writes it. */
  percent: (value: number) => string
  /** A day, from `YYYY-MM-DD`. */
  date: (day: string) => string
  /** Names one after the other: "A, B and C". */
  list: (names: string[]) => string
}

/** The words of an area in one language. */
export interface Messages<A extends Area> extends Say<A> {
  language: Language
  direction: 'ltr' | 'rtl'
}

const FILES = import.meta.glob<Record<string, string>>('./*/*.json', { eager: true, import: 'default' })

/** What the messages call the ways of a time and a day. */
const FORMATS = {
  time: { clock: { hour: 'numeric', minute: '2-digit' } },
  date: {
    brief: { day: 'numeric', month: 'short' },
    day: { day: 'numeric', month: 'long' },
    year: { day: 'numeric', month: 'long', year: 'numeric' },
  },
} as const

/** The texts of an area in a language, as they are in its file; none where there is no such file. */
export function textsOf(area: Area, language: Language): Record<string, string> | undefined {
  return FILES[`./${area}/${language}.json`]
}

const made = new Map<string, unknown>()

/** The words of an area in a language; in English where it has none of that. `locale` is for numbers and dates alone. */
export function messagesOf<A extends Area>(area: A, language: Language, locale: string = language): Messages<A> {
  const name = `${area} ${language} ${locale}`
  const known = made.get(name)
  if (known) return known as Messages<A>
  const messages = make(area, language, locale)
  made.set(name, messages)
  return messages
}

interface Format {
  message: IntlMessageFormat
  /** The values that are put in as they are. */
  inserted: Set<string>
  tags: Set<string>
}

function make<A extends Area>(area: A, language: Language, locale: string): Messages<A> {
  const texts = textsOf(area, language) ?? textsOf(area, 'en') ?? {}
  const formats = new Map<string, Format>()
  const numbers = new Intl.NumberFormat(locale)
  const percents = new Intl.NumberFormat(locale, { style: 'percent' })
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

  const lists = new Intl.ListFormat(locale)

  const { direction } = LANGUAGES[language]

  const textOf = (key: string) => texts[key] ?? key

  function formatOf(key: string): Format {
    let format = formats.get(key)
    if (!format) {
      format = formatFor(textOf(key), locale)
      formats.set(key, format)
    }
    return format
  }

  const say = (key: Key<A>, values?: Values) => {
    if (!values) return textOf(key)
    const { message, inserted } = formatOf(key)
    return String(message.format(isolated(values, inserted, direction)))
  }
  const parts = (key: Key<A>, values: Values = {}): Part[] => {
    const { message, inserted, tags } = formatOf(key)
    const marks = Object.fromEntries(
      [...tags].map((tag) => [tag, (chunks: unknown[]): Part => ({ text: chunks.join(''), tag })]),
    )
    const formatted = message.format<Part>({ ...isolated(values, inserted, direction), ...marks })
    return [formatted].flat().map((part) => (typeof part === 'object' ? part : { text: String(part), tag: null }))
  }
  return Object.assign(say, {
    parts,
    number: (value: number) => numbers.format(value),
    percent: (value: number) => percents.format(value / 100),
    // A day is not broken over two lines.
    date: (day: string) => days.format(new Date(`${day}T00:00:00Z`)).replaceAll(' ', '\u00a0'),
    list: (names: string[]) => lists.format(names),
    language,
    direction,
  })
}

function formatFor(text: string, locale: string): Format {
  const message = new IntlMessageFormat(text, locale, FORMATS)
  const [inserted, tags] = [new Set<string>(), new Set<string>()]
  const walk = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.argument) inserted.add(element.value)
      if (element.type === TYPE.tag) {
        tags.add(element.value)
        walk(element.children)
      }
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        for (const option of Object.values(element.options)) walk(option.value)
      }
    }
  }
  walk(message.getAst())
  return { message, inserted, tags }
}

/** The letters that are written from right to left, and the signs that turn a direction (Unicode, DerivedBidiClass). */
const TURNS =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/**
 * A name keeps its own direction, whatever is around it (Unicode Bidirectional Algorithm, 2.7): in a language that is written from
 * right to left each, in another those with letters that are.
 */
function isolated(values: Values, inserted: Set<string>, direction: 'ltr' | 'rtl'): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const alone = typeof value === 'string' && inserted.has(name) && (direction === 'rtl' || TURNS.test(value))
      return [name, alone ? `\u2068${value}\u2069` : value]
    }),
  )
}
