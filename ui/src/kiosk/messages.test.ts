import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { create, type Font } from 'fontkit'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { countries } from './countries'
import { LANGUAGES, languageOf, messagesOf, TAGS, type Key, type Language } from './messages'

const KIOSK = dirname(fileURLToPath(import.meta.url))
const en = LANGUAGES.en.texts
const KEYS = Object.keys(en) as Key[]

describe.each(TAGS)('%s', (tag) => {
  const texts: Record<string, string> = LANGUAGES[tag].texts

  test('has every key, and no other', () => {
    expect(Object.keys(texts).sort()).toEqual([...KEYS].sort())
  })

  test('is a language of its own', () => {
    const asEnglish = KEYS.filter((key) => texts[key] === en[key])
    if (tag !== 'en') expect(asEnglish.length / KEYS.length, asEnglish.join()).toBeLessThan(0.1)
  })

  test('takes the same arguments as English, and has all plural forms of its own', () => {
    for (const key of KEYS) {
      const [own, english] = [shapeOf(texts[key]!), shapeOf(en[key])]
      expect(own.arguments, key).toEqual(english.arguments)
      for (const forms of own.plurals) expect(forms, key).toEqual(pluralsOf(tag))
    }
  })

  test('has no letter that the bundled fonts lack', () => {
    const said = [LANGUAGES[tag].name, ...Object.values(texts), ...countries(tag).map((country) => country.name)].join(
      '',
    )
    const more = `${messagesOf(tag).number(1234567890)}${messagesOf(tag).percent(150)}${MONTHS.map((month) => messagesOf(tag).date(month)).join('')}`
    const lacking = [...new Set(said + more)].filter(
      (letter) =>
        !/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/u.test(letter) &&
        !bundled().some((font) => font.hasGlyphForCodePoint(letter.codePointAt(0)!)),
    )
    expect(lacking).toEqual([])
  })
})

test('every key is used, and every key that is used is there', () => {
  const source = sources().join('\n')
  const literal = new Set([...source.matchAll(/\bm(?:\.parts)?\(\s*'([^']+)'/g)].map((match) => match[1]!))
  // Keys that are put together: by a field of the form, or by the code of a problem.
  const byField = KEYS.filter((key) => key.startsWith('field.'))
  const byProblem = KEYS.filter((key) => key.startsWith('problem.'))
  expect(source).toContain('m(`field.${')
  expect(source).toContain('m(problemKey(')
  for (const code of bindingOf('ProblemCode')) expect(byProblem, 'a problem without words').toContain(`problem.${code}`)
  for (const field of bindingOf('Field')) expect(byField, 'a field without a label').toContain(`field.${field}`)
  for (const key of byProblem) expect(bindingOf('ProblemCode'), 'words for no problem').toContain(key.split('.')[1])
  const used = new Set<string>([...literal, ...ternaries(source), ...byField, ...byProblem])
  expect(
    KEYS.filter((key) => !used.has(key)),
    'never said',
  ).toEqual([])
  expect(
    [...literal].filter((key) => !(key in en)),
    'not there',
  ).toEqual([])
})

test('numbers, days and plurals are those of the language', () => {
  expect(messagesOf('en')('haveSigned', { count: 1 })).toBe('has signed.')
  expect(messagesOf('en')('haveSigned', { count: 2 })).toBe('have signed.')
  expect(messagesOf('fr').number(1284)).toBe('1\u202f284')
  expect(messagesOf('en').date('2027-12-31')).toBe('December\u00a031,\u00a02027')
  expect(messagesOf('ru')('inkDrawn', { strokes: 3 })).not.toBe(
    messagesOf('ru')('inkDrawn', { strokes: 5 }).replace('5', '3'),
  )
})

test('names in a sentence stand by themselves, whichever way they are written', () => {
  const parts = messagesOf('ar').parts('startedBy', { startedBy: 'Rainier Riders', addressedTo: 'Metro (King County)' })
  const names = parts.filter((part) => part.name).map((part) => part.text)
  expect(names.sort()).toEqual(['\u2068Metro (King County)\u2069', '\u2068Rainier Riders\u2069'])
})

test.each([
  ['en-US', 'en'],
  ['tl', 'fil'],
  ['zh', 'zh-Hans'],
  ['zh-CN', 'zh-Hans'],
  ['ar-EG', 'ar'],
  ['de', 'en'],
])('a petition in %s begins in %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language)
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
        shape.plurals.push(Object.keys(element.options).sort())
        for (const option of Object.values(element.options)) walk(option.value)
      }
    }
  }
  walk(parse(text))
  shape.arguments = [...new Set(shape.arguments)].sort()
  return shape
}

function pluralsOf(tag: Language): string[] {
  return [...new Intl.PluralRules(tag).resolvedOptions().pluralCategories].sort()
}

/** `m(yes ? 'a' : 'b')` says one of two keys. */
function ternaries(source: string): string[] {
  return [...source.matchAll(/\bm\([^')]+\? '([^']+)' : '([^']+)'/g)].flatMap((match) => [match[1]!, match[2]!])
}

/** The names in a generated union of TypeScript. */
function bindingOf(name: string): string[] {
  const text = readFileSync(join(KIOSK, `../bindings/${name}.ts`), 'utf8')
  return [...text.slice(text.indexOf('export type')).matchAll(/"([^"]+)"/g)].map((match) => match[1]!)
}

function sources(): string[] {
  return readdirSync(join(KIOSK, '..'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(svelte|ts)$/.test(file) && !/\.test\.ts$|bindings/.test(file))
    .map((file) => readFileSync(join(KIOSK, '..', file), 'utf8'))
}

let fonts: Font[] | undefined

/** Every font file that the style sheets name. */
function bundled(): Font[] {
  if (!fonts) {
    const folder = join(KIOSK, '../../node_modules/@fontsource-variable')
    const sheet = readFileSync(join(KIOSK, '../shared/fonts.css'), 'utf8')
    const named = [...sheet.matchAll(/@fontsource-variable\/([^)'"]+\.woff2)/g)].map((match) => join(folder, match[1]!))
    const imported = [...sheet.matchAll(/@import '@fontsource-variable\/([^/]+)\/index\.css'/g)].flatMap((match) => {
      const text = readFileSync(join(folder, match[1]!, 'index.css'), 'utf8')
      return [...text.matchAll(/url\(\.\/(files\/[^)]+)\)/g)].map((url) => join(folder, match[1]!, url[1]!))
    })
    fonts = [...named, ...imported].map((file) => create(readFileSync(file)) as Font)
  }
  return fonts
}
