// Why two signatures are thought to be one person's, in words.

import type { LikelyPair } from '../../bindings/LikelyPair'
import type { WhyRow } from '../../bindings/WhyRow'
import { desk as say } from '../../words/pages.svelte'

export const CODES = [
  'same_given_name',
  'given_name_sounds_alike',
  'nickname',
  'initial',
  'given_name_slip',
  'given_name_nearly_alike',
  'one_given_name_more',
  'other_second_name',
  'names_swapped',
  'other_given_name',
  'same_family_name',
  'family_name_sounds_alike',
  'family_name_slip',
  'family_name_nearly_alike',
  'part_of_double_name',
  'family_initial',
  'other_family_name',
  'same_mailbox',
  'mailbox_at_other_domain',
  'mailbox_slip',
  'other_mailbox',
  'same_phone',
  'phone_slip',
  'other_phone',
  'same_postal_code',
  'postal_code_slip',
  'same_city_other_postal_code',
  'same_city',
  'city_slip',
  'other_place',
  'same_street',
  'same_street_flat_missing',
  'other_flat',
  'street_slip',
  'other_street',
  'same_birth',
  'birth_slip',
  'generation_apart',
  'other_birth',
  'same_document',
  'document_slip',
  'other_document',
  'same_table_same_minutes',
  'same_table_same_hour',
  'same_table',
  'other_table',
  'same_generation',
  'generation_missing',
  'other_generation',
  'same_title',
  'other_title',
] as const

type Code = (typeof CODES)[number]
const isKnown = (code: string): code is Code => (CODES as readonly string[]).includes(code)

export interface Why {
  code: Code
  words: string
  /** How much it says, of what one reason can say at most, from 0 to 1. */
  share: number
}

/** So many bits fill the bar: a million to one. */
const FULL = 20
/** What says less says nothing. */
const LEAST = 0.1

/** The reasons for one person, and those against, what says most first. */
export function reasons(rows: WhyRow[]): { speaksFor: Why[]; against: Why[] } {
  const said = rows.filter(({ bits }) => Math.abs(bits) >= LEAST)
  const words = (kept: WhyRow[]) =>
    kept.flatMap(({ code, bits }): Why[] =>
      isKnown(code) ? [{ code, words: say(`review.why.${code}`), share: Math.min(1, Math.abs(bits) / FULL) }] : [],
    )
  return { speaksFor: words(said.filter(({ bits }) => bits > 0)), against: words(said.filter(({ bits }) => bits < 0)) }
}

/** What "one person" would change of the number. */
export function change(pair: LikelyPair): string {
  return pair.fewer === 0 ? say('review.changes.nothing') : say('review.changes.fewer', { count: pair.fewer })
}
