import fp from 'fastify-plugin'
import { htmlContentType, jsonContentType } from '../contract/answer-headers.ts'
import type { Clock } from '../world/clock.ts'
import type { Playing } from '../world/portal.ts'
import { CalledUp } from '../world/refusal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The step of a scenario that this request takes, if one plays. */
    playing: Playing | undefined
  }
}

interface Options {
  clock: Clock
}

/**
 * Takes one step of a scenario for each authenticated request, before its body is read:
 * of the one its header names, else its token, else of what plays in its portal or in the mock.
 */
export const scenarioPlugin = fp<Options>(
  async (app, { clock }) => {
    app.decorateRequest('playing')
    app.addHook('onRequest', async (request, reply) => {
      const [header] = [request.headers['x-mock-scenario']].flat()
      request.playing = request.portal.takeStep(header ?? request.tokenScenario)
      if (request.playing === undefined) return
      reply.header('x-mock-scenario', request.playing.scenario)
    })
    // Once delays and faults are over.
    app.addHook('preParsing', async ({ playing, portal }, reply) => {
      const error = playing?.step.error
      if (error === undefined) return
      if (typeof error === 'string') throw new CalledUp(error, clock.now(), portal.words)
      const isText = typeof error.body === 'string'
      reply.code(error.status).header('content-type', isText ? htmlContentType : jsonContentType)
      await reply.headers(error.headers ?? {}).send(isText ? error.body : JSON.stringify(error.body))
    })
    // Over what else stands in the headers, a content type too.
    app.addHook('onSend', async ({ playing }, reply) => {
      if (playing?.step.headers !== undefined) reply.headers(playing.step.headers)
    })
  },
  { name: 'scenario', fastify: '5.x', dependencies: ['bearer-token'] },
)
