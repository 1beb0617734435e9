// Where a file is to go: what a place is called, and what is said while none is chosen.

import type { CarryPlace } from '../bindings/CarryPlace'
import { shared } from '../words/pages.svelte'
import type { Fault } from './form.svelte'

/** What a place is called: a stick by its own name, a folder of everybody's by the word for it. */
export function placeName({ kind, label }: CarryPlace): string {
  if (kind === 'documents') return shared('place.documents')
  return kind === 'home' ? shared('place.home') : label
}

/** That no place is chosen: it leads to the first of them, or to the button for any folder. */
export function noPlace(place: CarryPlace | null, places: CarryPlace[], words: string): Fault | false {
  return place === null && { target: places.length > 0 ? 'places' : 'choose-folder', words }
}
