import { randomUUID } from 'node:crypto'
import type { Clock } from '../public/mock.ts'
import { wallClockMs } from '../text/system-timers.ts'

export type { Clock } from '../public/mock.ts'

export const systemClock: Clock = { now: wallClockMs }

/** The time of a frozen clock, in milliseconds since the epoch. */
const frozenAtMs = Date.UTC(2026, 0, 1)

export const frozenClock: Clock = { now: () => frozenAtMs }

/** A timestamp in HubSpot's format: UTC, exactly three decimals, `Z` [observed]. */
export function timestamp(milliseconds: number): string {
  if (milliseconds !== last.milliseconds) last = { milliseconds, text: new Date(milliseconds).toISOString() }
  return last.text
}

/** The newest timestamp: under load, many responses in one millisecond have the same one. */
let last = { milliseconds: 0, text: new Date(0).toISOString() }

/** Creates a correlation id. */
export type NewCorrelationId = () => string

export const randomCorrelationId: NewCorrelationId = () => randomUUID()

/** Correlation ids that count up from 1, so that the same requests get the same ids. */
export function countedCorrelationIds(): NewCorrelationId {
  let count = 0
  return () => {
    count += 1
    return `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`
  }
}
