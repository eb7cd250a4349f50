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
      const { over, limit } = allowance
      if (over === undefined) return
      const hint = `--rate-limit allows ${limit.perTenSeconds} calls in ten seconds, and off allows any`
      throw new Refusal(over, portal.words, hint)
    })
    // A refusal that a scenario calls up leaves nothing either.
    app.addHook('onSend', async ({ refused, allowance }, reply) => {
      if (refused === 'rate-limited' || refused === 'secondly-limit') reply.header(rateLimitHeaders.remaining, 0)
      if (refused !== 'daily-limit' || allowance.dailyRemaining === undefined) return
      reply.header(rateLimitHeaders.dailyRemaining, 0)
    })
  },
  { name: 'rate-limit', fastify: '5.x', dependencies: ['bearer-token'] },
)
