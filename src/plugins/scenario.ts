import fp from 'fastify-plugin'
import type { Playing } from '../world/portal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The step of a scenario that this request takes, if one plays. */
    playing: Playing | undefined
  }
}

/** Takes one step of a scenario for each authenticated request, before its body is read. */
export const scenarioPlugin = fp(
  async (app) => {
    app.decorateRequest('playing')
    app.addHook('onRequest', async (request, reply) => {
      const [named] = [request.headers['x-mock-scenario']].flat()
      request.playing = request.portal.takeStep(named)
      if (request.playing !== undefined) reply.header('x-mock-scenario', request.playing.scenario)
    })
  },
  { name: 'scenario', fastify: '5.x', dependencies: ['bearer-token'] },
)
