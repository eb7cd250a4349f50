import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  fastify,
  LogController,
} from 'fastify'
import { checkOptions } from './config.ts'
import { fidelities } from './contract/fidelity.ts'
import { ownPaths } from './contract/operation-routes.ts'
import { maximumBodyBytes } from './contract/schemas/batch.ts'
import { respondWithControlError } from './control/access.ts'
import { controlPlugin } from './control/plugin.ts'
import { createHubspotContext } from './hubspot/context.ts'
import { hubspotPlugin } from './hubspot/plugin.ts'
import { originFormOf } from './hubspot/plugins/absolute-form.ts'
import { respondWithoutExchange } from './hubspot/plugins/error-response.ts'
import { routeExpectations } from './hubspot/plugins/expect-continue.ts'
import { closeGracefully } from './hubspot/plugins/graceful-close.ts'
import { refuseConnect, respondToClientError } from './hubspot/plugins/socket-errors.ts'
import { parseQuery } from './hubspot/query.ts'
import { version } from './package-info.ts'
import type { AppOptions } from './public/mock.ts'
import { CloseSignal } from './text/close-signal.ts'
import { randomCorrelationId } from './world/clock.ts'
import { commonHeadersOf } from './world/common-headers.ts'
import { World } from './world/world.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The state of this mock. */
    world: World
  }
}

/** The default address: only this machine can reach it. */
export const loopback = '127.0.0.1'

const requestTimeoutMs = 30_000

/** A longer head of a request is not read. URLs that are refused fit into it, so that the journal has them. */
const maximumHeadBytes = 64 * 1024

/**
 * Creates the mock as a Fastify instance, which opens no port.
 * @throws {BadFixture} if the fixture is invalid · {BadInput} if an option is
 */
export async function createApp(options: AppOptions = {}): Promise<FastifyInstance> {
  checkOptions(options)
  const world = await World.open(options)
  const rules = fidelities[options.fidelity ?? 'documented']
  const closing = new CloseSignal()
  const commonHeaders = commonHeadersOf(version, options.frozen ? { now: () => world.clock.now() } : undefined)
  const socketOptions = () => ({ correlationId: world.newCorrelationId(), rules, commonHeaders })
  const app = fastify({
    ...(options.logger ? { loggerInstance: options.logger as FastifyBaseLogger } : { logger: false }),
    // Log lines name the request themselves: a child logger for each would cost more than most responses.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    // Only calls of HubSpot's API are counted: a health check between two of them changes nothing.
    genReqId: ({ url = '' }) => (ownPaths.test(url) ? randomCorrelationId() : world.newCorrelationId()),
    rewriteUrl: originFormOf,
    schemaController: noCompilers,
    bodyLimit: maximumBodyBytes,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: false,
    http: { requireHostHeader: false, maxHeaderSize: maximumHeadBytes },
    routerOptions: { maxParamLength: maximumBodyBytes, querystringParser: parseQuery, ignoreTrailingSlash: true },
    frameworkErrors: (error, request: FastifyRequest, reply: FastifyReply) => {
      reply.headers(commonHeaders(request.id))
      if (ownPaths.test(request.url)) respondWithControlError(error, request, reply)
      else respondWithoutExchange(error, reply, rules)
    },
    clientErrorHandler: (error, socket) => respondToClientError(error, socket, socketOptions()),
  })
  app.setSerializerCompiler(() => JSON.stringify)
  app.decorate('world', world)
  app.setErrorHandler((error, request, reply) => {
    respondWithoutExchange(error, reply.headers(commonHeaders(request.id)), rules)
  })
  closeGracefully(app, closing)
  routeExpectations(app)
  refuseConnect(app, socketOptions)
  const { host = loopback, controlToken } = options
  await app.register(controlPlugin, { world, version, host, controlToken, commonHeaders })
  await app.register(hubspotPlugin, {
    context: createHubspotContext({ world, rules, commonHeaders, closing, strict: options.strict ?? false }),
  })
  return app
}

/**
 * The mock checks requests itself. Fastify's own compilers take long to load and are not needed; a route that is added
 * to the app must not be unchecked in silence.
 */
const noCompilers = {
  compilersFactory: {
    buildValidator: () => () => {
      throw new Error('the app of the mock has no schema compiler: set one with setValidatorCompiler')
    },
    buildSerializer: () => () => JSON.stringify,
  },
} as unknown as NonNullable<FastifyServerOptions['schemaController']>
