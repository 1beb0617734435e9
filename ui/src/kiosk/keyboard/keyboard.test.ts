// What is typed on the keyboard of each language, key by key.

import { expect, test } from 'vitest'
import { offers } from './compose'
import { Hand, jamoOf } from './hand'
import { DIGITS, hasOwnScript, LATIN, layoutOf } from './layouts'

const NAMES: Record<string, string> = {
  en: "Mary-Anne O'Neill",
  es: 'José Muñoz Güell',
  vi: 'Nguyễn Thị Hạnh Đỗ Ưng',
  fil: 'Niña Peñaflor',
  so: "Cabdi Xaliimo Sa'id",
  am: 'አበበ ቢቂላ ኃይሌ ጓንጉል',
  ru: 'Семён Подъячев',
  uk: "Ірина Шевченко Ґудзь Мар'яна Їжак Є",
  ar: 'محمد عبد الرحمن أحمد إبراهيم آمنة',
  fr: 'François Lefèvre Œuvre Noëlle',
}

test.each(Object.entries(NAMES))('a name is written in %s: %s', (language, name) => {
  const hand = new Hand(language)
  for (const letter of name) hand.write(letter)
  expect(hand.field.value).toBe(name)
})

const ALPHABETS: Record<string, string> = {
  en: 'abcdefghijklmnopqrstuvwxyz',
  es: 'abcdefghijklmnñopqrstuvwxyzáéíóúü',
  vi: 'aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz' + 'áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ',
  fil: 'abcdefghijklmnñopqrstuvwxyzáàâéèêíìîóòôúùû',
  so: 'abcdefghijklmnopqrstuvwxyz',
  ru: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  uk: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
  fr: 'abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ',
}

test.each(Object.entries(ALPHABETS))('every letter of %s is reached, small and capital', (language, alphabet) => {
  for (const letter of alphabet + alphabet.toUpperCase()) {
    const hand = new Hand(language)
    hand.write(letter)
    expect(hand.field.value).toBe(letter)
  }
})

test('every letter of Arabic is reached', () => {
  for (const letter of 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي') {
    const hand = new Hand('ar')
    hand.write(letter)
    expect(hand.field.value).toBe(letter)
  }
})

test('every letter of Amharic is reached: 34 consonants in seven orders, and the labialised ones', () => {
  const consonants = layoutOf('am').rows.flat()
  expect(consonants).toHaveLength(34)
  for (const consonant of consonants) expect(offers(layoutOf('am'), consonant).length).toBeGreaterThanOrEqual(7)
  for (const letter of 'ሏሗሟሧሯሷሿቋቈቧቯቷቿኋኗኟኧኳዃዟዧዷጇጓጧጯጷጿፏፗ') {
    const hand = new Hand('am')
    hand.write(letter)
    expect(hand.field.value).toBe(letter)
  }
})

test('every syllable of Korean is written by its jamo', () => {
  for (let code = 0xac00; code <= 0xd7a3; code += 1) {
    const syllable = String.fromCharCode(code)
    const hand = new Hand('ko')
    for (const jamo of jamoOf(syllable)) {
      // What is two presses on the keyboard is two here.
      for (const part of PARTS[jamo] ?? jamo) hand.press(part)
    }
    if (hand.field.value !== syllable) expect(hand.field.value).toBe(syllable)
  }
})

const PARTS: Record<string, string> = {
  ㅘ: 'ㅗㅏ',
  ㅙ: 'ㅗㅐ',
  ㅚ: 'ㅗㅣ',
  ㅝ: 'ㅜㅓ',
  ㅞ: 'ㅜㅔ',
  ㅟ: 'ㅜㅣ',
  ㅢ: 'ㅡㅣ',
  ㄳ: 'ㄱㅅ',
  ㄵ: 'ㄴㅈ',
  ㄶ: 'ㄴㅎ',
  ㄺ: 'ㄹㄱ',
  ㄻ: 'ㄹㅁ',
  ㄼ: 'ㄹㅂ',
  ㄽ: 'ㄹㅅ',
  ㄾ: 'ㄹㅌ',
  ㄿ: 'ㄹㅍ',
  ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ',
}

test.each([...Object.keys(NAMES), 'ko', 'zh-Hans'])(
  'digits and an e-mail address are written in %s, by the Latin keys where it has its own',
  (language) => {
    const own = layoutOf(language)
    const hand = new Hand(hasOwnScript(own) ? LATIN.lang : language)
    for (const letter of "o'neil_07+x@post-box.example") hand.write(letter)
    expect(hand.field.value).toBe("o'neil_07+x@post-box.example")
    expect(new Hand(language).keys()).toEqual(
      expect.arrayContaining([
        ...DIGITS,
        '@',
        '.',
        '-',
        '_',
        '+',
        ',',
        '/',
        '(',
        ')',
        '&',
        '#',
        ':',
        ';',
        '!',
        '?',
        '"',
      ]),
    )
  },
)

test('only the languages with a script of their own have a second layout', () => {
  const own = [...Object.keys(NAMES), 'ko', 'zh-Hans'].filter((language) => hasOwnScript(layoutOf(language)))
  expect(own.sort()).toEqual(['am', 'ar', 'ko', 'ru', 'uk', 'zh-Hans'])
})

test('no key is there twice, and no row is wider than twelve', () => {
  for (const language of [...Object.keys(NAMES), 'ko', 'zh-Hans']) {
    const { rows, signs, shifts } = layoutOf(language)
    for (const page of [rows, signs]) {
      expect(page).toHaveLength(3)
      expect(new Set(page.flat()).size).toBe(page.flat().length)
    }
    const widths = rows.map((row, place) => row.length + (shifts && place === 2 ? 1 : 0))
    expect(Math.max(...widths)).toBeLessThanOrEqual(12)
  }
})

test('an accent that was chosen gives its place to the plain letter: the same press takes it off', () => {
  const hand = new Hand('en')
  hand.press('a')
  const [first = ''] = hand.offers()
  hand.choose(first)
  expect(hand.field.value).toBe('á')
  expect(hand.offers()[0]).toBe('a')
  hand.choose('a')
  expect(hand.offers()[0]).toBe('á')
})

test("a language's own accents come first", () => {
  expect(offers(layoutOf('fr'), 'e').slice(0, 4)).toEqual(['é', 'è', 'ê', 'ë'])
  expect(offers(layoutOf('es'), 'U').slice(0, 2)).toEqual(['Ú', 'Ü'])
  expect(offers(layoutOf('vi'), 'a').slice(0, 7)).toEqual(['á', 'à', 'ả', 'ã', 'ạ', 'ă', 'â'])
  expect(offers(layoutOf('vi'), 'Ê').slice(0, 5)).toEqual(['Ế', 'Ề', 'Ể', 'Ễ', 'Ệ'])
  expect(offers(layoutOf('en'), '7')).toEqual([])
})

test('every accent of every Latin keyboard is one letter that is its own capital or small letter', () => {
  for (const key of Array.from('abcdefghijklmnopqrstuvwxyz')) {
    for (const form of offers(LATIN, key)) expect([form, form.normalize('NFC')]).toEqual([form, form])
    expect(offers(LATIN, key.toUpperCase())).toHaveLength(offers(LATIN, key).length)
  }
})
