// The sums that must agree, each as an equation.

import type { Closing } from '../../bindings/Closing'
import type { Sum } from '../../bindings/Sum'
import { table as say } from '../../words/pages.svelte'

export const SUMS: Sum[] = ['visits', 'signatures', 'sheets', 'lines']

/** A sum with its numbers, and whether its sides are equal: the table says that it is not, and this on which side. */
export function equation(sum: Sum, { visits, signatures, sheets, lines }: Closing, differs: boolean): string {
  const is = differs ? '≠' : '='
  switch (sum) {
    case 'visits':
      return say('sum.visits.is', { ...visits, is })
    case 'signatures': {
      const { kiosk, paper, growth, received, waiting } = signatures
      const grown = growth === null || growth === kiosk + paper ? '=' : '≠'
      return say('sum.signatures.is', {
        kiosk,
        paper,
        received,
        waiting,
        growth: growth ?? 0,
        known: growth === null ? 'no' : 'yes',
        grown,
        is: (growth ?? kiosk + paper) === received + waiting ? '=' : '≠',
      })
    }
    case 'sheets':
      return sheets === null ? say('sum.sheets.none') : say('sum.sheets.is', { ...sheets, is })
    case 'lines':
      return lines.sheets === 0 ? say('sum.lines.none') : say('sum.lines.is', { ...lines, is })
  }
}
