// How a roll's file is laid out: one of the forms that are known, or columns that the organizer names.

import type { RollColumns } from '../../bindings/RollColumns'
import type { RollShape } from '../../bindings/RollShape'

/** Forms that are known by name, as the desk knows them. */
export const NAMED = ['members', 'washington', 'oregon', 'california', 'ohio', 'florida', 'north-carolina'] as const
export type Named = (typeof NAMED)[number]
export const isNamed = (name: string): name is Named => (NAMED as readonly string[]).includes(name)

/** What a column may be, in the order in which it is asked. */
export const PARTS = [
  'name',
  'given',
  'family',
  'suffix',
  'birth',
  'street',
  'postal_code',
  'city',
  'area',
  'number',
] as const
export type Part = (typeof PARTS)[number]

/** The heading of each part; empty where the roll has none. */
export type Own = Record<Part, string>

/** Words that headings of a part begin with or are. */
const USUAL: Record<Part, RegExp> = {
  name: /^(full[ _]?name|name|nombre completo)$/i,
  given: /^(first|given|fore)[ _]?names?|^(nombres?|vorname|prénom)$/i,
  family: /^(last|family|sur)[ _]?names?|^(surname|apellidos?|nachname|nom)$/i,
  suffix: /suffix/i,
  birth: /birth|^dob$|nacimiento|geburt|naissance/i,
  street: /street|address|^addr|calle|domicilio|stra(ß|ss)e|adresse/i,
  postal_code: /zip|post(al|code|leitzahl)|^plz$|código postal/i,
  city: /city|town|ciudad|municipio|^ort$|ville/i,
  area: /county|district|precinct|ward|^area$|condado|distrito|kreis|canton|comt/i,
  number: /(voter|member|registration|registrant).*(id|number|no)|^(id|number|no\.?|número)$/i,
}

/** What the columns are, as far as their headings say it. */
export function guessed(headings: string[]): Own {
  const find = (part: Part) => headings.find((heading) => USUAL[part].test(heading)) ?? ''
  const own = Object.fromEntries(PARTS.map((part) => [part, find(part)])) as Own
  // A list has names whole or apart.
  return own.given && own.family ? { ...own, name: '' } : own
}

/** There is a column that says what people are called. */
export const hasName = (own: Own): boolean => own.name !== '' || (own.given !== '' && own.family !== '')

export function shapeOf(form: Named | 'own', delimiter: string, own: Own): RollShape {
  if (form !== 'own') return { named: form }
  const column = (heading: string) => (heading === '' ? [] : [heading])
  const columns = Object.fromEntries(PARTS.map((part) => [part, column(own[part])])) as Record<Part, string[]>
  return { own: [delimiter, { ...columns, status: [] } satisfies RollColumns] }
}

/** A day of this computer, as in 2026-11-27, so many days from a time. */
export function dayFrom(at: Date, days = 0): string {
  const day = new Date(at.getFullYear(), at.getMonth(), at.getDate() + days)
  const two = (figure: number) => String(figure).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
