import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { ownPaths } from '../contract/paths.ts'
import { whenGone } from '../gone.ts'
import { timestamp } from '../world/clock.ts'
import type { Exchange, Journal } from '../world/journal.ts'
import { redactHeader, redactQuery, redactText, tokenIn } from '../world/redact.ts'
import type { World } from '../world/world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What a route was asked for, and how many of the ids it found, once it has looked them up. */
    lookup: { ids: string[]; properties: string[]; found: number; failed: number } | undefined
    /** How this request is recorded; undefined where it is not. */
    recording: Recording | undefined
  }
}

interface Recording {
  /** The one it began in: a reset in between makes a new one, which is not to have it. */
  readonly journal: Journal
  /** Its place in the order of requests. */
  readonly order: number
  readonly at: string
  exchange: Exchange | undefined
}

interface Options {
  world: World
}

/**
 * Records each request with its answer, but for those to the mock's own paths. It is recorded when the answer is about
 * to leave, so that a client that has it finds it in the journal, or when the connection ends without one.
 */
export const journalPlugin = fp<Options>(
  async (app, { world }) => {
    app.decorateRequest('lookup')
    app.decorateRequest('recording')
    app.addHook('onRequest', async (request, reply) => {
      if (ownPaths.test(request.routeOptions.url ?? request.url)) return
      const { journal, clock } = world
      const recording: Recording = { journal, order: journal.open(), at: timestamp(clock.now()), exchange: undefined }
      request.recording = recording
      const begun = performance.now()
      // Not onResponse: it never comes after a connection that was reset.
      whenGone(reply.raw, () => {
        const exchange = recording.exchange ?? file(recording, request, null, '')
        exchange.ms = Math.round((performance.now() - begun) * 10) / 10
      })
    })
    app.addHook('onSend', async (request, reply, payload) => {
      const answer = typeof payload === 'string' ? payload : ''
      if (request.recording !== undefined) file(request.recording, request, reply.statusCode, answer)
    })
  },
  { name: 'journal', fastify: '5.x' },
)

function file(recording: Recording, request: FastifyRequest, status: number | null, answer: string): Exchange {
  const exchange = exchangeOf(request, recording.at, status, answer)
  recording.exchange = exchange
  recording.journal.file(exchange, recording.order)
  return exchange
}

function exchangeOf(request: FastifyRequest, at: string, status: number | null, answer: string): Exchange {
  const [path = '', query = ''] = request.url.split(/\?(.*)/s)
  const token = tokenIn(request.headers.authorization)
  const clean = (text: string) => redactText(text, token)
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    clean(redactHeader(name, String(value))),
  ])
  return {
    correlationId: request.id,
    at,
    portal: request.portalName ?? null,
    method: request.method,
    path: clean(path),
    query: clean(redactQuery(query)),
    headers: Object.fromEntries(headers),
    body: clean(request.bodyText ?? ''),
    ids: request.lookup?.ids.map(clean) ?? [],
    properties: request.lookup?.properties.map(clean) ?? [],
    scenario: request.playing?.scenario ?? null,
    status,
    answer: clean(answer),
    ms: null,
  }
}
