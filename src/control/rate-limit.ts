import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { RateLimitName } from '../contract/rate-limits.ts'
import { RateLimitChange } from '../world/controls/rate-limit-controls.ts'

export const RateLimitState = Type.Object({
  limit: RateLimitName,
  perTenSeconds: Type.Integer(),
  daily: Type.Union([Type.Integer(), Type.Null()], { description: 'calls per day; null if there is no daily limit' }),
  remaining: Type.Integer({ description: 'calls that are left in the window of ten seconds' }),
  dailyRemaining: Type.Union([Type.Integer(), Type.Null()], { description: 'calls that are left today (UTC)' }),
})

/** Reads, sets and resets the rate limit of the mock, or of the portal of the caller. */
export const rateLimitRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/_mock/rate-limit',
    {
      schema: {
        operationId: 'mock.rateLimit.state',
        summary: 'Read the rate limit and the calls that are left',
        response: { 200: RateLimitState },
      },
    },
    async ({ controls }) => controls.rateLimit.state,
  )

  app.put(
    '/_mock/rate-limit',
    {
      schema: {
        operationId: 'mock.rateLimit.set',
        summary: 'Set the rate limit',
        body: RateLimitChange,
        response: { 200: RateLimitState },
      },
    },
    async ({ controls, body }) => controls.rateLimit.set(body),
  )

  app.delete(
    '/_mock/rate-limit',
    {
      schema: {
        operationId: 'mock.rateLimit.reset',
        summary: 'Restore the rate limit of the mock, or the one after start',
        response: { 200: RateLimitState },
      },
    },
    async ({ controls }) => controls.rateLimit.reset(),
  )
}
