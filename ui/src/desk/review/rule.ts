// The target's rule, as it is chosen.

import type { Keeps } from '../../bindings/Keeps'
import { desk as say } from '../../words/pages.svelte'

export const KEEPS = ['first', 'latest', 'none'] as const satisfies Keeps[]
export const isKeeps = (keep: string): keep is Keeps => (KEEPS as readonly string[]).includes(keep)

const STEPS = [800, 900, 950, 980, 995]

/** The steps to choose from, of a thousand, with the one that is set. */
export const steps = (set: number): number[] => [...new Set([...STEPS, set])].sort((a, b) => a - b)

/** Of a thousand, as a share of a hundred: 995 is 99.5. */
export const shareOf = (perMille: number): string => say('review.share', { share: perMille / 1000 })
