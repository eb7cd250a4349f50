import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { FixtureError } from '../world/fixtures/fixture.ts'

const Params = Type.Object({ id: Type.String() })

/** Lists, reads, adds, replaces and removes the ids that fail. */
export const errorRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/_mock/errors',
    {
      schema: {
        operationId: 'mock.errors.list',
        summary: 'List the ids that fail, with their errors',
        response: { 200: Type.Object({ errors: Type.Array(FixtureError) }) },
      },
    },
    async ({ controls }) => ({ errors: controls.errors.list() }),
  )

  app.get(
    '/_mock/errors/:id',
    {
      schema: {
        operationId: 'mock.errors.get',
        summary: 'Read the error of one id',
        params: Params,
        response: { 200: FixtureError },
      },
    },
    async ({ controls, params }) => controls.errors.get(params.id),
  )

  app.put(
    '/_mock/errors/:id',
    {
      schema: {
        operationId: 'mock.errors.put',
        summary: 'Make an id fail, or replace its error',
        params: Params,
        body: Type.Omit(FixtureError, ['id']),
        response: { 200: FixtureError },
      },
    },
    async ({ controls, params, body }) => controls.errors.put({ ...body, id: params.id }),
  )

  app.delete(
    '/_mock/errors/:id',
    {
      schema: {
        operationId: 'mock.errors.remove',
        summary: 'Remove the error of an id, so that its campaign is found again',
        params: Params,
        response: { 200: Type.Object({ removed: Type.Literal(true) }) },
      },
    },
    async ({ controls, params }) => {
      controls.errors.remove(params.id)
      return { removed: true as const }
    },
  )
}
