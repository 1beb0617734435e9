// What the desk says of a table's log: nothing that is not so.

import { expect, test } from 'vitest'
import type { TableRow } from '../../bindings/TableRow'
import { branchWords, needsYou, proofWords } from './proof'

const whole: TableRow = {
  table: 't',
  generation: 1,
  device: 'd+8sVwTg31+AQ==',
  label: 'Table',
  size: 10,
  received: 10,
  opened: 10,
  set_aside: 0,
  waiting: 0,
  missing: 0,
  behind: 0,
  branches: [],
  proof: 'complete',
  state: 'admitted',
  revoked: false,
  last_seen: null,
  root: null,
}

test('every signature is here only where every entry was opened', () => {
  expect(proofWords(whole).todo).toContain('Every signature')
  const aside = proofWords({ ...whole, opened: 8, set_aside: 2 })
  expect(aside.todo).not.toContain('Every signature')
  expect(aside.todo).toContain('2 entries could not be opened')
  expect(needsYou({ ...whole, opened: 8, set_aside: 2 })).toBe(true)
})

test('a gap counts what is missing, not what waits or could not be opened', () => {
  const { todo } = proofWords({ ...whole, proof: 'gap', size: 40, opened: 20, set_aside: 3, waiting: 12, missing: 5 })
  expect(todo).toContain('5 entries between are not here yet; 12 later ones are here and wait')
})

test('what the endpoint has more is not what could not be opened', () => {
  expect(proofWords({ ...whole, proof: 'behind', received: 30, opened: 8, set_aside: 2, behind: 20 }).chip).toBe(
    '20 not merged yet',
  )
})

test('a fork says that both are counted, since when, and how many', () => {
  const branch = { branch: '5f2c0a17', since: 21, since_time: null, size: 33, own: 12, set_aside: 1 }
  expect(proofWords({ ...whole, proof: 'forked', branches: [branch] }).todo).toContain(
    'All that came of both is kept and counted once',
  )
  expect(branchWords(branch)).toBe('5f2c0a17: 12 entries of its own since entry 21; 1 of them could not be opened')
})
