// The words for every failure, by its code. A code without words is shown itself, so that it can be reported.

import type { Failure } from '../bindings/Failure'
import type { SourceFault } from '../bindings/SourceFault'
import type { Key } from '../words/messages'
import { shared } from '../words/pages.svelte'
import en from '../words/shared/en.json'

/** What a person is told about a failure. */
export interface FailureWords {
  sentence: string
  /** Stable, to be reported. */
  code: string
}

/** The words for whatever a command rejected with. */
export function failureWords(failure: unknown): FailureWords {
  const { code, detail } = isFailure(failure) ? failure : { code: 'app/unexpected', detail: '' }
  return { sentence: sentence(code, detail), code }
}

/** The words for a code; some name the detail, as the number of a line. */
export function sentence(code: string, detail = ''): string {
  const key = `failure.${code}`
  if (!(key in en)) return shared('failureUnknown')
  const known = key as Key<'shared'>
  return en[known].includes('{detail}') ? shared(known, { detail }) : shared(known)
}

/** The words for what is wrong with a petition's source. */
export function sourceFaultWords({ code, about }: SourceFault): string {
  const key = `failure.${code}`
  return key in en ? shared(key as Key<'shared'>, { about: about ?? '' }) : sentence(code)
}

/** Whether a command rejected with this code. */
export function hasCode(failure: unknown, code: string): boolean {
  return isFailure(failure) && failure.code === code
}

/** The failure of a file that the browser cannot read. */
export function cannotRead(): never {
  throw { code: 'io/cannot-read', detail: '' } satisfies Failure
}

function isFailure(failure: unknown): failure is Failure {
  return typeof failure === 'object' && failure !== null && 'code' in failure && typeof failure.code === 'string'
}
