import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsync } from 'fastify'
import type { World } from '../world/world.ts'
import type { Metrics } from './prometheus-metrics.ts'

interface MetricsOptions {
  world: World
  /** The version of this package. */
  version: string
}

/** The metrics of this mock for Prometheus. The first request loads the metrics library. */
export const metricsRoute: FastifyPluginAsync<MetricsOptions> = async (app, { world, version }) => {
  let loading: Promise<Metrics> | undefined
  app.addHook('onClose', async () => (await loading)?.close())
  const schema = {
    operationId: 'mock.metrics',
    summary: 'Read the metrics of the mock in the text format of Prometheus',
    response: { 200: Type.String() },
  }
  app.get('/_mock/metrics', { schema }, async (_request, reply) => {
    loading ??= import('./prometheus-metrics.ts').then(({ Metrics }) => new Metrics(world, version))
    const { contentType, text } = await (await loading).read()
    return reply.type(contentType).serializer(String).send(text)
  })
}
