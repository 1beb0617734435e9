// The languages that there are words in: what each calls itself, and which way it is written.

/** Every language by its BCP 47 tag, in the order of its button. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  vi: { name: 'Tiếng Việt', direction: 'ltr' },
  'zh-Hans': { name: '简体中文', direction: 'ltr' },
  fil: { name: 'Tagalog', direction: 'ltr' },
  ko: { name: '한국어', direction: 'ltr' },
  so: { name: 'Soomaali', direction: 'ltr' },
  am: { name: 'አማርኛ', direction: 'ltr' },
  ru: { name: 'Русский', direction: 'ltr' },
  uk: { name: 'Українська', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
  fr: { name: 'Français', direction: 'ltr' },
} as const satisfies Record<string, { name: string; direction: 'ltr' | 'rtl' }>

export type Language = keyof typeof LANGUAGES

export const TAGS = Object.keys(LANGUAGES) as Language[]

/** How numbers, days and times of a language are written where this computer is: 1,284 in Mexico is 1284 in Spain. Years are those
 * of the petition's own text, also where a region counts others. */
export function localeOf(language: Language, system: string = navigator.language): string {
  const region = /^[a-z]+(?:-[a-z]{4})?-([a-z]{2}|\d{3})(?:-|$)/i.exec(system)?.[1]
  return region ? `${language}-${region}-u-ca-gregory` : language
}

/** The language, of those that there are words in, that a tag means. */
export function wordsIn(tag: string): Language | undefined {
  if (tag in LANGUAGES) return tag as Language
  const primary = tag.split('-')[0]?.toLowerCase()
  if (primary === 'tl') return 'fil'
  return TAGS.find((known) => known.split('-')[0] === primary)
}

/** The language that a petition's language means; English where there is none. */
export const languageOf = (tag: string): Language => wordsIn(tag) ?? 'en'

/** The scripts that are written from right to left (Unicode, those of languages that are written today). */
const FROM_RIGHT = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr', 'Yezi'])

/** Which way a language is written, by the script that it is most likely in. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  try {
    return FROM_RIGHT.has(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

/** What a language calls itself; its tag where nobody knows. */
export function nameOf(tag: string): string {
  if (tag in LANGUAGES) return LANGUAGES[tag as Language].name
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
