// A time as it is typed and told where rows are chosen by when they were signed: figures, in this computer's time.

import { shared } from '../../words/pages.svelte'
import { when } from '../../words/times'

/** Day, and perhaps hour and minute: 2026-11-27 14:30. */
const TYPED = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2}))?$/

/** Unix seconds of what was typed; of a day alone its beginning, or its end. Undefined where it is no time. */
export function secondsOf(typed: string, end = false): number | undefined {
  const figures = TYPED.exec(typed.trim())
  if (!figures) return undefined
  const [year = 0, month = 0, day = 0, hour, minute] = figures.slice(1).map((text) => (text ? Number(text) : undefined))
  const isWholeDay = hour === undefined
  const at = new Date(year, month - 1, day, hour ?? 0, minute ?? 0)
  const isReal = at.getMonth() === month - 1 && at.getDate() === day && at.getHours() === (hour ?? 0)
  if (!isReal || (minute ?? 0) > 59) return undefined
  if (isWholeDay && end) at.setDate(day + 1)
  return Math.floor(at.getTime() / 1000)
}

/** A time in words. */
export const momentOf = (seconds: number): string => shared('momentWithDay', when(seconds))
