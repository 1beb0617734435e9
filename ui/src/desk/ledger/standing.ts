// The standing of a signature, in words.

import type { Standing } from '../../bindings/Standing'
import { desk as say } from '../../words/pages.svelte'

const TONES = {
  counted: 'received',
  duplicate: 'plain',
  void: 'plain',
  withdrawn: 'plain',
  erased: 'plain',
  in_review: 'saved',
} as const satisfies Record<Standing['kind'], string>

export interface StandingWords {
  words: string
  /** The same in a word or two, where its reason stands beside it. */
  brief: string
  reason: string
  tone: (typeof TONES)[Standing['kind']]
}

/** Why a signature is void: by the rule, or as it was said. */
const reasonOf = (reason: string) => (reason === 'rule/several' ? say('void.several') : reason.replaceAll('_', ' '))

export function standingWords(standing: Standing): StandingWords {
  const reason = standing.kind === 'void' ? reasonOf(standing.reason) : ''
  const whole = say(`standing.${standing.kind}`, { reason })
  const brief = standing.kind === 'void' ? say('filter.is.void') : whole
  // What is only tried has no reason yet.
  return { words: reason ? whole : brief, brief, reason, tone: TONES[standing.kind] }
}
