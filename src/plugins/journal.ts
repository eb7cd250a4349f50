import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { ownPaths } from '../contract/paths.ts'
import { whenGone } from '../gone.ts'
import type { AnswerText, Recorded } from '../world/exchange.ts'
import type { Journal } from '../world/journal.ts'
import type { World } from '../world/world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** How this request is recorded; undefined where it is not. */
    recording: Recording | undefined
    /** How to make the answer again, where that is cheaper than to keep it. */
    answerText: AnswerText | undefined
  }
}

interface Recording {
  /** The one it began in: a reset in between makes a new one, which is not to have it. */
  readonly journal: Journal
  /** Its place in the order of requests. */
  readonly order: number
  readonly recorded: Recorded
  isFiled: boolean
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
    app.decorateRequest('recording')
    app.decorateRequest('answerText')
    app.addHook('onRequest', (request, reply, done) => {
      if (ownPaths.test(request.routeOptions.url ?? request.url)) return done()
      const recording = begin(world, request)
      request.recording = recording
      const begun = performance.now()
      // Not onResponse: it never comes after a connection that was reset.
      whenGone(reply.raw, () => {
        if (!recording.isFiled) file(recording, request)
        recording.recorded.ms = Math.round((performance.now() - begun) * 10) / 10
      })
      done()
    })
    app.addHook('onSend', (request, reply, payload, done) => {
      const { recording } = request
      if (recording !== undefined && !recording.isFiled) {
        recording.recorded.status = reply.statusCode
        recording.recorded.answer = request.answerText ?? (typeof payload === 'string' ? payload : '')
        file(recording, request)
      }
      done(null, payload)
    })
  },
  { name: 'journal', fastify: '5.x' },
)

function begin({ journal, clock }: World, { id, method, url, headers }: FastifyRequest): Recording {
  return {
    journal,
    order: journal.open(),
    isFiled: false,
    recorded: {
      correlationId: id,
      at: clock.now(),
      method,
      url,
      headers,
      portal: null,
      body: '',
      scenario: null,
      status: null,
      answer: '',
      ms: null,
    },
  }
}

function file(recording: Recording, { portalName, bodyText, playing }: FastifyRequest): void {
  const { journal, order, recorded } = recording
  recorded.portal = portalName ?? null
  recorded.body = bodyText ?? ''
  recorded.scenario = playing?.scenario ?? null
  recording.isFiled = true
  journal.file(recorded, order)
}
