// How likely it is that there are enough, in words and in a colour.

import { desk as say } from '../../words/pages.svelte'

/** Where all were checked, it is known; of a sample nobody is ever sure to the last digit. */
export function enoughWords(enough: number, isSample: boolean): string {
  if (!isSample) return say(enough >= 0.5 ? 'qualify.isEnough' : 'qualify.isNotEnough')
  return say('qualify.enough', { share: Math.min(0.999, Math.max(0.001, enough)) })
}

export const toneOf = (enough: number) => (enough >= 0.95 ? 'received' : enough >= 0.05 ? 'saved' : 'stamp')
