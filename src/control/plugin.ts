import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { redactPath, tokenIn } from '../text/redact.ts'
import { guardControlApi } from './access.ts'
import { campaignRoutes } from './campaigns.ts'
import { certificateRoute } from './certificate.ts'
import { clockRoutes } from './clock.ts'
import { errorRoutes } from './errors.ts'
import { fixtureRoute } from './fixture.ts'
import { healthRoutes } from './health.ts'
import { inspectorRoutes } from './inspector.ts'
import { metricsRoute } from './metrics.ts'
import { openapiRoute } from './openapi.ts'
import type { ControlOptions, ControlRoute } from './options.ts'
import { portalRoutes } from './portals.ts'
import { rateLimitRoutes } from './rate-limit.ts'
import { requestEventsRoute } from './request-events.ts'
import { requestWaitRoute } from './request-wait.ts'
import { requestRoutes } from './requests.ts'
import { resetRoute } from './reset.ts'
import { scenarioRoutes } from './scenarios.ts'
import { tokenRoutes } from './token.ts'
import { unservedRoute } from './unserved.ts'

/** The control API under `/_mock`, and health. */
export const controlPlugin: FastifyPluginAsync<ControlOptions> = async (app, options) => {
  const routes: ControlRoute[] = []
  app.addHook('onRoute', ({ method, url, schema = {} }) => {
    if (method !== 'HEAD' && !url.includes('*')) routes.push({ method: String(method), url, schema })
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(options.commonHeaders(request.id))
  })
  app.addHook('onResponse', async (request, reply) => {
    // At a higher level, health checks and calls of tests would hide the lines about the client.
    request.log.debug({ reqId: request.id }, `${request.method} ${cleanPath(request)} ${reply.statusCode}`)
  })
  await app.register(healthRoutes, options)
  await app.register(inspectorRoutes, options)
  await app.register(async (control) => {
    guardControlApi(control, options)
    await control.register(campaignRoutes)
    await control.register(errorRoutes)
    await control.register(scenarioRoutes)
    await control.register(requestRoutes)
    await control.register(requestEventsRoute, options)
    await control.register(requestWaitRoute, options)
    await control.register(clockRoutes)
    await control.register(rateLimitRoutes)
    await control.register(tokenRoutes, options)
    await control.register(portalRoutes, options)
    await control.register(fixtureRoute)
    await control.register(resetRoute)
    await control.register(certificateRoute, { ca: options.ca })
    await control.register(metricsRoute, options)
    await control.register(openapiRoute, { version: options.version, routes })
    await control.register(unservedRoute, { routes })
  })
}

/** The path of a call without the tokens that the call sends. */
function cleanPath({ url, headers }: FastifyRequest): string {
  const [path = ''] = url.split('?')
  const controlToken = [headers['x-mock-control-token']].flat()[0]
  return redactPath(redactPath(path, tokenIn(headers.authorization)), controlToken)
}
