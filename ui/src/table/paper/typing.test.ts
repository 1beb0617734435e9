// Typing a sheet: nothing waits, nothing is lost, and the table hears each line in its turn.

import { describe, expect, it } from 'vitest'
import type { KeptLine } from '../../bindings/KeptLine'
import type { Problem } from '../../bindings/Problem'
import type { SheetLine } from '../../bindings/SheetLine'
import { typing } from './typing.svelte'

/** A table that answers when it is let, and what it was told. */
function table(problemsOf: (line: SheetLine) => Problem[] = () => []) {
  const told: { number: number; line: SheetLine }[] = []
  const open: { answer: () => void; fail: () => void }[] = []
  const send = (number: number, line: SheetLine) =>
    new Promise<KeptLine>((resolve, reject) => {
      told.push({ number, line })
      open.push({
        answer: () => resolve({ number, line, problems: problemsOf(line), mended: [] }),
        fail: () => reject(new Error('table/disk-full')),
      })
    })
  const settle = async (how: 'answer' | 'fail' = 'answer') => {
    open.shift()?.[how]()
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  const all = async () => {
    while (open.length > 0) await settle()
  }
  return { told, send, settle, all }
}

const nameOf = (line: SheetLine) => (line.state === 'entered' ? line.draft.full_name : line.state)

function type(sheet: ReturnType<typeof typing>, name: string) {
  sheet.draft.full_name = name
  return sheet.enter()
}

describe('typing', () => {
  it('never waits, and tells the table one line after the other', async () => {
    const { told, send, settle, all } = table()
    const sheet = typing([], send)
    for (const name of ['Ada', 'Amina', 'Bo']) expect(type(sheet, name)).toBe(true)
    sheet.mark('struck')
    expect([sheet.at, sheet.unkept, told.length]).toEqual([5, 4, 1])
    await settle()
    expect([sheet.unkept, told.length]).toEqual([3, 2])
    await all()
    expect(told.map(({ number, line }) => [number, nameOf(line)])).toEqual([
      [1, 'Ada'],
      [2, 'Amina'],
      [3, 'Bo'],
      [4, 'struck'],
    ])
    expect(sheet.sums).toEqual({ entered: 3, blank: 0, struck: 1, illegible: 0 })
  })

  it('keeps nothing without a name', () => {
    const { told, send } = table()
    const sheet = typing([], send)
    expect([type(sheet, '  '), sheet.at, told.length]).toEqual([false, 1, 0])
  })

  it('brings what was typed again while it was under way once more', async () => {
    const { told, send, all } = table()
    const sheet = typing([], send)
    type(sheet, 'Ada')
    sheet.go(1)
    expect(type(sheet, 'Ada Byron')).toBe(true)
    await all()
    expect(told.map(({ line }) => nameOf(line))).toEqual(['Ada', 'Ada Byron'])
    expect(sheet.lines.map(({ line, kept }) => [nameOf(line), kept])).toEqual([['Ada Byron', true]])
  })

  it('loses nothing where the table cannot keep it', async () => {
    const { told, send, settle, all } = table()
    const sheet = typing([], send)
    type(sheet, 'Ada')
    type(sheet, 'Amina')
    await settle('fail')
    expect([sheet.failure !== null, sheet.unkept]).toEqual([true, 2])
    void sheet.again()
    await all()
    expect([sheet.failure, sheet.unkept, told.length]).toEqual([null, 0, 3])
  })

  it('keeps a half typed line while one before it is mended', async () => {
    const { send, all } = table()
    const sheet = typing([], send)
    type(sheet, 'Ada')
    sheet.draft.full_name = 'Ami'
    sheet.go(1)
    expect(sheet.draft.full_name).toBe('Ada')
    type(sheet, 'Ada Byron')
    expect([sheet.at, sheet.draft.full_name]).toEqual([2, 'Ami'])
    await all()
  })

  it('takes a line that was looked at and left as it stands on the paper', async () => {
    const odd: Problem = { field: 'full_name', code: 'no_letters', severity: 'warning' }
    const { told, send, all } = table((line) => (line.state === 'entered' && !line.as_on_paper ? [odd] : []))
    const sheet = typing([], send)
    type(sheet, '12')
    await all()
    expect(sheet.unready.map(({ number }) => number)).toEqual([1])
    sheet.go(1)
    sheet.draft.full_name = '123'
    sheet.enter()
    await all()
    expect(sheet.unready.length).toBe(1)
    sheet.go(1)
    sheet.enter()
    await all()
    expect([sheet.unready.length, told.length]).toEqual([0, 3])
  })

  it('lets country and age statement stick, and a choice never', () => {
    const { send } = table()
    const sheet = typing([], send)
    Object.assign(sheet.draft, { country: 'US', of_age: true, send_updates: true })
    type(sheet, 'Ada')
    expect(sheet.draft).toMatchObject({ full_name: '', country: 'US', of_age: true, send_updates: false })
  })

  it('goes on with a sheet that was typed before', () => {
    const line: SheetLine = { state: 'illegible' }
    const sheet = typing([{ number: 1, line, problems: [], mended: [] }], table().send)
    expect([sheet.at, sheet.unkept, sheet.sums.illegible]).toEqual([2, 0, 1])
  })
})
