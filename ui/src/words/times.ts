// What a message needs to say when something was: the day as it is called from today, and the time itself.

export type When = {
  day: 'today' | 'yesterday' | 'this_year' | 'earlier' | 'never'
  at: Date
}

/** Unix seconds → the values `day` and `at` of a message. */
export function when(seconds: number, now = new Date()): When {
  const at = new Date(seconds * 1000)
  const before = new Date(now)
  before.setDate(now.getDate() - 1)
  if (sameDay(at, now)) return { day: 'today', at }
  if (sameDay(at, before)) return { day: 'yesterday', at }
  return { day: at.getFullYear() === now.getFullYear() ? 'this_year' : 'earlier', at }
}

/** The same for what may not have been yet. */
export function whenOrNever(seconds: number | null): When {
  return seconds === null ? { day: 'never', at: new Date(0) } : when(seconds)
}

const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString()
