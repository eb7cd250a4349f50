import { type Static, Type } from '@sinclair/typebox'

/** How many calls a portal may make; `daily` is left out where there is no such limit. */
export interface RateLimit {
  readonly perTenSeconds: number
  readonly daily?: number
}

/** The window of the short limit, in milliseconds: it slides (documented). */
export const windowMs = 10_000

/**
 * The limits HubSpot grants (documented): a private app on Free or Starter, on Professional, and an OAuth app,
 * which has no daily limit. Enterprise has 190 and 1 000 000; 250 come with the add-on: both can be given as a number.
 */
export const rateLimits = {
  free: { perTenSeconds: 100, daily: 250_000 },
  professional: { perTenSeconds: 190, daily: 625_000 },
  oauth: { perTenSeconds: 110 },
} as const satisfies Record<string, RateLimit>

/** `off` counts, and tells in the headers, as on Professional, but never refuses; a number is calls per ten seconds. */
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

/** The headers that tell a portal's limits, on every answer to a token (documented). */
export const rateLimitHeaders = {
  max: 'X-HubSpot-RateLimit-Max',
  remaining: 'X-HubSpot-RateLimit-Remaining',
  interval: 'X-HubSpot-RateLimit-Interval-Milliseconds',
  daily: 'X-HubSpot-RateLimit-Daily',
  dailyRemaining: 'X-HubSpot-RateLimit-Daily-Remaining',
} as const
