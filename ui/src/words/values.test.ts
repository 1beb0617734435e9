// Whoever says a message gives it every value that it takes: one that is missing would break the page that says it.

import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { expect, test } from 'vitest'
import { textsOf, type Area } from './messages'
import { children, nodes, SOURCES, sourceOf, treeOf, type Node } from './sources'

/** What these functions give for a message. */
const GIVEN_BY: Record<string, string[]> = { when: ['day', 'at'], whenOrNever: ['day', 'at'] }

/** The calls that lack a value, each with the message and what it lacks. */
function lackingIn(file: string, source = sourceOf(file)): string[] {
  const found: string[] = []
  const pages = /import \{[^}]*\b(\w+) as say\b[^}]*\} from '[./]+(?:words)?\/?pages.svelte'/.exec(source)?.[1]
  const areas: Record<string, Area | undefined> = { say: pages as Area | undefined, shared: 'shared', m: 'kiosk' }
  const walk = (node: Node) => {
    if (node.type === 'CallExpression') {
      const [callee] = nodes(node.callee)
      const called = callee?.type === 'MemberExpression' && nameOf(callee.property) === 'parts' ? callee.object : callee
      const area = areas[nameOf(called)]
      const [message, values] = nodes(node.arguments)
      const given = valuesOf(values)
      if (area && message && given) {
        for (const key of keysOf(message, Object.keys(textsOf(area, 'en')!))) {
          const lacks = takenBy(textsOf(area, 'en')![key]!).filter((name) => !given.includes(name))
          if (lacks.length > 0) found.push(`${key}: ${lacks.join()}`)
        }
      }
    }
    children(node).forEach(walk)
  }
  walk(treeOf(file, source))
  return found
}

const nameOf = (node: unknown) => (node as { name?: string } | undefined)?.name ?? ''

/** The keys that an expression may be: those that it names, or those that a template fits. */
function keysOf(node: Node, keys: string[]): string[] {
  if (node.type === 'Literal') return keys.filter((key) => key === node.value)
  if (node.type === 'ConditionalExpression') {
    return [...nodes(node.consequent), ...nodes(node.alternate)].flatMap((one) => keysOf(one, keys))
  }
  if (node.type === 'TemplateLiteral') {
    const texts = nodes(node.quasis).map((part) => (part.value as { raw: string }).raw)
    const fits = (key: string) => key.startsWith(texts[0]!) && key.endsWith(texts.at(-1)!)
    // What stands for the middle is a name: without a dot.
    return keys.filter(
      (key) => fits(key) && !key.slice(texts[0]!.length, key.length - texts.at(-1)!.length).includes('.'),
    )
  }
  return []
}

/** The names of the values of a call; undefined where they come from elsewhere. */
function valuesOf(node: Node | undefined): string[] | undefined {
  if (!node) return []
  if (node.type === 'CallExpression') return GIVEN_BY[nameOf(node.callee)]
  if (node.type !== 'ObjectExpression') return undefined
  const names = nodes(node.properties).map((property) =>
    property.type === 'SpreadElement' ? valuesOf(nodes(property.argument)[0]) : [nameOf(property.key)],
  )
  return names.includes(undefined) ? undefined : (names.flat() as string[])
}

/** The names of the values that a message takes. */
function takenBy(text: string): string[] {
  const taken = (elements: MessageFormatElement[]): string[] =>
    elements.flatMap((element) => {
      if (element.type === TYPE.literal || element.type === TYPE.pound) return []
      if (element.type === TYPE.tag) return taken(element.children)
      const inside =
        element.type === TYPE.plural || element.type === TYPE.select
          ? Object.values(element.options).flatMap((option) => taken(option.value))
          : []
      return [element.value, ...inside]
    })
  return [...new Set(taken(parse(text)))]
}

test.each(SOURCES)('%s gives every message its values', (file) => {
  expect(lackingIn(file)).toEqual([])
})

test('a value that is missing is found', () => {
  const start = "import { table as say } from '../words/pages.svelte'\n"
  expect(lackingIn('a.ts', `${start}say('carry.waiting', { counts: 1 })`)).toEqual(['carry.waiting: count'])
  expect(lackingIn('a.ts', `${start}say('end.since', { place, ...when(at) })`)).toEqual(['end.since: volunteer'])
  expect(lackingIn('a.ts', `${start}say(yes ? 'carry.what' : 'home.noShift')`)).toEqual(['home.noShift: campaign'])
  expect(lackingIn('a.ts', `${start}say('end.since', { place, volunteer, ...when(at) })`)).toEqual([])
})
