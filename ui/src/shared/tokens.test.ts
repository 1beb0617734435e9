// Whether what is written can be read on what it is written on (VVSG 2.0, 7.1-C and 7.1-D; WCAG 2.2, 1.4.3 and 1.4.11).

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceOf, SRC } from '../words/sources'

type Colours = Record<string, string>

const SHEET = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const DARK = '@media (prefers-color-scheme: dark)'

/** The colours of the rules with this selector, the later ones over the earlier. */
function coloursOf(selector: string, dark: boolean): Colours {
  const colours: Colours = {}
  for (const rule of SHEET.matchAll(/(@media [^{]+\{\s*)?(:root[.a-z]*) \{([^}]*)\}/g)) {
    const [, media = '', of = '', body = ''] = rule
    if (of !== selector || (media.startsWith(DARK) && !dark)) continue
    for (const [, name = '', value = ''] of body.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)) colours[name] = value
  }
  return colours
}

const THEMES: [string, Colours, number][] = [
  ['light', coloursOf(':root', false), 10],
  ['dark', coloursOf(':root', true), 10],
  ['light, in high contrast', coloursOf(':root.contrast', false), 18],
  ['dark, in high contrast', coloursOf(':root.contrast', true), 18],
]
const GROUNDS = ['paper', 'sheet', 'pen-wash']

test.each(THEMES)('what is written and pressed in %s stands out from every ground', (_, colours, least) => {
  for (const ground of GROUNDS) {
    for (const text of ['ink', 'ink-soft', 'pen', 'saved', 'received', 'stamp']) {
      expect(ratio(colours, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(least)
    }
  }
  for (const state of ['saved', 'received', 'stamp']) {
    expect(ratio(colours, state, `${state}-wash`), `${state} on its wash`).toBeGreaterThanOrEqual(least)
    expect(ratio(colours, 'ink', `${state}-wash`), `ink on ${state}-wash`).toBeGreaterThanOrEqual(least)
  }
  expect(ratio(colours, 'pen-ink', 'pen'), 'on a button of the pen').toBeGreaterThanOrEqual(least)
})

test.each(THEMES)('the border of a quiet button is seen in %s', (_, colours) => {
  for (const ground of GROUNDS) expect(ratio(colours, 'edge', ground), ground).toBeGreaterThanOrEqual(3)
})

/** The contrast of two colours (WCAG 2.2, "contrast ratio"). */
function ratio(colours: Colours, one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map((name) => luminance(colours[name] ?? name)).sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = NaN, green = NaN, blue = NaN] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test('no shadow is blurred: without a graphics card that takes most of a frame', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(css|svelte)$/.test(file))
  const shadows = files.flatMap((file) => [...sourceOf(file).matchAll(/(?:box-shadow|--lift): ([^;]+);/g)])
  const each = shadows.flatMap(([, value = '']) => value.replaceAll('inset ', '').split(/, ?(?![^(]*\))/))
  const blurOf = (shadow: string) => Number.parseFloat(shadow.split(' ')[2] ?? '0') || 0
  expect(each.length).toBeGreaterThan(5)
  expect(each.filter((shadow) => blurOf(shadow) !== 0)).toEqual([])
})
