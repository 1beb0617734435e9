// The letters that are one letter with something more: offered after it was typed.

const LATIN = {
  a: 'áàâäãåāăąæ',
  c: 'çćčċĉ',
  d: 'đďð',
  e: 'éèêëēėęě',
  g: 'ğģġĝ',
  h: 'ħĥ',
  i: 'íìîïīįıĩ',
  j: 'ĵ',
  k: 'ķ',
  l: 'łľļĺ',
  n: 'ñńňņŋ',
  o: 'óòôöõøōőœ',
  r: 'řŕ',
  s: 'śšşșßŝ',
  t: 'ťțţþ',
  u: 'úùûüūůűųũŭ',
  w: 'ŵẃẁẅ',
  y: 'ýÿŷ',
  z: 'źżž',
}
const CYRILLIC = {
  а: 'ә',
  г: 'ґғ',
  е: 'ёєэ',
  ж: 'җ',
  з: 'ҙ',
  и: 'йіїӣ',
  й: 'и',
  і: 'їи',
  к: 'қҡ',
  н: 'ңҥ',
  о: 'ө',
  с: 'ҫ',
  у: 'ўұүӯ',
  х: 'һҳ',
  ч: 'ҷ',
  ь: 'ъ',
  є: 'еэ',
}
const ARABIC = {
  ا: 'أإآٱ',
  ب: 'پ',
  ت: 'ةٹ',
  ج: 'چ',
  د: 'ڈ',
  ر: 'ڑ',
  ز: 'ژ',
  ف: 'ڤ',
  ق: 'ڨ',
  ك: 'گک',
  ن: 'ں',
  ه: 'ةھۀ',
  و: 'ؤۇ',
  ي: 'ىئی',
  ء: 'أإؤئ',
  لا: 'لأ لإ لآ',
}
/** What a language itself uses comes first. */
const OWN: Record<string, string> = { es: 'áéíóúüñ', fr: 'àâæçéèêëîïôœùûüÿ', fil: 'áàâéèêíìîóòôúùûñ' }

const FAMILIES = new Map(
  [LATIN, CYRILLIC, ARABIC].flatMap((table) =>
    Object.entries(table).map(
      ([base, more]) => [base, more.includes(' ') ? more.split(' ') : Array.from(more)] as const,
    ),
  ),
)

/** The vowels of Vietnamese, each with the forms that are letters of their own. */
const VOWELS: Record<string, string> = { a: 'aăâ', e: 'eê', i: 'i', o: 'oôơ', u: 'uư', y: 'y' }
/** sắc, huyền, hỏi, ngã, nặng */
const TONES = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323']
const toned = (vowel: string) => TONES.map((tone) => (vowel + tone).normalize('NFC'))
const untoned = (letter: string) =>
  letter
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
    .normalize('NFC')
const bare = (letter: string) => letter.normalize('NFD').charAt(0)

/** A vowel of Vietnamese with every tone: those of the very vowel first, then the vowels near it. */
function vietnamese(letter: string): string[] {
  const forms = Array.from(VOWELS[bare(letter)] ?? '')
  const near = forms.filter((form) => form !== untoned(letter))
  return forms.length === 0 ? [] : [...toned(untoned(letter)), ...near, ...near.flatMap(toned)]
}

const upper = (letter: string) => (letter === 'ß' ? 'ẞ' : letter === 'ı' ? 'İ' : letter.toUpperCase())
const lower = (letter: string) => (letter === 'ẞ' ? 'ß' : letter === 'İ' ? 'ı' : letter.toLowerCase())

function baseOf(letter: string): string {
  if (FAMILIES.has(letter)) return letter
  const base = [...FAMILIES].find(([, more]) => more.includes(letter))?.[0]
  return base ?? (VOWELS[bare(letter)] ? bare(letter) : letter)
}

/**
 * The other forms of a letter, those of the language first. A form that was chosen gives its place to the plain letter, so that
 * nothing moves and a second press takes the accent off.
 */
export function accents(letter: string, language: string): string[] {
  const small = lower(letter)
  const base = baseOf(small)
  const own = OWN[language] ?? ''
  const more = FAMILIES.get(base) ?? []
  const inVietnamese = language === 'vi' && VOWELS[base] !== undefined
  const plain = inVietnamese && untoned(small) !== small ? untoned(small) : base
  const forms = inVietnamese
    ? [...vietnamese(small), base, ...more]
    : [...more.filter((form) => own.includes(form)), ...more, ...vietnamese(base)]
  const others = [...new Set(forms.map((form) => (form === small ? plain : form)))].filter((form) => form !== small)
  return small === letter ? others : others.map(upper)
}
