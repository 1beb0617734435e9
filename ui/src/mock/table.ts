// The table screen, in the place of the shell.

import type { DeskHome } from '../bindings/DeskHome'
import type { Invite } from '../bindings/Invite'
import type { KitView } from '../bindings/KitView'
import type { News } from '../bindings/News'
import type { TableHome } from '../bindings/TableHome'
import { ago, library, shelter } from './sample'

export const tableHome = (): TableHome => ({
  label: 'Table 4',
  campaign: 'Seattle waits dry',
  has_pin: true,
  kit_time: 'good',
  kit_made_at: ago(14400),
  clock_off: null,
  shift: { place: 'Capitol Hill Farmers Market', volunteer: 'Dee R.', started_at: ago(175), paused_at: null },
  this_shift: 48,
  today: 61,
  saved: 143,
  received: 112,
  waiting: 31,
  last_receipt_at: ago(25),
  everyone: { count: 1321, as_of: ago(25) },
  surroundings: 'x11',
  sending: { state: 'no_network', next_try_at: ago(-3) },
  petitions: [
    {
      petition: shelter.petition,
      title: shelter.title,
      this_shift: 39,
      table: 112,
      count: 37,
      goal: 100,
      ended: false,
    },
    {
      petition: library.petition,
      title: library.title,
      this_shift: 9,
      table: 31,
      count: 1284,
      goal: 1500,
      ended: false,
    },
  ],
  news: [],
  update_fault: null,
})

/** What the organizer changed. */
export const news = (): News[] => [
  { at: ago(12), change: { what: 'corrected', title: library.title, version: 2 } },
  { at: ago(12), change: { what: 'kit_date', until: ago(-120 * 1440) } },
]

/** The kit that it works by. */
export const kitView = (desk: DeskHome, petitions: Invite[]): KitView => ({
  campaign: desk.name,
  campaign_id: desk.campaign,
  label: 'Spring markets',
  endpoint: desk.endpoint,
  until: ago(-90 * 1440),
  petitions: petitions.map((invite) => invite.title),
  update: 3,
})
