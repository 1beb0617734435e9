// Where a file is to go: what is said while no place is chosen.

import type { CarryPlace } from '../bindings/CarryPlace'
import type { Fault } from './form.svelte'

/** That no place is chosen: it leads to the first of them, or to the button for any folder. */
export function noPlace(place: CarryPlace | null, places: CarryPlace[], words: string): Fault | false {
  return place === null && { target: places.length > 0 ? 'places' : 'choose-folder', words }
}
