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
  tone: (typeof TONES)[Standing['kind']]
}

/** Why a signature is void: by the rule, or as it was said. */
const reasonOf = (reason: string) => (reason === 'rule/several' ? say('void.several') : reason.replaceAll('_', ' '))

export function standingWords(standing: Standing): StandingWords {
  const reason = standing.kind === 'void' ? reasonOf(standing.reason) : ''
  return { words: say(`standing.${standing.kind}`, { reason }), tone: TONES[standing.kind] }
}
