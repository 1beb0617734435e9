// What is being typed: a form as it opens. It lives in the visit and nowhere else.

import type { Draft } from '../bindings/Draft'
import type { PetitionPage } from '../bindings/PetitionPage'

/** The fields of text, by name. */
export type TextField =
  'full_name' | 'email' | 'phone' | 'country' | 'postal_code' | 'city' | 'region' | 'street' | 'comment'

/** UTF-16 units that a field takes: longer than any may be, and short enough that a pasted book does not stop the kiosk. */
export const TYPED_MAX = 4000

/** A draft in which nothing is typed yet, of no petition. */
export const blankDraft = (): Draft => ({
  id: null,
  petition: '00000000-0000-0000-0000-000000000000',
  text_hash: '',
  language: '',
  full_name: '',
  email: '',
  phone: '',
  country: '',
  postal_code: '',
  city: '',
  region: '',
  street: '',
  comment: '',
  of_age: false,
  ink: null,
  typed_signature: '',
  show_publicly: false,
  send_updates: false,
  share: false,
})

/**
 * A form as it opens. Its id is the signature's: whatever becomes of the answer, the same form signs once. Which text it is of, and
 * the language, are said as it is sent: both may change until then.
 */
export function emptyDraft(page: PetitionPage, id: string): Draft {
  return { ...blankDraft(), id, petition: page.invite.petition }
}

/** The next petition in the same visit: name and address come along, what was chosen for the first one does not. */
export function nextDraft(
  page: PetitionPage,
  id: string,
  { full_name, country, postal_code, city, region, street }: Draft,
): Draft {
  return { ...emptyDraft(page, id), full_name, country, postal_code, city, region, street }
}
