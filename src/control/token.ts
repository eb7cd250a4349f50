import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { openPortal } from '../world/controls/portals.ts'
import { FixtureToken } from '../world/fixtures/fixture.ts'
import type { ControlOptions } from './options.ts'
import { portalTokenIn } from './portal-token.ts'

export const TokenState = Type.Object({
  scopes: Type.Union([Type.Array(Type.String()), Type.Null()], { description: 'null if the token has all scopes' }),
  expiresAt: Type.Union([Type.String(), Type.Null()], { description: 'null if the token does not expire' }),
})

/** Reads, sets and resets the scopes and the expiry of the token of the call. The token is in a header, never in the URL. */
export const tokenRoutes: FastifyPluginAsyncTypebox<Pick<ControlOptions, 'world'>> = async (app, { world }) => {
  app.get(
    '/_mock/token',
    {
      schema: {
        operationId: 'mock.token.state',
        summary: 'Read the scopes and the expiry of the token of this call',
        response: { 200: TokenState },
      },
    },
    async (request) => openPortal(world, portalTokenIn(request)).token.state,
  )

  app.put(
    '/_mock/token',
    {
      schema: {
        operationId: 'mock.token.set',
        summary: 'Set the scopes and the expiry of the token of this call',
        body: FixtureToken,
        response: { 200: TokenState },
      },
    },
    async (request) => openPortal(world, portalTokenIn(request)).token.set(request.body),
  )

  app.delete(
    '/_mock/token',
    {
      schema: {
        operationId: 'mock.token.reset',
        summary: 'Restore the scopes and the expiry of the token in the fixture',
        response: { 200: TokenState },
      },
    },
    async (request) => openPortal(world, portalTokenIn(request)).token.reset(),
  )
}
