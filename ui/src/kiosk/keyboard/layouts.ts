// Which keys there are, by language. Letters stand where that language's own machines have them; what has no key of its own is
// offered after its base letter.

/** How presses become letters: one by one, by jamo, by consonant and order, or by sound. */
export type Script = 'letters' | 'hangul' | 'fidel' | 'pinyin'

export interface Layout {
  script: Script
  /** The language of what is on the keys (BCP 47). */
  lang: string
  /** On the key that changes to it. */
  face: string
  direction: 'ltr' | 'rtl'
  /** Three rows, left to right as on the machine, in Arabic too. */
  rows: readonly (readonly string[])[]
  /** There are capital letters, or what else Shift gives. */
  shifts: boolean
  /** Three rows of signs. */
  signs: readonly (readonly string[])[]
}

export const DIGITS: readonly string[] = Array.from('1234567890')
/** What an e-mail address and a double name need, always there beside the space. */
export const NEAR = { before: ['@', '.'], after: ['-'] } as const

const rows = (...lines: string[]) => lines.map((line) => line.split(' '))
const signs = (own = '') => rows("@ . - _ + ' , / ( )", '& # : ; ! ? " * = %', `${own} $ € ~ ^ | < > [ ]`.trim())

/** What Shift gives in Hangul; the other keys stay. */
const DOUBLED: Record<string, string> = { ㅂ: 'ㅃ', ㅈ: 'ㅉ', ㄷ: 'ㄸ', ㄱ: 'ㄲ', ㅅ: 'ㅆ', ㅐ: 'ㅒ', ㅔ: 'ㅖ' }

export function shifted(layout: Layout, key: string): string {
  return layout.script === 'hangul' ? (DOUBLED[key] ?? key) : key.toUpperCase()
}

const plain = { script: 'letters', direction: 'ltr', shifts: true, signs: signs(), face: 'ABC' } as const
const qwerty = (second = '', third = '', first = '') =>
  rows(`q w e r t y u i o p${first}`, `a s d f g h j k l${second}`, `z x c v b n m${third} '`)

const LAYOUTS = {
  en: { ...plain, lang: 'en', rows: qwerty() },
  es: { ...plain, lang: 'es', rows: qwerty(' ñ'), signs: signs('¿ ¡ º ª') },
  vi: { ...plain, lang: 'vi', rows: qwerty(' ă â', ' đ ê ô', ' ư ơ') },
  'zh-Hans': {
    ...plain,
    lang: 'zh-Hans',
    script: 'pinyin',
    face: '拼音',
    shifts: false,
    rows: qwerty(),
    signs: signs('· ， 。 、 ？ ！ （ ）'),
  },
  fil: { ...plain, lang: 'fil', rows: qwerty(' ñ') },
  ko: {
    ...plain,
    lang: 'ko',
    script: 'hangul',
    face: '한글',
    signs: signs('· ₩'),
    rows: rows('ㅂ ㅈ ㄷ ㄱ ㅅ ㅛ ㅕ ㅑ ㅐ ㅔ', 'ㅁ ㄴ ㅇ ㄹ ㅎ ㅗ ㅓ ㅏ ㅣ', 'ㅋ ㅌ ㅊ ㅍ ㅠ ㅜ ㅡ'),
  },
  so: { ...plain, lang: 'so', rows: qwerty() },
  am: {
    ...plain,
    lang: 'am',
    script: 'fidel',
    face: 'ሀለሐ',
    shifts: false,
    signs: signs('፡ ። ፣ ፤ ፥ ፦'),
    rows: rows('ሀ ለ ሐ መ ሠ ረ ሰ ሸ ቀ በ ተ ቸ', 'ኀ ነ ኘ አ ከ ኸ ወ ዐ ዘ ዠ የ ደ', 'ጀ ገ ጠ ጨ ጰ ጸ ፀ ፈ ፐ ቨ'),
  },
  ru: {
    ...plain,
    lang: 'ru',
    face: 'АБВ',
    rows: rows('й ц у к е н г ш щ з х ъ', 'ф ы в а п р о л д ж э', 'я ч с м и т ь б ю ё'),
    signs: signs('№ « » ₽'),
  },
  uk: {
    ...plain,
    lang: 'uk',
    face: 'АБВ',
    rows: rows('й ц у к е н г ш щ з х ї', 'ф і в а п р о л д ж є', "ґ я ч с м и т ь б ю '"),
    signs: signs('№ « » ₴ ’'),
  },
  ar: {
    ...plain,
    lang: 'ar',
    face: 'ابج',
    direction: 'rtl',
    shifts: false,
    signs: signs('، ؛ ؟ ـ'),
    rows: rows('ض ص ث ق ف غ ع ه خ ح ج د', 'ش س ي ب ل ا ت ن م ك ط', 'ذ ئ ء ؤ ر لا ى ة و ز ظ'),
  },
  fr: {
    ...plain,
    lang: 'fr',
    rows: rows('a z e r t y u i o p', "q s d f g h j k l m '", 'w x c v b n é è ç à'),
    signs: signs('« » ’ °'),
  },
} as const satisfies Record<string, Layout>

/** For e-mail addresses, and for names that are written so, where the language has a script of its own. */
export const LATIN: Layout = LAYOUTS.en

export function layoutOf(language: string): Layout {
  return language in LAYOUTS ? LAYOUTS[language as keyof typeof LAYOUTS] : LATIN
}

/** Whether there is a second layout to change to. */
export function hasOwnScript(layout: Layout): boolean {
  return layout.face !== LATIN.face
}
