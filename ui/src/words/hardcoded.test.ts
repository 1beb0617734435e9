// No words stand in a page: they are in the message files. Pages of the mock are exempt, and names of programs and files.

import { expect, test } from 'vitest'
import { children, nodes, SOURCES, sourceOf, treeOf, type Node } from './sources'

/** What is read out or shown where it is given to an element or a component. */
const SPOKEN = [
  'label',
  'title',
  'placeholder',
  'aria-label',
  'aria-description',
  'alt',
  'hint',
  'lead',
  'legend',
  'caption',
  'note',
  'words',
]

/** The words that stand in a source, each with what holds it. */
function wordsIn(source: string, file = 'a.svelte'): string[] {
  const found: string[] = []
  const say = (where: string, text: unknown) => {
    if (typeof text === 'string' && /\p{L}/u.test(text)) found.push(`${where}: ${text.trim()}`)
  }
  /** The texts that an expression may come to: what is called or computed from is not one of them. */
  const outcomes = (where: string, node: Node): void => {
    if (node.type === 'Literal') say(where, node.value)
    if (node.type === 'TemplateLiteral')
      for (const part of nodes(node.quasis)) say(where, (part.value as { raw: string }).raw)
    if (node.type === 'ConditionalExpression' || node.type === 'LogicalExpression') {
      for (const side of ['consequent', 'alternate', 'left', 'right'])
        for (const one of nodes(node[side])) outcomes(where, one)
    }
    if (node.type === 'BinaryExpression' && node.operator === '+') {
      for (const side of ['left', 'right']) for (const one of nodes(node[side])) outcomes(where, one)
    }
  }
  const value = (where: string, given: unknown) => {
    for (const part of nodes(given)) {
      if (part.type === 'Text') say(where, part.data)
      else if (part.type === 'ExpressionTag') for (const one of nodes(part.expression)) outcomes(where, one)
      else outcomes(where, part)
    }
  }
  const walk = (node: Node) => {
    if (node.type === 'StyleSheet') return
    if (node.type === 'Text') return say('text', node.data)
    if (node.type === 'ExpressionTag') for (const one of nodes(node.expression)) outcomes('text', one)
    if (node.type === 'Attribute') {
      const name = String(node.name)
      if (SPOKEN.includes(name)) value(name, node.value)
      return nodes(node.value)
        .filter((part) => part.type !== 'Text')
        .forEach(inside)
    }
    if (node.type === 'Property') {
      const { name } = node.key as { name?: string }
      if (name && SPOKEN.includes(name)) value(name, node.value)
    }
    inside(node)
  }
  /** Text of an attribute is its value's, not the page's. */
  const inside = (node: Node) => {
    for (const one of children(node)) walk(one)
  }
  walk(treeOf(file, source))
  return found
}

test.each(SOURCES)('%s has no words of its own', (file) => {
  expect(wordsIn(sourceOf(file), file)).toEqual([])
})

test('words are found wherever they may stand', () => {
  expect(wordsIn('<p>Hello</p>')).toEqual(['text: Hello'])
  expect(wordsIn("<p>{busy ? 'Writing…' : say('write')}</p>")).toEqual(['text: Writing…'])
  expect(wordsIn('<p>{`${count} signatures`}</p>')).toEqual(['text: signatures'])
  expect(wordsIn('<img alt="A pen" class="pen" />')).toEqual(['alt: A pen'])
  expect(wordsIn("<Field label={yes ? 'Name' : ''} hint={say('hint')} />")).toEqual(['label: Name'])
  expect(wordsIn("<script>\nconst fault = { target: 'name', words: 'Give a name' }\n</script>")).toEqual([
    'words: Give a name',
  ])
  expect(wordsIn('<p class="soft">{say(\'lead\')} · {name}</p>')).toEqual([])
})
