// The bundled fonts as a page uses them, for tests: a letter is a font's only where a rule of the style sheet gives it to it.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { create, type Font } from 'fontkit'

const PACKAGES = join(import.meta.dirname, '../../node_modules')

interface Face {
  family: string
  file: string
  ranges: [number, number][]
  font?: Font
}

let faces: Face[] | undefined

/** The families that have this letter. */
export function familiesOf(letter: string): string[] {
  const code = letter.codePointAt(0) ?? 0
  const having = allFaces().filter((face) => {
    if (!face.ranges.some(([from, to]) => code >= from && code <= to)) return false
    face.font ??= create(readFileSync(face.file)) as Font
    return face.font.hasGlyphForCodePoint(code)
  })
  return [...new Set(having.map(({ family }) => family))]
}

/** The letters that the rules of a family are for. */
export function lettersFor(family: string): string[] {
  const ranges = allFaces().flatMap((face) => (face.family === family ? face.ranges : []))
  const codes = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at))
  return [...new Set(codes)].map((code) => String.fromCodePoint(code))
}

/** Those that every page has, and those that come once they are needed. */
const allFaces = () =>
  (faces ??= ['fonts.css', 'eastAsian.css'].flatMap((sheet) => facesOf(join(import.meta.dirname, sheet))))

/** Whether it is drawn at all: what joins letters, or stands between them, is not. */
export function isDrawn(letter: string): boolean {
  return !/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/u.test(letter)
}

/** Every rule for a font in a style sheet, and in those that it takes in. */
function facesOf(sheet: string): Face[] {
  const text = readFileSync(sheet, 'utf8')
  const at = (path: string) => (path.startsWith('@') ? join(PACKAGES, path) : join(dirname(sheet), path))
  const taken = [...text.matchAll(/@import '([^']+)'/g)].flatMap(([, path = '']) => facesOf(at(path)))
  const own = [...text.matchAll(/@font-face \{([^}]*)\}/g)].map(([, rule = '']) => ({
    family: /font-family: '([^']+)'/.exec(rule)?.[1] ?? '',
    file: at(/url\(['"]?([^'")]+)['"]?\)/.exec(rule)?.[1] ?? ''),
    ranges: rangesOf(/unicode-range:([^;]+);/.exec(rule)?.[1] ?? 'U+0-10FFFF'),
  }))
  return [...taken, ...own]
}

function rangesOf(text: string): [number, number][] {
  return text.split(',').map((range) => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-')
    return [parseInt(from, 16), parseInt(to, 16)]
  })
}
