// Where a strange pattern leads: to the signatures of its shift, or of its table where they say no shift.

import type { LedgerFilter } from '../../bindings/LedgerFilter'
import type { Pattern } from '../../bindings/Pattern'

export function doorOf(petition: string, { kind, table, shift }: Pattern): LedgerFilter {
  return {
    search: '',
    petition,
    ...(shift === null ? { table } : { shift }),
    ...(kind === 'duplicates' && { standing: 'duplicate' }),
    ...(kind === 'not_found' && { roll: 'not_found' }),
  }
}
