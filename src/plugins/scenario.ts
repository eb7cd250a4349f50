import fp from 'fastify-plugin'
import type { Playing } from '../world/portal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The step of a scenario that this request takes, if one plays. */
    playing: Playing | undefined
  }
}

/**
 * Takes one step of a scenario for each authenticated request, before its body is read:
 * of the one its header names, else its token, else of what plays in its portal or in the mock.
 */
export const scenarioPlugin = fp(
  async (app) => {
    app.decorateRequest('playing')
    app.addHook('onRequest', (request, reply, done) => {
      const header = request.headers['x-mock-scenario']
      request.playing = request.portal.takeStep(Array.isArray(header) ? header[0] : (header ?? request.tokenScenario))
      if (request.playing !== undefined) reply.header('x-mock-scenario', request.playing.scenario)
      done()
    })
    // Over what else stands in the headers, a content type too.
    app.addHook('onSend', (request, reply, payload, done) => {
      const headers = request.playing?.step.headers
      if (headers !== undefined) reply.headers(headers)
      done(null, payload)
    })
  },
  { name: 'scenario', fastify: '5.x', dependencies: ['bearer-token'] },
)
