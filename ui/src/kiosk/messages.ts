// Everything that the kiosk says, by language. A language is complete or it is not here: the type sees to it.

import type { Field } from '../bindings/Field'
import type { ProblemCode } from '../bindings/ProblemCode'

export interface Messages {
  /** The language's own name, for its button. */
  name: string
  direction: 'ltr' | 'rtl'
  tagline: string
  sealed: string
  choosePetition: string
  choosePetitionHint: string
  noPetitions: string
  loading: string
  sign: string
  signTitle: string
  signing: string
  signAnyway: string
  read: string
  readAgain: string
  startOver: string
  /** "A started this petition to B", in parts, so that both names can stand out. */
  startedBy: { before: string; between: string; after: string }
  haveSigned: (count: number) => string
  letsGetTo: (goal: number) => string
  number: (value: number) => string
  references: string
  reference: (number: number) => string
  back: string
  backFrom: (number: number) => string
  privacy: string
  privacyTitle: string
  privacyGoesTo: (startedBy: string, addressedTo: string) => string
  privacyErasedBy: (date: string) => string
  privacyText: string[]
  date: (iso: string) => string
  close: string
  optional: string
  field: Record<Field, string>
  ageStatement: (age: number) => string
  noCountry: string
  inkHint: string
  inkHintOptional: string
  inkEmpty: string
  inkDrawn: (strokes: number) => string
  undo: string
  clear: string
  choices: string
  choicesHint: string
  showPublicly: string
  sendUpdates: (organisation: string) => string
  share: (organisation: string) => string
  problemsTitle: string
  warningsTitle: string
  problem: Record<ProblemCode, string>
  /** Where the words depend on the field. */
  problemOf: Partial<Record<Field, Partial<Record<ProblemCode, string>>>>
  notSavedTitle: string
  notSaved: string
  unavailable: string
  thanksTitle: string
  thanksSaved: string
  withdrawalTitle: string
  withdrawalUse: (organisation: string) => string
  others: string
  othersHint: string
  signThis: string
  done: string
  doneHint: string
  stillThere: string
  stillThereText: (seconds: number) => string
  stillThereSigned: (seconds: number) => string
  moreTime: string
  volunteer: string
  pinTitle: string
  pinHint: string
  pin: string
  pinOpen: string
  pinWrong: (seconds: number) => string
  pinWrongAgain: string
  cancel: string
  languages: string
}

const numbers = new Intl.NumberFormat('en')
const plurals = new Intl.PluralRules('en')
const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const seconds = (value: number) => (plurals.select(value) === 'one' ? `${numbers.format(value)} second` : `${numbers.format(value)} seconds`)

const en: Messages = {
  name: 'English',
  direction: 'ltr',
  tagline: 'Sign here: it takes a minute',
  sealed: 'Your signature is sealed as you sign. Nobody at this table can read it.',
  choosePetition: 'Which petition?',
  choosePetitionHint: 'Choose one to read and sign. You can sign another one after it.',
  noPetitions: 'There is nothing to sign here yet. Please ask the volunteer.',
  loading: 'One moment…',
  sign: 'Sign',
  signTitle: 'Sign the petition',
  signing: 'Saving…',
  signAnyway: 'Sign anyway',
  read: 'Read the petition',
  readAgain: 'Read it again',
  startOver: 'Start over',
  startedBy: { before: '', between: ' started this petition to ', after: '' },
  haveSigned: (count) => (plurals.select(count) === 'one' ? 'has signed.' : 'have signed.'),
  letsGetTo: (goal) => `Let’s get to ${numbers.format(goal)}!`,
  number: (value) => numbers.format(value),
  references: 'References',
  reference: (number) => `Reference ${number}`,
  back: 'Back to the text',
  backFrom: (number) => `Back to the text from reference ${number}`,
  privacy: 'Privacy',
  privacyTitle: 'What happens with your name',
  privacyGoesTo: (startedBy, addressedTo) => `Your name goes to ${startedBy}, who deliver it to ${addressedTo}.`,
  privacyErasedBy: (date) => `It is erased by ${date}.`,
  privacyText: [
    'What you write is sealed on this computer when you tap Sign. Nobody at this table can read it, and neither can the network or the server that carries it.',
    'Only the organisation that started the petition can open it.',
    'Nothing you type is kept if you do not sign.',
    'You can withdraw your signature with the code that is shown after signing.',
  ],
  date: (iso) => dates.format(new Date(`${iso}T00:00:00Z`)).replaceAll(' ', '\u00a0'),
  close: 'Close',
  optional: 'optional',
  field: {
    full_name: 'Full name',
    email: 'E-mail',
    phone: 'Phone',
    country: 'Country',
    postal_code: 'ZIP code',
    city: 'City',
    region: 'State or region',
    street: 'Street and number',
    comment: 'I’m signing because…',
    of_age: 'Age',
    ink: 'Signature',
  },
  ageStatement: (age) => `I am ${numbers.format(age)} or older`,
  noCountry: 'No country',
  inkHint: 'with a finger, a pen or the mouse',
  inkHintOptional: 'with a finger, a pen or the mouse, optional',
  inkEmpty: 'Signature box, empty',
  inkDrawn: (strokes) =>
    plurals.select(strokes) === 'one' ? `Signature box, ${numbers.format(strokes)} stroke` : `Signature box, ${numbers.format(strokes)} strokes`,
  undo: 'Undo last stroke',
  clear: 'Clear',
  choices: 'Your choice',
  choicesHint: 'Your signature counts either way.',
  showPublicly: 'Show my name publicly as a signer',
  sendUpdates: (organisation) => `Send me updates from ${organisation}`,
  share: (organisation) => `${organisation} may share my signature with partners`,
  problemsTitle: 'Please look at this first',
  warningsTitle: 'Is this right? If it is, tap “Sign anyway”.',
  problem: {
    missing: 'Please fill this in',
    too_long: 'This is too long: please shorten it',
    control_characters: 'This holds signs that cannot be shown: please type it again',
    looks_like_url: 'This looks like a web address: please write a name',
    no_letters: 'This name has no letters',
    unusual_name: 'This is an unusual name',
    email_no_at: 'Add the @ and what follows it, or leave this empty',
    email_no_domain: 'Add the part after the @, or leave this empty',
    email_shape: 'This is not an e-mail address yet: look at it again',
    phone_shape: 'This is not a phone number yet: look at it again',
    phone_no_country: 'Begin the number with + and the country, or choose a country',
    unknown_country: 'Choose a country from the list',
    postal_code_shape: 'This is an unusual ZIP code for the country',
    age_not_stated: 'Please tick this: the petition asks for it',
    ink_too_large: 'This signature has too many strokes: clear it and draw a shorter one',
    ink_shape: 'This signature could not be read: clear it and draw again',
    text_changed: 'The petition’s text has just changed. Please read it again, then sign',
  },
  problemOf: {
    full_name: { missing: 'Please write your name: one word is enough' },
    email: { missing: 'Please write your e-mail address' },
    phone: { missing: 'Please write your phone number' },
    country: { missing: 'Please choose your country' },
    postal_code: { missing: 'Please write your ZIP code' },
    city: { missing: 'Please write your city' },
    region: { missing: 'Please write your state or region' },
    street: { missing: 'Please write your street and number' },
    comment: { missing: 'Please say why you are signing' },
    ink: { missing: 'Please draw your signature in the box' },
  },
  notSavedTitle: 'Your signature is not saved yet',
  notSaved: 'Nothing you typed is lost. Tap Sign again. If this stays, tell the volunteer.',
  unavailable: 'The petition cannot be shown just now. Please tell the volunteer.',
  thanksTitle: 'Thank you. Your signature is saved.',
  thanksSaved: 'It is sealed, and travels to the campaign from here.',
  withdrawalTitle: 'Your withdrawal code',
  withdrawalUse: (organisation) =>
    `Write it down or photograph it. Whoever gives it to ${organisation} can take this signature back. It is not shown again.`,
  others: 'Also at this table',
  othersHint: 'Your name comes with you. You fill in the rest.',
  signThis: 'Sign this one too',
  done: 'Done',
  doneHint: 'Clears the screen for the next person.',
  stillThere: 'Are you still there?',
  stillThereText: (left) => `In ${seconds(left)} everything you typed is wiped, and nothing is saved.`,
  stillThereSigned: (left) => `Your signature is saved. In ${seconds(left)} the screen is cleared for the next person; your withdrawal code is not shown again.`,
  moreTime: 'I need more time',
  volunteer: 'Volunteer',
  pinTitle: 'Take the table back',
  pinHint: 'For the volunteer of this table.',
  pin: 'Table PIN',
  pinOpen: 'Open',
  pinWrong: (wait) => `This is not the PIN. Wait ${seconds(wait)}, then try again.`,
  pinWrongAgain: 'This is not the PIN. Try again.',
  cancel: 'Cancel',
  languages: 'Language',
}

/** The languages that there are, by BCP 47 tag. */
export const MESSAGES = { en } satisfies Record<string, Messages>

export type Language = keyof typeof MESSAGES

/** The words for a problem. */
export function problemWords(messages: Messages, field: Field, code: ProblemCode): string {
  return messages.problemOf[field]?.[code] ?? messages.problem[code]
}
