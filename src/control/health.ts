import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import { monotonicMs } from '../text/system-timers.ts'
import type { World } from '../world/world.ts'

export const Health = Type.Object({
  status: Type.Literal('ok'),
  version: Type.String(),
  uptimeSeconds: Type.Number(),
  campaigns: Type.Integer(),
  portals: Type.Integer(),
})
export type Health = Static<typeof Health>

interface HealthOptions {
  world: World
  version: string
}

/** Responds when the mock is healthy, with the number of its campaigns and portals. No token is needed. */
export const healthRoutes: FastifyPluginAsyncTypebox<HealthOptions> = async (app, { world, version }) => {
  const startedMs = monotonicMs()
  const health = async (): Promise<Health> => ({
    status: 'ok',
    version,
    uptimeSeconds: Math.floor((monotonicMs() - startedMs) / 1000),
    campaigns: world.campaigns.size,
    portals: world.portals.length,
  })
  const schema = { summary: 'Check that the mock is healthy', response: { 200: Health } }
  app.get('/health', { schema: { operationId: 'health', ...schema } }, health)
  app.get('/_mock/health', { schema: { operationId: 'mock.health', ...schema } }, health)
}
