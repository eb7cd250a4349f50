import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { listPortals, openPortal, PortalOptions, PortalSummary } from '../world/controls/portals.ts'
import type { ControlOptions } from './options.ts'
import { portalTokenIn } from './portal-token.ts'

/** Lists the portals, and labels one. */
export const portalRoutes: FastifyPluginAsyncTypebox<Pick<ControlOptions, 'world'>> = async (app, { world }) => {
  app.get(
    '/_mock/portals',
    {
      schema: {
        operationId: 'mock.portals',
        summary: 'List the portals, the most recently used one first',
        response: { 200: Type.Object({ portals: Type.Array(PortalSummary) }) },
      },
    },
    async () => ({ portals: listPortals(world) }),
  )

  app.put(
    '/_mock/portal',
    {
      schema: {
        operationId: 'mock.portal',
        summary: 'Set the label of the portal of the token',
        body: Type.Required(PortalOptions),
        response: { 200: PortalOptions },
      },
    },
    async (request) => {
      openPortal(world, portalTokenIn(request), request.body)
      return { label: request.body.label }
    },
  )
}
