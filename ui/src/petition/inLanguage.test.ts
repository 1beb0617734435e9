// Which text of a petition a signer is shown, and what comes with it.

import { expect, test } from 'vitest'
import { shelter, shelterPage } from '../mock/sample'
import { inviteIn, pageIn } from './inLanguage'

test.each([
  ['es', 'es'],
  ['es-MX', 'es'],
  ['AR', 'ar'],
  ['en', 'en'],
  // There is no text in these: the petition's own stands.
  ['ko', 'en'],
  ['de', 'en'],
])('a signer who chose %s reads %s', (chosen, shown) => {
  const page = pageIn(shelterPage(), chosen)
  expect([page.text.language, page.invite.language]).toEqual([shown, shown])
  expect(inviteIn(shelter, chosen).language).toBe(shown)
})

test('title, names and milestone come with the language, and counts stay', () => {
  const spanish = inviteIn(shelter, 'es')
  expect(spanish.title).toMatch(/marquesina/)
  expect(spanish.milestone_note).toMatch(/firmas/)
  expect([spanish.petition, spanish.count, spanish.goal]).toEqual([shelter.petition, shelter.count, shelter.goal])
  expect(inviteIn(shelter, 'en')).toEqual(shelter)
})

test('a dialect that the organizer wrote goes before its neighbour', () => {
  const page = shelterPage()
  const of = (language: string) => ({ ...page.text, language, hash: language })
  const several = { ...page, translations: [of('es-ES'), of('es-MX'), of('de')] }
  expect(pageIn(several, 'es-MX').text.language).toBe('es-MX')
  expect(pageIn(several, 'es').text.language).toBe('es-ES')
  expect(pageIn(several, 'de').text.language).toBe('de')
  expect(pageIn({ ...several, text: of('zh-Hant') }, 'zh-Hans').text.language).toBe('zh-Hant')
})
