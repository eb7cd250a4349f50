import { randomUUID } from 'node:crypto'
import { wallClockMs } from '../text/system-timers.ts'

/**
 * Where time comes from, so that a test can hand in its own: steps with `for`, expired tokens, rate limits and the
 * timestamps of answers go by it.
 * @example
 * let now = Date.parse('2026-05-20T18:40:27Z')
 * const clock: Clock = { now: () => now }
 * await using withClock = await startMock({ clock })
 * now += 500
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export const systemClock: Clock = { now: wallClockMs }

/** The moment at which a frozen clock stands. */
const frozenAt = Date.UTC(2026, 0, 1)

export const frozenClock: Clock = { now: () => frozenAt }

/** A moment as HubSpot writes it: UTC, exactly three decimals, `Z` (observed). */
export function timestamp(milliseconds: number): string {
  if (milliseconds !== last.milliseconds) last = { milliseconds, text: new Date(milliseconds).toISOString() }
  return last.text
}

/** Under load many answers are given in one millisecond, each with two of these. */
let last = { milliseconds: 0, text: new Date(0).toISOString() }

/** Where correlation ids come from. */
export type NewCorrelationId = () => string

export const randomCorrelationId: NewCorrelationId = () => randomUUID()

/** Correlation ids that are counted from 1, so that the same requests get the same. */
export function countedCorrelationIds(): NewCorrelationId {
  let count = 0
  return () => {
    count += 1
    return `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`
  }
}
