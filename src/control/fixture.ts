import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { Fixture } from '../world/fixtures/fixture.ts'

export const ExportedFixture = Type.Object({
  ...Fixture.properties,
  'x-left-out': Type.Array(
    Type.Union([Type.Literal('tokens'), Type.Literal('oauth'), Type.Literal('rateLimit'), Type.Literal('clock')]),
    { description: 'the parts of the state that a fixture cannot contain' },
  ),
})

/** Reads the state of the mock, or of the portal of the caller, as a fixture. */
export const fixtureRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/_mock/fixture',
    {
      schema: {
        operationId: 'mock.fixture',
        summary: 'Read the current state as a fixture that loads again',
        response: { 200: ExportedFixture },
      },
    },
    async ({ controls }) => controls.fixture(),
  )
}
