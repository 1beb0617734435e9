// Whether all that a filter shows can be decided about by one word, and which petition that is of.

import type { DeskHome } from '../../bindings/DeskHome'
import type { LedgerFilter } from '../../bindings/LedgerFilter'
import { isChosen, withPart } from './filters'

/** Why a word about many is not offered. */
export type NotOffered = 'nothing' | 'petition'

/** The filter that a word about many is said of: with its petition, which is not chosen where there is one alone. */
export function filterOfMany(filter: LedgerFilter, home: DeskHome): LedgerFilter {
  const [only, another] = home.petitions
  return only && !another ? withPart(filter, 'petition', only.petition) : filter
}

/** Whether it asks for what changes, or is known at this desk alone: the word is then about each that there is now. */
export const isOfNow = (filter: LedgerFilter): boolean =>
  filter.search.trim() !== '' || filter.standing !== undefined || filter.roll !== undefined

/** Why it is not offered; undefined where it is. */
export function whyNot(filter: LedgerFilter, home: DeskHome): NotOffered | undefined {
  if (filter.search.trim() === '' && !isChosen(withPart(filter, 'petition', undefined))) return 'nothing'
  return filterOfMany(filter, home).petition === undefined ? 'petition' : undefined
}
