// A visit through every stage: what leads where, what comes along, and that an ended one stays ended.

import { expect, test } from 'vitest'
import type { Thanks } from '../bindings/Thanks'
import { library, libraryPage, shelter, shelterPage } from '../mock/sample'
import { after, progressOf, visit, type Stage, type Step } from './visit.svelte'

const pages = { [shelter.petition]: shelterPage(), [library.petition]: libraryPage() }
const load = async (petition: string) => pages[petition]!
const thanks = { invite: shelter, withdrawal_code: 'K7Q2M9XR4T', withdrawal_qr: null, recommended: [library] } as Thanks

/** The visit is in this stage, and gives what it holds. */
function at<At extends Stage['at']>(stage: Stage, at: At): Extract<Stage, { at: At }> {
  expect(stage.at).toBe(at)
  return stage as Extract<Stage, { at: At }>
}

test('from the choice to the thanks, and on to the next petition with the name', async () => {
  const person = visit(load)
  at(person.stage, 'choose')
  expect(progressOf(person.stage)).toBe('fresh')
  person.choose(shelter.petition)
  expect(at(person.stage, 'invite').petition).toBe(shelter.petition)
  expect(progressOf(person.stage)).toBe('chosen')
  await person.open(shelter.petition, 'read')
  expect(at(person.stage, 'read').page.invite.title).toBe(shelter.title)
  expect(progressOf(person.stage)).toBe('begun')
  person.sign()
  const { typed } = at(person.stage, 'sign')
  typed.draft.full_name = 'Amina Yusuf'
  typed.draft.city = 'Seattle'
  typed.draft.email = 'amina@example.org'
  typed.draft.share = true
  typed.strokes = [[{ x: 1, y: 2, pressure: 3 }]]
  person.read()
  expect(at(person.stage, 'read').typed).toBe(typed)
  person.sign()
  expect(at(person.stage, 'sign').typed.draft.full_name).toBe('Amina Yusuf')
  person.save(thanks)
  expect(at(person.stage, 'thanks').thanks.withdrawal_code).toBe('K7Q2M9XR4T')
  expect(progressOf(person.stage)).toBe('signed')
  await person.open(library.petition, 'sign')
  const next = at(person.stage, 'sign')
  expect(next.page.invite.petition).toBe(library.petition)
  expect(next.typed.draft).toMatchObject({
    full_name: 'Amina Yusuf',
    city: 'Seattle',
    email: '',
    share: false,
    typed_signature: '',
  })
  expect(next.typed.draft.id).not.toBe(typed.draft.id)
  expect(next.typed.strokes).toEqual([])
  expect(progressOf(person.stage)).toBe('begun')
  person.end()
  expect(person.stage).toEqual({ at: 'choose' })
})

test('a table with one petition goes from its invitation straight on', async () => {
  const person = visit(load)
  await person.open(shelter.petition, 'sign')
  expect(at(person.stage, 'sign').typed.draft).toMatchObject({ petition: shelter.petition, full_name: '' })
})

test('a text that has changed is shown again, and nothing typed is lost', async () => {
  const person = visit(async (petition) => {
    const page = pages[petition]!
    return { ...page, text: { ...page.text, hash: texts.shift()! } }
  })
  const texts = ['01', '02']
  await person.open(shelter.petition, 'sign')
  const before = at(person.stage, 'sign').typed
  before.draft.full_name = 'Amina Yusuf'
  before.strokes = [[{ x: 1, y: 2, pressure: 3 }]]
  await person.renew(shelter.petition)
  const { typed, page } = at(person.stage, 'sign')
  expect([page.text.hash, typed.draft.full_name]).toEqual(['02', 'Amina Yusuf'])
  expect([typed.draft.id, typed.strokes]).toEqual([before.draft.id, before.strokes])
})

test('a petition that cannot be loaded says why', async () => {
  const why = { code: 'table/no-petition', detail: '' }
  const person = visit(() => Promise.reject(why))
  await person.open(shelter.petition, 'read')
  expect(at(person.stage, 'unavailable').failure).toBe(why)
  expect(progressOf(person.stage)).toBe('begun')
})

test('what was asked before the end does not bring the person back', async () => {
  let answer: (page: ReturnType<typeof shelterPage>) => void = () => {}
  const person = visit(() => new Promise((resolve) => (answer = resolve)))
  const opening = person.open(shelter.petition, 'sign')
  person.end()
  answer(shelterPage())
  await opening
  expect(person.stage).toEqual({ at: 'choose' })
})

test('a step that does not lead on from a stage leaves it as it is', () => {
  const page = shelterPage()
  const steps: Record<Step['step'], Step> = {
    choose: { step: 'choose', petition: shelter.petition },
    open: { step: 'open', page, to: 'sign', id: 'id' },
    read: { step: 'read' },
    sign: { step: 'sign' },
    renew: { step: 'renew', page },
    save: { step: 'save', thanks },
    fail: { step: 'fail', failure: null },
  }
  const choose: Stage = { at: 'choose' }
  const invite = after(choose, steps.choose)
  const sign = after(invite, steps.open)
  const read = after(sign, steps.read)
  const done = after(sign, steps.save)
  const unavailable = after(sign, steps.fail)
  const leads: [Stage, Step['step'][]][] = [
    [choose, ['choose', 'open', 'fail']],
    [invite, ['choose', 'open', 'fail']],
    [read, ['sign', 'renew', 'fail']],
    [sign, ['read', 'renew', 'save', 'fail']],
    [done, ['open', 'fail']],
    [unavailable, ['fail']],
  ]
  for (const [stage, on] of leads) {
    const moves = Object.values(steps).filter((step) => after(stage, step) !== stage)
    expect(moves.map((step) => step.step).sort(), stage.at).toEqual([...on].sort())
  }
})
