// What a table told, in words: a line for each thing that it says.

import type { Closing } from '../../bindings/Closing'
import type { NoteAbout } from '../../bindings/NoteAbout'
import type { ShiftEvent } from '../../bindings/ShiftEvent'
import type { Sum } from '../../bindings/Sum'
import type { TableNote } from '../../bindings/TableNote'
import { desk as say } from '../../words/pages.svelte'

interface Seals {
  laptop_seal: string | null
  stick_seal: string | null
}

/** What a note says, the first line first. */
export function noteLines(about: NoteAbout): string[] {
  switch (about.kind) {
    case 'strike':
      return [say(`notes.strike.${about.reason}`, { index: about.index })]
    case 'sheet':
      return [
        say('notes.sheet', {
          number: about.number,
          day: new Date(about.day * 1000),
          entered: about.entered,
          illegible: about.illegible,
          struck: about.struck,
          blank: about.blank,
          differs: about.total !== null && about.total !== about.entered + about.illegible ? 'yes' : 'no',
          total: about.total ?? 0,
        }),
      ]
    case 'event':
      return [eventLine(about), ...sealsLine(about)]
    case 'closing':
      return closingLines(about)
    case 'picture':
      // Told with its sheet.
      return []
  }
}

/** What the volunteer said: of a closing record, of each sum that differs. */
export function noteWords({ about, differing }: TableNote): string[] {
  const given = (words: string | null) => (words === null ? [] : [words])
  switch (about.kind) {
    case 'strike':
      return given(about.words)
    case 'sheet':
      return given(about.explanation)
    case 'event':
    case 'picture':
      return []
    case 'closing':
      return differing.map((sum: Sum) => about.explained?.[sum] ?? say('notes.unexplained'))
  }
}

function eventLine({ what, so_far, gives, takes }: ShiftEvent): string {
  if (what !== 'handed_over') return say(`notes.event.${what}`, { count: so_far })
  const names = gives !== null && takes !== null ? 'both' : gives !== null ? 'gives' : takes !== null ? 'takes' : 'none'
  return say('notes.handedOver', { count: so_far, names, gives: gives ?? '', takes: takes ?? '' })
}

function closingLines(closing: Closing): string[] {
  const { signatures, visits, opening, witness, pauses, paused_minutes, hand_overs } = closing
  return [
    say('notes.closing', { kiosk: signatures.kiosk, paper: signatures.paper, visits: visits.begun }),
    say('notes.pauses', { pauses, minutes: paused_minutes, hands: hand_overs }),
    ...(opening === null ? [say('notes.noOpening')] : []),
    ...(opening !== null && opening.refused > 0 ? [say('notes.refused', { count: opening.refused })] : []),
    ...(witness === null ? [] : [say('notes.with', { witness })]),
    ...sealsLine(closing),
  ]
}

function sealsLine({ laptop_seal, stick_seal }: Seals): string[] {
  if (laptop_seal === null && stick_seal === null) return []
  const which = laptop_seal !== null && stick_seal !== null ? 'both' : laptop_seal !== null ? 'laptop' : 'stick'
  return [say('notes.seals', { which, laptop: laptop_seal ?? '', stick: stick_seal ?? '' })]
}
