// Everything that the kiosk says, by language: ICU MessageFormat in `messages/<tag>.json`, with the plural, number and
// date rules of the Unicode CLDR that the system's `Intl` has.

import { IntlMessageFormat } from 'intl-messageformat'
import am from './messages/am.json'
import ar from './messages/ar.json'
import en from './messages/en.json'
import es from './messages/es.json'
import fil from './messages/fil.json'
import fr from './messages/fr.json'
import ko from './messages/ko.json'
import ru from './messages/ru.json'
import so from './messages/so.json'
import uk from './messages/uk.json'
import vi from './messages/vi.json'
import zhHans from './messages/zh-Hans.json'

export type Key = keyof typeof en

/** A part of a message: plain text, or a name that stands out. */
export interface Part {
  text: string
  name: boolean
}

type Values = Record<string, string | number>

/** The words of one language. */
export interface Messages {
  (key: Key, values?: Values): string
  /** A message with names in it, in parts: what is between the tags `<by>` and `<to>` is a name. */
  parts: (key: Key, values: Values) => Part[]
  number: (value: number) => string
  /** 150 → "150%", as the language writes it. */
  percent: (value: number) => string
  /** A day, from `YYYY-MM-DD`. */
  date: (day: string) => string
  language: Language
  direction: 'ltr' | 'rtl'
}

/** Every language by its BCP 47 tag, in the order of its button, with its own name. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', texts: en },
  es: { name: 'Español', direction: 'ltr', texts: es },
  vi: { name: 'Tiếng Việt', direction: 'ltr', texts: vi },
  'zh-Hans': { name: '简体中文', direction: 'ltr', texts: zhHans },
  fil: { name: 'Tagalog', direction: 'ltr', texts: fil },
  ko: { name: '한국어', direction: 'ltr', texts: ko },
  so: { name: 'Soomaali', direction: 'ltr', texts: so },
  am: { name: 'አማርኛ', direction: 'ltr', texts: am },
  ru: { name: 'Русский', direction: 'ltr', texts: ru },
  uk: { name: 'Українська', direction: 'ltr', texts: uk },
  ar: { name: 'العربية', direction: 'rtl', texts: ar },
  fr: { name: 'Français', direction: 'ltr', texts: fr },
} as const satisfies Record<string, { name: string; direction: 'ltr' | 'rtl'; texts: Record<Key, string> }>

export type Language = keyof typeof LANGUAGES

export const TAGS = Object.keys(LANGUAGES) as Language[]

/** The language of the kiosk that a petition's language means; English where there is none. */
export function languageOf(tag: string): Language {
  if (tag in LANGUAGES) return tag as Language
  const primary = tag.split('-')[0]
  if (primary === 'tl') return 'fil'
  return TAGS.find((known) => known.split('-')[0] === primary) ?? 'en'
}

const made = new Map<Language, Messages>()

/** The words of a language. */
export function messagesOf(language: Language): Messages {
  const known = made.get(language)
  if (known) return known
  const messages = make(language)
  made.set(language, messages)
  return messages
}

function make(language: Language): Messages {
  const { texts, direction } = LANGUAGES[language]
  const formats = new Map<Key, IntlMessageFormat>()
  const numbers = new Intl.NumberFormat(language)
  const percents = new Intl.NumberFormat(language, { style: 'percent' })
  const days = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

  function formatOf(key: Key): IntlMessageFormat {
    let format = formats.get(key)
    if (!format) {
      format = new IntlMessageFormat(texts[key], language)
      formats.set(key, format)
    }
    return format
  }

  const say = (key: Key, values?: Values) => (values ? String(formatOf(key).format(isolated(values))) : texts[key])
  const parts = (key: Key, values: Values): Part[] => {
    const name = (chunks: unknown[]): Part => ({ text: chunks.join(''), name: true })
    const formatted = formatOf(key).format<Part>({ ...isolated(values), by: name, to: name })
    return [formatted].flat().map((part) => (typeof part === 'object' ? part : { text: String(part), name: false }))
  }
  return Object.assign(say, {
    parts,
    number: (value: number) => numbers.format(value),
    percent: (value: number) => percents.format(value / 100),
    // A day is not broken over two lines.
    date: (day: string) => days.format(new Date(`${day}T00:00:00Z`)).replaceAll(' ', '\u00a0'),
    language,
    direction,
  })
}

/** A name from another script keeps its own direction, whatever is around it (Unicode Bidirectional Algorithm, 2.7). */
function isolated(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? `\u2068${value}\u2069` : value]),
  )
}

/** The key for a problem's words: where they depend on the field, that field's own. */
export function problemKey(field: string, code: string): Key {
  const own = `problem.${code}.${field}`
  return (own in en ? own : `problem.${code}`) as Key
}
