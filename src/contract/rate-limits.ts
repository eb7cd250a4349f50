import { type Static, Type } from '@sinclair/typebox'

/** How many calls a portal may make. Without `daily` there is no daily limit. */
export interface RateLimit {
  readonly perTenSeconds: number
  readonly daily?: number
}

/** The window of the short limit, in milliseconds: it slides (documented). */
export const windowMs = 10_000

/**
 * The limits HubSpot grants (documented): a private app on Free or Starter, on Professional, and an OAuth app,
 * which has no daily limit. Enterprise has 190 and 1 000 000, or 250 with the add-on: use a number for those.
 */
export const rateLimits = {
  free: { perTenSeconds: 100, daily: 250_000 },
  professional: { perTenSeconds: 190, daily: 625_000 },
  oauth: { perTenSeconds: 110 },
} as const satisfies Record<string, RateLimit>

/** `off` counts calls and sends the headers of Professional, but refuses none. A number is calls per ten seconds. */
export const RateLimitName = Type.Union(
  [
    Type.Literal('off'),
    Type.Literal('free'),
    Type.Literal('professional'),
    Type.Literal('oauth'),
    Type.Integer({ minimum: 1 }),
  ],
  { description: 'off, free, professional, oauth or a number of calls per ten seconds' },
)
export type RateLimitName = Static<typeof RateLimitName>

/** The rate limit headers, on every response to a token (documented). */
export const rateLimitHeaders = {
  max: 'X-HubSpot-RateLimit-Max',
  remaining: 'X-HubSpot-RateLimit-Remaining',
  interval: 'X-HubSpot-RateLimit-Interval-Milliseconds',
  daily: 'X-HubSpot-RateLimit-Daily',
  dailyRemaining: 'X-HubSpot-RateLimit-Daily-Remaining',
} as const
