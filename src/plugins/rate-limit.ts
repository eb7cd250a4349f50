import fp from 'fastify-plugin'
import { rateLimitHeaders, windowMs } from '../contract/rate-limit.ts'
import type { Allowance } from '../world/rate-limit.ts'
import { Refusal } from '../world/refusal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What is left to this portal after this call. */
    allowance: Allowance
  }
}

/** Counts each authenticated request, tells in its headers what is left, and refuses it where it is over the limit. */
export const rateLimitPlugin = fp(
  async (app) => {
    app.decorateRequest('allowance')
    app.addHook('onRequest', async (request, reply) => {
      const { limit, remaining, dailyRemaining, over } = request.portal.takeCall()
      request.allowance = { limit, remaining, dailyRemaining, over }
      reply.headers({
        [rateLimitHeaders.max]: limit.perTenSeconds,
        [rateLimitHeaders.remaining]: remaining,
        [rateLimitHeaders.interval]: windowMs,
      })
      if (dailyRemaining === undefined) return
      reply.headers({
        [rateLimitHeaders.daily]: limit.daily,
        [rateLimitHeaders.dailyRemaining]: dailyRemaining,
      })
    })
    // After the scenario has taken its step, which comes first.
    app.addHook('preParsing', async ({ allowance, portal }) => {
      if (allowance.over !== undefined) throw new Refusal(allowance.over, portal.words)
    })
  },
  { name: 'rate-limit', fastify: '5.x', dependencies: ['bearer-token'] },
)
