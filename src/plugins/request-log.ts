import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { ownPaths } from '../contract/paths.ts'
import { whenGone } from '../gone.ts'
import { redactText, tokenIn } from '../world/redact.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** How many of the ids were found, once a route has looked them up. */
    lookup: { found: number; failed: number } | undefined
  }
}

/** One line a request. The query and the headers stay out of it: tokens travel in both. */
export const requestLogPlugin = fp(
  async (app) => {
    app.decorateRequest('lookup')
    if (!logsRequests(app)) return
    app.addHook('onRequest', (request, reply, done) => {
      const begun = performance.now()
      // Not onResponse: it never comes after a connection that was reset.
      whenGone(reply.raw, () => {
        const { method, lookup, portalName, playing, refused } = request
        const [raw = ''] = request.url.split('?')
        const path = redactText(raw, tokenIn(request.headers.authorization))
        const status = reply.raw.headersSent ? reply.statusCode : null
        const ms = Math.round((performance.now() - begun) * 10) / 10
        const counts = lookup === undefined ? {} : { found: lookup.found, failed: lookup.failed }
        const facts = {
          reqId: request.id,
          method,
          path,
          status,
          ...counts,
          scenario: playing?.scenario,
          error: refused,
          portal: portalName,
          ms,
        }
        const words = [
          `${method} ${path} ${status ?? 'without an answer'}`,
          ...(lookup === undefined ? [] : [`${lookup.found} found, ${lookup.failed} failed`]),
          ...(refused === undefined ? [] : [refused]),
          ...(playing === undefined ? [] : [`scenario ${playing.scenario}`]),
          `${ms} ms`,
        ]
        // Health is asked every few seconds, and what a tester asks is not the client's: both would drown the rest.
        request.log[ownPaths.test(request.routeOptions.url ?? request.url) ? 'debug' : 'info'](facts, words.join(' · '))
      })
      done()
    })
  },
  { name: 'request-log', fastify: '5.x' },
)

/** Whether requests are logged at all. Without a logger there is no level. */
export function logsRequests({ log }: FastifyInstance): boolean {
  return ['trace', 'debug', 'info'].includes(log.level)
}
