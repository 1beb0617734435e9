// What an organizer changes for tables, in the place of the shell.

import type { DeskHome } from '../bindings/DeskHome'

/** A desk at which a petition was changed, and tables do not know it yet. */
export function changed(desk: DeskHome, petition: string, change: { ended?: boolean; correct?: boolean }): DeskHome {
  const petitions = desk.petitions.map((row) =>
    row.petition === petition
      ? { ...row, ended: change.ended ?? row.ended, version: row.version + (change.correct ? 1 : 0) }
      : row,
  )
  const titles = petitions.filter((row) => row.petition === petition).map((row) => row.title)
  return { ...desk, petitions, unpublished: { ...desk.unpublished, petitions: titles } }
}

/** The same, once tables know all of it. */
export const published = (desk: DeskHome): DeskHome => ({
  ...desk,
  unpublished: { petitions: [], kits: [], keys: false },
})
