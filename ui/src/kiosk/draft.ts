// A visit's own: how far it is, and what is being typed. It lives in the visit and nowhere else.

import type { Draft } from '../bindings/Draft'
import type { PetitionPage } from '../bindings/PetitionPage'

/** The fields of text, by name. */
export type TextField = 'full_name' | 'email' | 'phone' | 'country' | 'postal_code' | 'city' | 'region' | 'street' | 'comment'

/** How far a visit is: nothing was touched, a petition was chosen, it is being read or signed, it is signed. */
export type Progress = 'fresh' | 'chosen' | 'begun' | 'signed'

export function emptyDraft(page: PetitionPage, language: string, fullName = ''): Draft {
  return {
    petition: page.invite.petition,
    text_hash: page.text_hash,
    language,
    full_name: fullName,
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
    show_publicly: false,
    send_updates: false,
    share: false,
  }
}
