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

export function standingWords(standing: Standing): StandingWords {
  const reason = standing.kind === 'void' ? standing.reason.replaceAll('_', ' ') : ''
  return { words: say(`standing.${standing.kind}`, { reason }), tone: TONES[standing.kind] }
}
