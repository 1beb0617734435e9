// Whether all that a filter shows can be decided about by one word, and which petition that is of.

import type { DeskHome } from '../../bindings/DeskHome'
import type { LedgerFilter } from '../../bindings/LedgerFilter'
import { isChosen, withPart } from './filters'

/** Why a word about many is not offered. */
export type NotOffered = 'nothing' | 'search' | 'standing' | 'petition'

/** The filter that a word about many is said of: with its petition, which is not chosen where there is one alone. */
export function filterOfMany(filter: LedgerFilter, home: DeskHome): LedgerFilter {
  const [only, another] = home.petitions
  return only && !another ? withPart(filter, 'petition', only.petition) : filter
}

/** Why it is not offered; undefined where it is. */
export function whyNot(filter: LedgerFilter, home: DeskHome): NotOffered | undefined {
  if (filter.search.trim() !== '') return 'search'
  if (filter.standing !== undefined) return 'standing'
  if (!isChosen(withPart(filter, 'petition', undefined))) return 'nothing'
  return filterOfMany(filter, home).petition === undefined ? 'petition' : undefined
}
