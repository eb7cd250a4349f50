import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
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
        const { id, method, url, lookup, portalName: portal, playing, refused: error } = request
        const { authorization } = request.headers
        const status = reply.raw.headersSent ? reply.statusCode : null
        const scenario = playing?.scenario
        const isOwn = ownPaths.test(request.routeOptions.url ?? url)
        logRequest(request.log, {
          id,
          method,
          url,
          isOwn,
          authorization,
          status,
          lookup,
          scenario,
          error,
          portal,
          begun,
        })
      })
      done()
    })
  },
  { name: 'request-log', fastify: '5.x' },
)

/** What is known of a request once its answer is out, or never will be. */
interface Logged {
  readonly id: string
  readonly method: string
  readonly url: string
  /** Whether it was for the mock itself, and not for HubSpot. */
  readonly isOwn?: boolean
  readonly authorization: string | undefined
  /** null: without an answer */
  readonly status: number | null
  readonly lookup: FastifyRequest['lookup']
  readonly scenario?: string | undefined
  readonly error?: string | undefined
  readonly portal: string | undefined
  /** When it came, by the process's own clock. */
  readonly begun: number
}

/** Writes the line of a request. */
export function logRequest(log: FastifyBaseLogger, { id, method, url, status, begun, ...rest }: Logged): void {
  const { isOwn = false, authorization, lookup, scenario, error, portal } = rest
  const [raw = ''] = url.split('?')
  const path = redactText(raw, tokenIn(authorization))
  const ms = Math.round((performance.now() - begun) * 10) / 10
  const counts = lookup === undefined ? {} : { found: lookup.found, failed: lookup.failed }
  const facts = { reqId: id, method, path, status, ...counts, scenario, error, portal, ms }
  const words = [
    `${method} ${path} ${status ?? 'without an answer'}`,
    ...(lookup === undefined ? [] : [`${lookup.found} found, ${lookup.failed} failed`]),
    ...(error === undefined ? [] : [error]),
    ...(scenario === undefined ? [] : [`scenario ${scenario}`]),
    `${ms} ms`,
  ]
  // Health is asked every few seconds, and what a tester asks is not the client's: both would drown the rest.
  log[isOwn ? 'debug' : 'info'](facts, words.join(' · '))
}

/** Whether requests are logged at all. Without a logger there is no level. */
export function logsRequests({ log }: FastifyInstance): boolean {
  return ['trace', 'debug', 'info'].includes(log.level)
}
