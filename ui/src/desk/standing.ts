// The standing of a signature, in words.

import type { Standing } from '../bindings/Standing'

export interface StandingWords {
  words: string
  tone: 'received' | 'saved' | 'stamp' | 'plain'
}

export function standingWords(standing: Standing): StandingWords {
  switch (standing.kind) {
    case 'counted':
      return { words: 'counted', tone: 'received' }
    case 'duplicate':
      return { words: 'duplicate', tone: 'plain' }
    case 'void':
      return { words: `void: ${standing.reason.replaceAll('_', ' ')}`, tone: 'plain' }
    case 'withdrawn':
      return { words: 'withdrawn', tone: 'plain' }
    case 'erased':
      return { words: 'erased', tone: 'plain' }
    case 'in_review':
      return { words: 'in review', tone: 'saved' }
  }
}
