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
  /** The times of the calls in the window, oldest first, at most as many as the limit. */
  #callTimes: number[] = []
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
    this.#callTimes.push(now)
    if (this.#callTimes.length > this.#limit.perTenSeconds) this.#callTimes.shift()
    this.#callsToday += 1
  }

  #usedInWindow(now: number): number {
    const first = this.#callTimes.findIndex((at) => at > now - windowMs)
    if (first !== 0) this.#callTimes = first < 0 ? [] : this.#callTimes.slice(first)
    return this.#callTimes.length
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
