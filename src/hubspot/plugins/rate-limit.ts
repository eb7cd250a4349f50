import { rateLimitHeaders, windowMs } from '../../contract/rate-limits.ts'
import { Refusal } from '../../world/refusal.ts'
import type { OpenExchange } from '../open-exchange.ts'

/** Counts the call against the limits of its portal. OAuth calls are not limited. */
export function countCall(exchange: OpenExchange): void {
  if (exchange.route?.operation.auth === 'none') return
  exchange.allowance = exchange.portal?.takeCall()
}

/** @throws {Refusal} if the call is over a limit that this mock enforces */
export function refuseOverLimit({ allowance, portal }: OpenExchange): void {
  if (allowance?.over === undefined) return
  const { perTenSeconds } = allowance.limit
  const calls = perTenSeconds === 1 ? '1 call' : `${perTenSeconds} calls`
  const hint = `the rate limit of this mock allows ${calls} in ten seconds; off allows any number`
  throw new Refusal(allowance.over, portal?.words, hint)
}

const names = {
  max: rateLimitHeaders.max.toLowerCase(),
  remaining: rateLimitHeaders.remaining.toLowerCase(),
  interval: rateLimitHeaders.interval.toLowerCase(),
  daily: rateLimitHeaders.daily.toLowerCase(),
  dailyRemaining: rateLimitHeaders.dailyRemaining.toLowerCase(),
}

/** The headers that tell a portal how many calls are left. After an error of a limit nothing of it is left. */
export function addRateLimitHeaders(headers: Record<string, string>, { allowance, refusal }: OpenExchange): void {
  if (allowance === undefined) return
  const { limit, remaining, dailyRemaining } = allowance
  const isSpent = refusal?.error === 'rate-limited' || refusal?.error === 'secondly-limit'
  headers[names.max] = String(limit.perTenSeconds)
  headers[names.remaining] = isSpent ? '0' : String(remaining)
  headers[names.interval] = String(windowMs)
  if (dailyRemaining === undefined) return
  headers[names.daily] = String(limit.daily)
  headers[names.dailyRemaining] = refusal?.error === 'daily-limit' ? '0' : String(dailyRemaining)
}
