import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'

/** Resets the mock or a portal to its state after start. */
export const resetRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/_mock/reset',
    {
      schema: {
        operationId: 'mock.reset',
        summary: 'Restore the state after start',
        response: { 200: Type.Object({ reset: Type.Literal(true) }) },
      },
    },
    async ({ controls }) => {
      controls.reset()
      return { reset: true as const }
    },
  )
}
