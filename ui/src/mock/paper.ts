// Paper sheets in the place of the shell.

import type { KeptLine } from '../bindings/KeptLine'
import type { KeptPicture } from '../bindings/KeptPicture'
import type { OpenSheet } from '../bindings/OpenSheet'
import type { PaperPage } from '../bindings/PaperPage'
import type { PaperPetition } from '../bindings/PaperPetition'
import type { Shift } from '../bindings/Shift'
import type { SheetClosed } from '../bindings/SheetClosed'
import type { SheetEnd } from '../bindings/SheetEnd'
import type { SheetHeading } from '../bindings/SheetHeading'
import type { SheetLine } from '../bindings/SheetLine'
import { libraryPage, shelterPage } from './sample'

let sheet: OpenSheet | null = null
let number = 12

const version = (version: number) => ({ version, languages: ['en', 'es'] })

const petitions: PaperPetition[] = [shelterPage(), libraryPage()].map(({ invite, fields, minimum_age }) => ({
  petition: invite.petition,
  title: invite.title,
  versions: invite.petition === libraryPage().invite.petition ? [version(1), version(2)] : [version(1)],
  fields,
  minimum_age,
}))

export function page(shift: Shift | null): PaperPage {
  const next = shift && {
    petition: petitions[0]?.petition ?? '',
    version: 1,
    language: null,
    number,
    day: new Date().toISOString().slice(0, 10),
    place: shift.place,
    volunteer: shift.volunteer,
  }
  return { sheet: sheet && { ...sheet }, next, petitions }
}

export function open(heading: SheetHeading): null {
  sheet = { heading, lines: [], pictures: [] }
  return null
}

export function setLine(number: number, line: SheetLine): KeptLine {
  const isOdd =
    line.state === 'entered' && !line.as_on_paper && line.draft.email !== '' && !line.draft.email.includes('@')
  const kept: KeptLine = {
    number,
    line,
    problems: isOdd ? [{ field: 'email', code: 'email_no_at', severity: 'error' }] : [],
    mended: [],
  }
  if (sheet) sheet.lines = [...sheet.lines.filter((other) => other.number !== number), kept]
  return kept
}

/** A page with some lines written on it. */
export const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTgLyQAAAABJRU5ErkJggg=='

export function addPicture(): KeptPicture {
  const kept = { number: (sheet?.pictures.length ?? 0) + 1, width: 1131, height: 1600, bytes: 214_000 }
  sheet?.pictures.push(kept)
  return kept
}

export function removePicture(number: number): null {
  if (sheet) sheet.pictures = sheet.pictures.filter((picture) => picture.number !== number)
  return null
}

export function close({ total }: SheetEnd): SheetClosed {
  const count = (state: SheetLine['state']) => sheet?.lines.filter(({ line }) => line.state === state).length ?? 0
  const closed = {
    number: sheet?.heading.number ?? number,
    entered: count('entered'),
    blank: count('blank'),
    struck: count('struck'),
    illegible: count('illegible'),
    total,
  }
  number = closed.number + 1
  sheet = null
  return closed
}

export function drop(): null {
  sheet = null
  return null
}
