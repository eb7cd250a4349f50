import { type RateLimit, type RateLimitName, rateLimits, windowMs } from '../contract/rate-limits.ts'
import type { Clock } from './clock.ts'

const dayMs = 24 * 60 * 60 * 1000

/** What one call comes to. */
export interface Allowance {
  readonly limit: RateLimit
  /** Calls left in the window, this one taken off. */
  readonly remaining: number
  /** Calls left today (UTC), where there is a daily limit. */
  readonly dailyRemaining: number | undefined
  /** The limit this call is over, if calls over it are refused. */
  readonly over: 'rate-limited' | 'daily-limit' | undefined
}

/** Counts a portal's calls in the last ten seconds and today. */
export class RateLimiter {
  readonly #limit: RateLimit
  readonly #refuses: boolean
  readonly #clock: Clock
  /** When calls were made, oldest first: of those in the window, as many as the limit allows. */
  #calls: number[] = []
  #day = 0
  #today = 0

  constructor(name: RateLimitName, clock: Clock) {
    this.#limit = limitOf(name)
    this.#refuses = name !== 'off'
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
    const refused = this.#refuses && over !== undefined
    if (!refused) this.#count(now)
    const taken = refused ? 0 : 1
    return {
      limit: this.#limit,
      remaining: Math.max(0, perTenSeconds - used - taken),
      dailyRemaining: daily === undefined ? undefined : Math.max(0, daily - today - taken),
      over: refused ? over : undefined,
    }
  }

  #count(now: number): void {
    this.#calls.push(now)
    if (this.#calls.length > this.#limit.perTenSeconds) this.#calls.shift()
    this.#today += 1
  }

  #usedInWindow(now: number): number {
    const first = this.#calls.findIndex((at) => at > now - windowMs)
    if (first !== 0) this.#calls = first < 0 ? [] : this.#calls.slice(first)
    return this.#calls.length
  }

  #usedToday(now: number): number {
    const day = Math.floor(now / dayMs)
    if (day !== this.#day) {
      this.#day = day
      this.#today = 0
    }
    return this.#today
  }
}

function limitOf(name: RateLimitName): RateLimit {
  if (name === 'off') return rateLimits.professional
  return typeof name === 'number' ? { perTenSeconds: name, daily: rateLimits.professional.daily } : rateLimits[name]
}
