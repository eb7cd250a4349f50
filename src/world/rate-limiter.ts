import { type RateLimit, type RateLimitName, rateLimits, windowMs } from '../contract/rate-limits.ts'
import type { RateLimitState } from '../public/controls.ts'
import type { Clock } from './clock.ts'

const dayMs = 24 * 60 * 60 * 1000

/** The state of the rate limit after a call. */
export interface Allowance {
  readonly limit: RateLimit
  /** Calls left in the window after this one. */
  readonly remaining: number
  /** Calls left today (UTC) after this one; undefined if there is no daily limit. */
  readonly dailyRemaining: number | undefined
  /** The error for a call over a limit; undefined if the call is allowed. */
  readonly over: 'rate-limited' | 'daily-limit' | undefined
}

/** Counts the calls of a portal in the last ten seconds and today. */
export class RateLimiter {
  readonly #name: RateLimitName
  readonly #limit: RateLimit
  readonly #isEnforced: boolean
  readonly #clock: Clock
  /** How many calls there were in each millisecond of the window, oldest first: its size does not depend on the limit. */
  readonly #counts = new Map<number, number>()
  /** The sum of the counts. */
  #callsInWindow = 0
  /** When the limiter last looked at the clock. */
  #lastLook = 0
  #day = 0
  #callsToday = 0

  constructor(name: RateLimitName, clock: Clock) {
    this.#name = name
    this.#limit = limitOf(name)
    this.#isEnforced = name !== 'off'
    this.#clock = clock
  }

  /** Counts one call. A call that is refused does not count. */
  take(): Allowance {
    const now = this.#clock.now()
    const used = this.#usedInWindow(now)
    const today = this.#usedToday(now)
    const { perTenSeconds, daily } = this.#limit
    const over =
      used >= perTenSeconds ? 'rate-limited' : daily !== undefined && today >= daily ? 'daily-limit' : undefined
    const isRefused = this.#isEnforced && over !== undefined
    if (!isRefused) this.#count(now)
    const counted = isRefused ? 0 : 1
    return {
      limit: this.#limit,
      remaining: Math.max(0, perTenSeconds - used - counted),
      dailyRemaining: daily === undefined ? undefined : Math.max(0, daily - today - counted),
      over: isRefused ? over : undefined,
    }
  }

  /** The limit and the calls that are left. Reading it counts no call. */
  get state(): RateLimitState {
    const now = this.#clock.now()
    const { perTenSeconds, daily } = this.#limit
    return {
      limit: this.#name,
      perTenSeconds,
      daily: daily ?? null,
      remaining: Math.max(0, perTenSeconds - this.#usedInWindow(now)),
      dailyRemaining: daily === undefined ? null : Math.max(0, daily - this.#usedToday(now)),
    }
  }

  #count(now: number): void {
    const millisecond = Math.floor(now)
    this.#counts.set(millisecond, (this.#counts.get(millisecond) ?? 0) + 1)
    this.#callsInWindow += 1
    this.#callsToday += 1
  }

  #usedInWindow(now: number): number {
    const isSetBack = now < this.#lastLook
    this.#lastLook = now
    for (const [at, count] of this.#counts) {
      // A clock that was set back leaves calls later than now: they would count for years.
      const isInWindow = at > now - windowMs && at <= now
      if (isInWindow && !isSetBack) break
      if (!isInWindow) this.#forget(at, count)
    }
    return this.#callsInWindow
  }

  #forget(millisecond: number, count: number): void {
    this.#counts.delete(millisecond)
    this.#callsInWindow -= count
  }

  #usedToday(now: number): number {
    const day = Math.floor(now / dayMs)
    if (day !== this.#day) {
      this.#day = day
      this.#callsToday = 0
    }
    return this.#callsToday
  }
}

function limitOf(name: RateLimitName): RateLimit {
  if (name === 'off') return rateLimits.professional
  return typeof name === 'number' ? { perTenSeconds: name, daily: rateLimits.professional.daily } : rateLimits[name]
}
