import { createServer, type RequestListener, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
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
import { GracefulClose } from './hubspot/plugins/graceful-close.ts'
import { refuseProxying, respondToClientError } from './hubspot/plugins/socket-errors.ts'
import { parseQuery } from './hubspot/query.ts'
import { handleConnect } from './intercept/connect.ts'
import { forwardOthers } from './intercept/forward.ts'
import { newProxyName } from './intercept/loops.ts'
import { createTlsServer, identityOf } from './intercept/tls.ts'
import { noProxies, type UpstreamProxies } from './intercept/upstream-proxies.ts'
import { version } from './package-info.ts'
import type { AppOptions } from './public/mock.ts'
import { CloseSignal } from './text/close-signal.ts'
import { guardLogger } from './text/guarded-logger.ts'
import { isLoopback } from './text/loopback.ts'
import { randomCorrelationId } from './world/clock.ts'
import { commonHeadersOf } from './world/common-headers.ts'
import { World } from './world/world.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The state of this mock. */
    world: World
    /** Creates a further server for the same app, as `localhost` can have two addresses. Closing the app closes it. */
    newServer: () => Server
    /** Creates a server that terminates TLS; undefined for a mock without a certificate. */
    newTlsServer: () => Server | undefined
    /** The certificate authority of this run, as PEM. */
    ca: string | undefined
  }
}

/** The options of an app. */
export interface InternalOptions extends AppOptions {
  /** The proxies that connections to hosts other than HubSpot's go through. */
  readonly upstream?: UpstreamProxies | undefined
}

/** The default address: only this machine can reach it. */
export const loopback = '127.0.0.1'

/** A head of more than 64 KiB is not read. URLs that are too long fit into it, so that the journal has them. */
const httpOptions = {
  requireHostHeader: false,
  maxHeaderSize: 64 * 1024,
  requestTimeout: 30_000,
  keepAliveTimeout: 72_000,
}

/**
 * Creates the mock as a Fastify instance, which opens no port.
 * @throws {BadFixture} if the fixture is invalid · {BadInput} if an option is
 */
export async function createApp({ upstream = noProxies, ...options }: InternalOptions = {}): Promise<FastifyInstance> {
  checkOptions(options)
  const world = await World.open(options)
  const rules = fidelities[options.fidelity ?? 'documented']
  const closing = new CloseSignal()
  const graceful = new GracefulClose()
  const commonHeaders = commonHeadersOf(version, options.frozen ? { now: () => world.clock.now() } : undefined)
  const socketOptions = () => ({ correlationId: world.newCorrelationId(), rules, commonHeaders })
  const identity = await identityOf(options)
  /** Adds everything to a server that Fastify only adds to the first one. */
  const setUp = <S extends Server>(server: S, handler: RequestListener): S => {
    graceful.watch(server)
    routeExpectations(server, handler)
    server.on('clientError', (error, socket) => respondToClientError(error, socket, socketOptions()))
    return server
  }
  const newTlsServer = (handler: RequestListener) =>
    identity === undefined ? undefined : setUp(createTlsServer(identity, httpOptions, handler), handler)
  const { intercept = false, host = loopback } = options
  const proxying = {
    hasTunnel: isLoopback(host),
    upstream,
    proxyName: newProxyName(),
    refuse: (socket: Duplex) => refuseProxying(socket, intercept, socketOptions()),
  }
  const newServer = (handler: RequestListener) => {
    const tlsServer = intercept ? newTlsServer(handler) : undefined
    const plainHandler = tlsServer === undefined ? handler : forwardOthers(handler, proxying)
    const server = setUp(createServer(httpOptions, plainHandler), plainHandler)
    handleConnect(server, {
      ...proxying,
      intercept: tlsServer && ((socket, port) => void (port === 80 ? server : tlsServer).emit('connection', socket)),
    })
    return server
  }
  const app = fastify({
    ...(options.logger ? { loggerInstance: guardLogger(options.logger) as FastifyBaseLogger } : { logger: false }),
    // Log lines name the request themselves: a child logger for each would cost more than most responses.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    // Only calls of HubSpot's API are counted: a health check between two of them changes nothing.
    genReqId: ({ url = '' }) => (ownPaths.test(url) ? randomCorrelationId() : world.newCorrelationId()),
    rewriteUrl: originFormOf,
    schemaController: noCompilers,
    bodyLimit: maximumBodyBytes,
    return503OnClosing: false,
    serverFactory: newServer,
    // Every server has its own handler: see newServer.
    clientErrorHandler: () => {},
    routerOptions: { maxParamLength: maximumBodyBytes, querystringParser: parseQuery, ignoreTrailingSlash: true },
    frameworkErrors: (error, request: FastifyRequest, reply: FastifyReply) => {
      reply.headers(commonHeaders(request.id))
      if (ownPaths.test(request.url)) respondWithControlError(error, request, reply)
      else respondWithoutExchange(error, reply, rules)
    },
  })
  app.setSerializerCompiler(() => JSON.stringify)
  app.decorate('world', world)
  const routing: RequestListener = (request, response) => app.routing(request, response)
  app.decorate('newServer', () => newServer(routing))
  app.decorate('newTlsServer', () => newTlsServer(routing))
  app.decorate('ca', identity?.ca)
  app.setErrorHandler((error, request, reply) => {
    respondWithoutExchange(error, reply.headers(commonHeaders(request.id)), rules)
  })
  app.addHook('preClose', () => graceful.close(closing))
  const { controlToken, publicUrl, replica: isReplica = false } = options
  const { ca } = identity ?? {}
  await app.register(controlPlugin, {
    world,
    version,
    host,
    controlToken,
    commonHeaders,
    publicUrl,
    ca,
    isReplica,
    closing,
  })
  await app.register(hubspotPlugin, {
    context: createHubspotContext({
      world,
      rules,
      commonHeaders,
      closing,
      links: { publicUrl: options.publicUrl, trustProxy: options.trustProxy ?? false },
      strict: options.strict ?? false,
    }),
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
