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
    app.addHook('onRequest', (request, reply, done) => {
      request.allowance = request.portal.takeCall()
      const { limit, remaining, dailyRemaining } = request.allowance
      reply.header(rateLimitHeaders.max, limit.perTenSeconds)
      reply.header(rateLimitHeaders.remaining, remaining)
      reply.header(rateLimitHeaders.interval, windowMs)
      if (dailyRemaining !== undefined) {
        reply.header(rateLimitHeaders.daily, limit.daily)
        reply.header(rateLimitHeaders.dailyRemaining, dailyRemaining)
      }
      done()
    })
    // What the scenario wants comes first.
    app.addHook('preValidation', (request, _reply, done) => {
      const { over, limit } = request.allowance
      if (over === undefined) return done()
      const hint = `--rate-limit allows ${limit.perTenSeconds} calls in ten seconds, and off allows any`
      done(new Refusal(over, request.portal.words, hint))
    })
    // A refusal that a scenario calls up leaves nothing either.
    app.addHook('onSend', ({ refused, allowance }, reply, payload, done) => {
      if (refused === 'rate-limited' || refused === 'secondly-limit') reply.header(rateLimitHeaders.remaining, 0)
      if (refused === 'daily-limit' && allowance.dailyRemaining !== undefined) {
        reply.header(rateLimitHeaders.dailyRemaining, 0)
      }
      done(null, payload)
    })
  },
  { name: 'rate-limit', fastify: '5.x', dependencies: ['bearer-token', 'called-up-error'] },
)
