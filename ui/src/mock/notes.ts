// What tables told beside signatures, in the place of the shell.

import type { TableNote } from '../bindings/TableNote'
import { ago, deskHome, shelter } from './sample'

export function notes(): TableNote[] {
  const table = deskHome().tables[0]?.table ?? ''
  const by = { table, place: 'Capitol Hill Farmers Market', volunteer: 'Dee R.' }
  return [
    {
      ...by,
      at: ago(400),
      about: {
        kind: 'sheet',
        petition: shelter.petition,
        number: 12,
        day: ago(1440),
        entered: 17,
        blank: 1,
        struck: 1,
        illegible: 1,
        total: 19,
        explanation: 'The struck one was counted',
      },
    },
    {
      ...by,
      at: ago(90),
      about: { kind: 'strike', generation: 1, index: 41, reason: 'joke', words: 'Mickey Mouse, to laughter' },
    },
  ]
}
