// A visit's own: how far it is, and what is being typed. It lives in the visit and nowhere else.

import type { Draft } from '../bindings/Draft'
import type { PetitionPage } from '../bindings/PetitionPage'

/** The fields of text, by name. */
export type TextField =
  'full_name' | 'email' | 'phone' | 'country' | 'postal_code' | 'city' | 'region' | 'street' | 'comment'

/** How far a visit is: nothing was touched, a petition was chosen, it is being read or signed, it is signed. */
export type Progress = 'fresh' | 'chosen' | 'begun' | 'signed'

/** UTF-16 units that a field takes: longer than any may be, and short enough that a pasted book does not stop the kiosk. */
export const TYPED_MAX = 4000

/** A form as it opens. Its id is the signature's: whatever becomes of the answer, the same form signs once. */
export function emptyDraft(page: PetitionPage): Draft {
  return {
    id: crypto.randomUUID(),
    petition: page.invite.petition,
    text_hash: page.text_hash,
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
  }
}

/** The next petition in the same visit: name and address come along, what was chosen for the first one does not. */
export function nextDraft(page: PetitionPage, { full_name, country, postal_code, city, region, street }: Draft): Draft {
  return { ...emptyDraft(page), full_name, country, postal_code, city, region, street }
}
