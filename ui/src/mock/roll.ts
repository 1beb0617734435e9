// A roll, what came of looking up in it, and whether it will qualify, in the place of the shell.

import type { Commands } from '../bindings/CommandShapes'
import type { QualifiedAreas } from '../bindings/QualifiedAreas'
import type { QuotasGiven } from '../bindings/QuotasGiven'
import type { RollEntry } from '../bindings/RollEntry'
import type { RollPage } from '../bindings/RollPage'
import type { RollRow } from '../bindings/RollRow'
import { ago, deskHome } from './sample'

const HEADINGS = [
  'Member No',
  'Surname',
  'First names',
  'Date of birth',
  'Home address',
  'Zip',
  'Town',
  'County',
  'Party',
]

const entry = (number: number, name: string, birth: string, street: string): RollEntry => ({
  number: `WA0${number}`,
  name,
  birth,
  street,
  postal_code: '98118',
  city: 'SEATTLE',
  area: 'KI',
})
const entries = [
  entry(4417, 'OKAFOR, CATHERINE MARIE', '1985', '1420 N PINE ST'),
  entry(4418, 'SZYMANSKI, IGNATIUS SR', '1950', '12 OAK ST'),
  entry(4419, 'SZYMANSKI, IGNATIUS JR', '1980', '12 OAK ST'),
  entry(4420, 'NGUYEN, THI MINH KHAI', '1972', '3301 RAINIER AVE S APT 4'),
  entry(4421, 'YUSUF, AMINA', '1999', '88 LAKE DR'),
]

let row: RollRow | null = {
  name: 'King County, voters',
  as_of: '2026-11-01',
  delete_by: ago(-90 * 1440),
  loaded_at: ago(3600),
  hash: 'a4'.repeat(32),
  entries: 1_412_306,
}
let lookedUp = true

function page(): RollPage {
  const counts = deskHome().petitions.map(({ petition, count }) => {
    const [unsure, not_found] = [Math.floor(count.collected / 31), Math.floor(count.collected / 7)]
    const count_ = lookedUp
      ? { found: count.collected - unsure - not_found, unsure, not_found }
      : { found: 0, unsure: 0, not_found: 0 }
    return { petition, count: count_ }
  })
  return { roll: row, counts }
}

/** Each area has a part of all that is found. */
function areasOf({ text, least }: QuotasGiven, sure: number): QualifiedAreas {
  const areas = text
    .split('\n')
    .filter((line) => line.includes(';'))
    .map((line, place) => {
      const [area = '', required = ''] = line.split(';').map((part) => part.trim())
      const valid = Math.round(2400 / (place + 1))
      const enough = valid >= Number(required) ? sure : 1 - sure
      const [low, high] = [valid * sure, valid * (2 - sure)]
      return { area, required: Number(required), found: Math.round(valid / 5), valid: { valid, low, high, enough } }
    })
  const reached = areas.filter(({ required, valid }) => valid.valid >= required).length
  return { areas, least: least ?? areas.length, reached, enough: 1 - sure, elsewhere: 31 }
}

type Name =
  'roll' | 'choose_roll' | 'look_into_roll' | 'load_roll' | 'stop_roll' | 'delete_roll' | 'look_up' | 'qualify'

export const rollAnswers: { [One in Name]: (given: Commands[One]['given']) => Commands[One]['answer'] } = {
  roll: page,
  choose_roll: () => ({ file: 'r1', name: 'members-2026-11.csv' }),
  look_into_roll: ({ shape }) => ({
    recognised: null,
    delimiter: ';',
    headings: HEADINGS,
    entries: shape ? entries : [],
  }),
  load_roll: ({ form }) => {
    row = {
      ...(row ?? { hash: 'a4'.repeat(32), loaded_at: ago(0) }),
      name: form.name,
      as_of: form.as_of,
      delete_by: ago(-90 * 1440),
      entries: 48_211,
    }
    lookedUp = false
    return { roll: row, passed_over: 12 }
  },
  stop_roll: () => null,
  delete_roll: () => {
    row = null
    return page()
  },
  look_up: () => {
    lookedUp = true
    return page()
  },
  qualify: ({ required, sampled, quotas }) => {
    const filed = 6120
    const checked = sampled ?? filed
    const [found, unsure] = [Math.round(checked * 0.83), Math.round(checked * 0.03)]
    const spread = sampled ? 3400 / Math.sqrt(sampled) : 0
    const estimate = (part: number) => {
      const valid = filed * part
      return { valid, low: valid - spread * 2, high: valid + spread * 2, enough: valid > required ? 0.93 : 0.12 }
    }
    return {
      root: '9c41d7'.repeat(11).slice(0, 64),
      filed,
      checked,
      found,
      unsure,
      not_found: checked - found - unsure,
      pairs: 2,
      low: estimate(0.83),
      high: estimate(0.86),
      areas: quotas && areasOf(quotas, sampled ? 0.9 : 1),
      washington: 'qualifies',
      california: 'check_all',
      colorado: 'fails',
    }
  },
}
