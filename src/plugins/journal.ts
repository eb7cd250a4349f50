import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { ownPaths } from '../contract/paths.ts'
import { timestamp } from '../world/clock.ts'
import type { Exchange } from '../world/journal.ts'
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
      if (ownPaths.test(request.url)) return
      const recording: Recording = {
        order: world.journal.open(),
        at: timestamp(world.clock.now()),
        exchange: undefined,
      }
      request.recording = recording
      const begun = performance.now()
      // Not onResponse: it never comes after a connection that was reset.
      reply.raw.once('close', () => {
        if (recording.exchange === undefined) file(recording, request, null, '')
        if (recording.exchange !== undefined) recording.exchange.ms = Math.round((performance.now() - begun) * 10) / 10
      })
    })
    app.addHook('onSend', async (request, reply, payload) => {
      const { recording } = request
      if (recording !== undefined)
        file(recording, request, reply.statusCode, typeof payload === 'string' ? payload : '')
    })

    function file(recording: Recording, request: FastifyRequest, status: number | null, answer: string): void {
      recording.exchange = redactToken(exchangeOf(request, recording.at, status, answer), request.headers.authorization)
      world.journal.file(recording.exchange, recording.order)
    }
  },
  { name: 'journal', fastify: '5.x' },
)

function exchangeOf(request: FastifyRequest, at: string, status: number | null, answer: string): Exchange {
  const [path = '', query = ''] = request.url.split(/\?(.*)/s)
  return {
    correlationId: request.id,
    at,
    portal: request.portalName ?? null,
    method: request.method,
    path,
    query: redactQuery(query),
    headers: redactHeaders(request.headers),
    body: request.bodyText ?? '',
    ids: request.lookup?.ids ?? [],
    properties: request.lookup?.properties ?? [],
    scenario: request.playing?.scenario ?? null,
    status,
    answer,
    ms: null,
  }
}

/** Shorter ones are words that may stand anywhere; HubSpot's are longer. */
const shortestSecret = 16

/** The token of the request itself, wherever else it stands in it. */
function redactToken(exchange: Exchange, authorization = ''): Exchange {
  const [, token = ''] = /^\S+ +([^\s~]+)/.exec(authorization) ?? []
  const text = JSON.stringify(exchange)
  if (token.length < shortestSecret || !text.includes(token)) return exchange
  return JSON.parse(text.replaceAll(token, '[REDACTED]'))
}

const secretHeaders = /authorization|cookie|token|secret|api-?key|private-app/i

/** `Bearer [REDACTED]`: the scheme of a credential stays, for it is often what is wrong. */
function redactHeaders(headers: FastifyRequest['headers']): Record<string, string> {
  const written = Object.entries(headers).map(([name, value]) => {
    const text = String(value)
    return [name, secretHeaders.test(name) ? text.replace(/^(Bearer |Basic )?.*$/is, '$1[REDACTED]') : text]
  })
  return Object.fromEntries(written)
}

/** HubSpot's older clients send their key in the query. */
function redactQuery(query: string): string {
  return query.replace(/((?:^|&)[^=&]*(?:key|token|secret)[^=&]*=)[^&]*/gi, '$1[REDACTED]')
}
