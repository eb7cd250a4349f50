import { dayMs, generatedTodayMs } from './generated-layout.ts'

/** The days of a campaign, from the first to the one after the last, at midnight UTC. */
export interface Span {
  readonly start: Date
  readonly end: Date
}

/** A day as `YYYY-MM-DD`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}

/**
 * Something for the days on which a campaign has run until today, by the day.
 * @param stepDays from one day to the next: 7 for one day of each week
 */
export function eachDay<T>({ start, end }: Span, make: (day: Date) => T, stepDays = 1): Record<string, T> {
  const days: Record<string, T> = {}
  const until = Math.min(end.getTime(), generatedTodayMs)
  for (let time = start.getTime(); time < until; time += stepDays * dayMs) {
    const day = new Date(time)
    days[dayOf(day)] = make(day)
  }
  return days
}
