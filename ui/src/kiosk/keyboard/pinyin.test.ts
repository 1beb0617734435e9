// Pinyin becomes characters.

import { beforeAll, expect, test } from 'vitest'
import { candidates, convert, loadBook, type Book } from './pinyin'

let book: Book

beforeAll(async () => {
  book = await loadBook()
})

const texts = (letters: string) => candidates(book, letters).map(({ text }) => text)

/** Writes the letters and chooses the characters one after the other, as far as the letters go. */
function chosen(letters: string, name: string): string {
  let rest = letters
  let written = ''
  for (const character of name) {
    const choice = candidates(book, rest).find(({ text }) => text === character)
    if (!choice) throw new Error(`${character} is not offered for ${rest}`)
    written += choice.text
    rest = rest.slice(choice.letters)
  }
  return written + rest
}

test.each([
  ['wangxiaoming', '王小明'],
  ["xi'an", '西安'],
  ['lvqing', '吕青'],
  ['zengyue', '曾玥'],
  ['taozhe', '陶喆'],
  ['ouyangnana', '欧阳娜娜'],
  ['zhangyu', '张彧'],
  ['shanxiaojun', '单小珺'],
])('%s is written as %s', (letters, name) => expect(chosen(letters, name)).toBe(name))

test('the commonest character is the first one, and one press of the space bar writes it', () => {
  expect(texts('wang')[0]).toBe('王')
  expect(texts('li').slice(0, 8)).toContain('李')
  expect(texts('shi')[0]).toBe('是')
})

test('letters that begin a syllable offer what it may become', () => {
  expect(texts('zh').length).toBeGreaterThan(20)
  expect(texts('xion')).toContain('雄')
  expect(candidates(book, 'xion')[0]?.letters).toBe(4)
})

test('a part of the letters may be chosen, and the rest stays', () => {
  expect(candidates(book, 'xian').find(({ text }) => text === '西')?.letters).toBe(2)
  expect(candidates(book, "xi'an")[0]?.letters).toBe(3)
})

test('nothing is offered twice, or for letters that mean nothing', () => {
  for (const letters of ['lv', 'xian', 'yi', 'x']) expect(new Set(texts(letters)).size).toBe(texts(letters).length)
  expect(texts('')).toEqual([])
  expect(texts('vvv')).toEqual([])
  expect(texts("'")).toEqual([])
})

test('what is still there is converted as a whole; what means nothing stays', () => {
  expect(convert(book, 'nihao')).toHaveLength(2)
  expect(convert(book, 'wangvv')).toBe('王vv')
  expect(convert(book, '')).toBe('')
})

test('every character of GB 2312 and the rarer ones of names can be written', () => {
  const all = new Set([...book.values()].flat())
  expect(all.size).toBeGreaterThan(20_000)
  for (const character of '玥喆堃昇翀珺彧赟頔翾韫㛃䶮') expect(all.has(character), character).toBe(true)
})
