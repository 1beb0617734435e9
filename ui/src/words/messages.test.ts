// The message files: complete, used, each with the plural forms, arguments and fonts of its language.

import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { countries } from '../kiosk/countries'
import { familiesOf, isDrawn } from '../shared/bundledFonts'
import { directionOf, LANGUAGES, nameOf, TAGS, wordsIn, type Language } from './languages'
import { messagesOf, textsOf, type Area } from './messages'
import { SOURCES, sourceOf, SRC } from './sources'

const AREAS = readdirSync(join(SRC, 'words'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name as Area)
/** Every message file: an area in a language. */
const FILES = AREAS.flatMap((area) => TAGS.filter((tag) => textsOf(area, tag)).map((tag) => [area, tag] as const))

describe.each(FILES)('%s in %s', (area, tag) => {
  const texts = textsOf(area, tag)!
  const en = textsOf(area, 'en')!
  const keys = Object.keys(en)

  test('has every key, and no other', () => {
    expect(Object.keys(texts).sort()).toEqual(keys.sort())
  })

  test('is a language of its own', () => {
    const asEnglish = keys.filter((key) => texts[key] === en[key])
    if (tag !== 'en') expect(asEnglish.length / keys.length, asEnglish.join()).toBeLessThan(0.1)
  })

  test('takes the same arguments as English, and has all plural forms of its own', () => {
    for (const key of keys) {
      const [own, english] = [shapeOf(texts[key]!), shapeOf(en[key]!)]
      expect(own.arguments, key).toEqual(english.arguments)
      for (const forms of own.plurals) expect(forms, key).toEqual(pluralsOf(tag))
    }
  })

  test('has no letter that the bundled fonts lack', () => {
    const said = Object.values(texts).join('')
    expect(lacking(said)).toEqual([])
  })
})

test.each(TAGS)('the kiosk has its own words in %s, and fonts for its names, numbers and countries', (tag) => {
  expect(textsOf('kiosk', tag)).toBeDefined()
  const m = messagesOf('kiosk', tag)
  const said = [LANGUAGES[tag].name, ...countries(tag).map((country) => country.name)].join('')
  const more = `${m.number(1234567890)}${m.percent(150)}${MONTHS.map((month) => m.date(month)).join('')}`
  expect(lacking(said + more)).toEqual([])
})

test.each(AREAS)('every key of %s is used, and every key that is used is there', (area) => {
  const keys = Object.keys(textsOf(area, 'en')!)
  const { literal, called, patterns } = usedIn(area)
  expect(
    keys.filter((key) => !literal.has(key) && !patterns.some((pattern) => pattern.test(key))),
    'never said',
  ).toEqual([])
  expect(
    [...called].filter((key) => !keys.includes(key)),
    'not there',
  ).toEqual([])
})

/** Keys that are put together: a prefix, one of the names of a generated union, and what may follow. */
const FAMILIES: { area: Area; prefix: string; union: string; more?: true }[] = [
  { area: 'kiosk', prefix: 'field.', union: 'Field' },
  { area: 'kiosk', prefix: 'problem.', union: 'ProblemCode', more: true },
  { area: 'desk', prefix: 'standing.', union: 'Standing' },
]

test.each(FAMILIES)('$area has words for each $union, and no other', ({ area, prefix, union, more }) => {
  const keys = Object.keys(textsOf(area, 'en')!).filter((key) => key.startsWith(prefix))
  const names = keys.map((key) => (more ? key.slice(prefix.length).split('.')[0]! : key.slice(prefix.length)))
  expect([...new Set(names)].sort()).toEqual(bindingOf(union).sort())
})

test('numbers, days and plurals are those of the language', () => {
  const [en, ru] = [messagesOf('kiosk', 'en'), messagesOf('kiosk', 'ru')]
  expect(en('haveSigned', { count: 1 })).toBe('has signed.')
  expect(en('haveSigned', { count: 2 })).toBe('have signed.')
  expect(messagesOf('kiosk', 'fr').number(1284)).toBe('1\u202f284')
  expect(en.date('2027-12-31')).toBe('December\u00a031,\u00a02027')
  expect(ru('inkDrawn', { strokes: 3 })).not.toBe(ru('inkDrawn', { strokes: 5 }).replace('5', '3'))
})

test('names in a sentence stand by themselves, whichever way they are written', () => {
  const values = { startedBy: 'Rainier Riders', addressedTo: 'Metro (King County)' }
  const parts = messagesOf('kiosk', 'ar').parts('startedBy', values)
  const names = parts.filter((part) => part.tag).map((part) => part.text)
  expect(names.sort()).toEqual(['\u2068Metro (King County)\u2069', '\u2068Rainier Riders\u2069'])
})

test.each([
  ['en-US', 'en'],
  ['tl', 'fil'],
  ['zh', 'zh-Hans'],
  ['zh-CN', 'zh-Hans'],
  ['ar-EG', 'ar'],
  ['de', undefined],
])('a petition in %s begins in %s', (tag, language) => {
  expect(wordsIn(tag)).toBe(language)
})

test.each([
  ['en', 'ltr'],
  ['ar', 'rtl'],
  ['fa-AF', 'rtl'],
  ['he', 'rtl'],
  ['ur', 'rtl'],
  ['ku', 'ltr'],
  ['ckb', 'rtl'],
  ['az-Arab', 'rtl'],
  ['zh-Hans', 'ltr'],
  ['no such', 'ltr'],
])('a text in %s is written %s', (tag, direction) => {
  expect(directionOf(tag)).toBe(direction)
})

test('each language has the direction of its script, and its own name', () => {
  for (const tag of TAGS) expect([tag, directionOf(tag)]).toEqual([tag, LANGUAGES[tag].direction])
  expect(['es', 'de', 'hmn', 'no such'].map(nameOf)).toEqual(['Español', 'Deutsch', expect.any(String), 'no such'])
})

const MONTHS = Array.from({ length: 12 }, (_, month) => `2027-${String(month + 1).padStart(2, '0')}-28`)

interface Shape {
  arguments: string[]
  plurals: string[][]
}

/** What a message takes, by name and kind, and the forms of each plural. */
function shapeOf(text: string): Shape {
  const shape: Shape = { arguments: [], plurals: [] }
  const walk = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue
      shape.arguments.push(`${element.value}: ${TYPE[element.type]}`)
      if (element.type === TYPE.tag) walk(element.children)
      if (element.type === TYPE.plural) {
        const forms = Object.keys(element.options).filter((form) => !form.startsWith('='))
        shape.plurals.push(forms.sort())
      }
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        for (const option of Object.values(element.options)) walk(option.value)
      }
    }
  }
  walk(parse(text))
  const tags = shape.arguments
    .filter((argument) => argument.endsWith(': tag'))
    .map((argument) => argument.split(':')[0])
  const values = shape.arguments
    .filter((argument) => !argument.endsWith(': tag'))
    .map((argument) => argument.split(':')[0])
  expect(
    values.filter((name) => tags.includes(name)),
    'a value and a tag of one name would be one to the library',
  ).toEqual([])
  shape.arguments = [...new Set(shape.arguments)].sort()
  return shape
}

function pluralsOf(tag: Language): string[] {
  return [...new Intl.PluralRules(tag).resolvedOptions().pluralCategories].sort()
}

/** The names in a generated union of TypeScript. */
function bindingOf(name: string): string[] {
  const text = readFileSync(join(SRC, `bindings/${name}.ts`), 'utf8')
  const union = text.slice(text.indexOf('export type'))
  const names = union.includes('"kind"') ? /"kind": "([^"]+)"/g : /"([^"]+)"/g
  return [...union.matchAll(names)].map((match) => match[1]!)
}

/** What the files that say something of an area may mean by its keys. */
function usedIn(area: Area) {
  const source = SOURCES.map(sourceOf)
    .filter((text) => saysOf(area, text))
    .join('\n')
  const caller = area === 'kiosk' ? 'm' : area === 'shared' ? 'shared' : 'say'
  const all = (pattern: RegExp) => [...source.matchAll(pattern)].map((match) => match[1]!)
  const templates = all(/`([^`\s]*\$\{[^`]*)`/g).map((template) => template.split(/\$\{[^}]*\}/).map(escaped))
  return {
    literal: new Set(all(/'(?=([^'\n]+)')/g)),
    called: new Set(all(new RegExp(`\\b${caller}(?:\\.parts)?\\(\\s*'([^']+)'`, 'g'))),
    patterns: templates.filter(([first]) => first !== '').map((texts) => new RegExp(`^${texts.join('.+')}$`)),
  }
}

/** Whether a source says words of the area: the kiosk's come with a visit, the others from the pages' own. */
function saysOf(area: Area, source: string): boolean {
  if (area === 'kiosk') return source.includes("'kiosk'") || source.includes('kioskContext')
  return new RegExp(`import \\{[^}]*\\b${area}\\b[^}]*\\} from '[./]+(?:/words)?/pages.svelte'`).test(source)
}

/** The letters of a text that no bundled font has. */
function lacking(text: string): string[] {
  return [...new Set(text)].filter((letter) => isDrawn(letter) && familiesOf(letter).length === 0)
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
