import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'

/** Back to the moment after start. */
export const resetRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/_mock/reset',
    {
      schema: {
        summary: 'Campaigns, scenario, journal and rate limit as after start',
        response: { 200: Type.Object({ reset: Type.Literal(true) }) },
      },
    },
    async ({ controls }) => {
      controls.reset()
      return { reset: true as const }
    },
  )
}
