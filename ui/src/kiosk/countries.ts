// The countries that a draft may name, with the names that the system knows in a language.

import { COUNTRY_CODES } from '../bindings/CountryCodes'

export interface Country {
  code: string
  name: string
}

/** Every country, sorted by its name in the language. */
export function countries(language: string): Country[] {
  const names = new Intl.DisplayNames(language, { type: 'region' })
  const order = new Intl.Collator(language)
  return COUNTRY_CODES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
    order.compare(a.name, b.name),
  )
}
