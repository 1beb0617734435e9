// Numbers, times and counted nouns, as the table and the desk write them.

const numbers = new Intl.NumberFormat('en')
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })

/** 1284 → "1,284". */
export const number = (value: number) => numbers.format(value)

/** (1, "signature") → "1 signature"; (2, "signature") → "2 signatures". */
export const counted = (value: number, one: string, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`

/** Unix seconds → "18:22". */
export const time = (at: number) => clock.format(at * 1000)

/** Unix seconds → "31 December 2027". */
export const date = (at: number) => dayOfYear.format(at * 1000)

/** Unix seconds → "18:22", "yesterday at 18:22", "14 May at 18:22". */
export function moment(at: number, now = new Date()): string {
  const then = new Date(at * 1000)
  if (sameDay(then, now)) return clock.format(then)
  const before = new Date(now)
  before.setDate(now.getDate() - 1)
  if (sameDay(then, before)) return `yesterday at ${clock.format(then)}`
  const days = then.getFullYear() === now.getFullYear() ? day : dayOfYear
  return `${days.format(then)} at ${clock.format(then)}`
}

/** As `moment`, but "today at 18:22", for the middle of a sentence. */
export function momentInSentence(at: number, now = new Date()): string {
  const words = moment(at, now)
  return words.includes(' ') ? words : `today at ${words}`
}

function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString()
}
