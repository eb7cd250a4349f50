import { Type } from '@sinclair/typebox'
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { AllowanceHeaders, AnswerHeaders, ErrorHeaders } from './contract/answer-headers.ts'
import { maximumBodyBytes, readScope } from './contract/batch.ts'
import { Fidelity, fidelities } from './contract/fidelity.ts'
import { anyBatchReadPath, ownPaths } from './contract/paths.ts'
import { RateLimitName } from './contract/rate-limit.ts'
import { fastLanePlugin } from './fast-lane.ts'
import { version } from './package.ts'
import { answerHeadersPlugin, writeAnswerHeaders } from './plugins/answer-headers.ts'
import { bearerTokenPlugin } from './plugins/bearer-token.ts'
import { calledUpErrorPlugin } from './plugins/called-up-error.ts'
import { answerControlError, controlAccessPlugin } from './plugins/control-access.ts'
import { delayPlugin } from './plugins/delay.ts'
import { drainPlugin } from './plugins/drain.ts'
import { expectationPlugin } from './plugins/expectation.ts'
import { faultPlugin } from './plugins/fault.ts'
import { answerClientError, answerError, hubspotErrorsPlugin } from './plugins/hubspot-errors.ts'
import { journalPlugin } from './plugins/journal.ts'
import { jsonBodyPlugin } from './plugins/json-body.ts'
import { rateLimitPlugin } from './plugins/rate-limit.ts'
import { requestLogPlugin } from './plugins/request-log.ts'
import { scenarioPlugin } from './plugins/scenario.ts'
import { batchReadRoute } from './routes/batch-read.ts'
import { controlCampaignsRoute } from './routes/control-campaigns.ts'
import { controlRequestsRoute } from './routes/control-requests.ts'
import { controlResetRoute } from './routes/control-reset.ts'
import { controlScenariosRoute } from './routes/control-scenarios.ts'
import { controlUnservedRoute } from './routes/control-unserved.ts'
import { healthRoute } from './routes/health.ts'
import { openapiRoute } from './routes/openapi.ts'
import { BatchReader, parseQuery } from './world/campaigns/batch-reader.ts'
import { randomCorrelationId } from './world/clock.ts'
import { mostGenerated } from './world/fixtures/fixture.ts'
import { findProblems, given } from './world/problem.ts'
import { refuseFirst } from './world/refusal.ts'
import { World, type WorldOptions } from './world/world.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Everything this mock knows. */
    world: World
  }
}

/**
 * What a mock is made of, apart from its port. All of it may be left out.
 * @example
 * const options: AppOptions = { campaigns: 1000, seed: 42, fidelity: 'observed' }
 */
export interface AppOptions extends WorldOptions {
  /** Where HubSpot's spec and HubSpot's answers part: which of the two to follow. Default: `documented`. */
  fidelity?: Fidelity | undefined
  /**
   * The address to listen on. Default: 127.0.0.1, which nobody else reaches. On another than loopback
   * other machines can reach the control API too.
   */
  host?: string | undefined
  /** What has to be shown to the control API, as `X-Mock-Control-Token`. Default: nothing. */
  controlToken?: string | undefined
  /** Fastify's logger option. Default: none, not a word. */
  logger?: FastifyServerOptions['logger'] | undefined
}

/** The same for whoever is not held to the types: what is there beside them, or is not of its type, is an error. */
const checkedOptions = Type.Object(
  {
    fixtures: Type.Optional(
      Type.Union([Type.String(), Type.Object({})], { description: 'a fixture or the path of one' }),
    ),
    campaigns: Type.Optional(Type.Integer({ minimum: 0, maximum: mostGenerated })),
    seed: Type.Optional(Type.Integer({ minimum: 0 })),
    tokens: Type.Optional(Type.Array(Type.String(), { description: 'a list of tokens', writeOnly: true })),
    rateLimit: Type.Optional(RateLimitName),
    frozen: Type.Optional(Type.Boolean()),
    clock: Type.Optional(Type.Any()),
    fidelity: Type.Optional(Fidelity),
    host: Type.Optional(Type.String()),
    controlToken: Type.Optional(Type.String({ minLength: 1, writeOnly: true })),
    logger: Type.Optional(Type.Any()),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535 })),
    watch: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

/** The address a mock listens on unless told otherwise: nobody else reaches it. */
export const loopback = '127.0.0.1'

const requestTimeoutMs = 30_000

/**
 * The mock as a Fastify instance, for `inject` without a port. Its verbs are those of the control API.
 * @throws {BadFixture} if the fixture cannot be used · {BadInput} if an option cannot
 * @example
 * const app = await buildApp({ fixtures: { campaigns: [{ id: 'spring' }] } })
 * const answer = await app.inject({
 *   method: 'POST',
 *   url: '/marketing/v3/campaigns/batch/read',
 *   headers: { authorization: 'Bearer any' },
 *   payload: { inputs: [{ id: 'spring' }] },
 * })
 * console.log(answer.statusCode)
 * await app.close()
 */
export async function buildApp(options: AppOptions = {}): Promise<FastifyInstance> {
  return assemble(options, false)
}

/** The same; `fast` for a port of its own, where nobody but this mock adds to what happens to a request. */
export async function assemble(options: AppOptions, fast: boolean): Promise<FastifyInstance> {
  refuseFirst(findProblems(checkedOptions, given(options)), 'see MockOptions')
  const world = await World.open(options)
  const rules = fidelities[options.fidelity ?? 'documented']
  const newCorrelationId = () => world.newCorrelationId()
  const app = fastify({
    logger: options.logger ?? false,
    // What is logged of a request names it itself: a logger for each would cost more than most answers.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    // What is not asked of HubSpot does not count: a health check between two requests changes nothing.
    genReqId: ({ url = '' }) => (ownPaths.test(url) ? randomCorrelationId() : newCorrelationId()),
    schemaController: fast ? noCompilers : {},
    bodyLimit: maximumBodyBytes,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: false,
    http: { requireHostHeader: false },
    routerOptions: { maxParamLength: maximumBodyBytes, querystringParser: parseQuery },
    frameworkErrors: (error, request, reply) => {
      writeAnswerHeaders(reply, version, options.frozen ? world.clock : undefined)
      if (ownPaths.test(request.url)) answerControlError(error, request, reply)
      else answerError(error, request, reply, rules)
    },
    clientErrorHandler: (error, socket) =>
      answerClientError(error, socket, { correlationId: newCorrelationId(), rules, version }),
  })
  app.setSerializerCompiler(() => JSON.stringify)
  app.decorate('world', world)

  await app.register(answerHeadersPlugin, { version, clock: options.frozen ? world.clock : undefined })
  await app.register(expectationPlugin)
  await app.register(requestLogPlugin)
  await app.register(journalPlugin, { world })
  await app.register(hubspotErrorsPlugin, { rules, version, newCorrelationId })
  const reader = new BatchReader(world.clock, rules)
  await app.register(serve, { world, options, reader, fast })
  return app
}

/** Each plugin brings the one it needs. Fastify's own, which take long to load, are for whoever adds to the app. */
const noCompilers = {
  compilersFactory: { buildValidator: () => () => () => true, buildSerializer: () => () => JSON.stringify },
} as unknown as NonNullable<FastifyServerOptions['schemaController']>

interface ServeOptions {
  world: World
  options: AppOptions
  reader: BatchReader
  fast: boolean
}

/** Everything that can be asked. */
async function serve(app: FastifyInstance, { world, options, reader, fast }: ServeOptions): Promise<void> {
  const { fidelity = 'documented', host = loopback, controlToken } = options
  await app.register(drainPlugin)
  if (fast) {
    await app.register(fastLanePlugin, { world, reader, version, clock: options.frozen ? world.clock : undefined })
  }
  await app.register(healthRoute, { world, version })
  await app.register(async (hubspot) => {
    await hubspot.register(bearerTokenPlugin, { world, scope: readScope })
    await hubspot.register(scenarioPlugin)
    await hubspot.register(delayPlugin)
    await hubspot.register(faultPlugin)
    await hubspot.register(calledUpErrorPlugin, { clock: world.clock })
    await hubspot.register(rateLimitPlugin)
    await hubspot.register(jsonBodyPlugin)
    await hubspot.register(batchReadRoute, { reader, rules: fidelities[fidelity] })
  })
  await app.register(async (control) => {
    const served: string[] = []
    control.addHook('onRoute', ({ method, url }) => void served.push(`${method} ${url}`))
    await control.register(controlAccessPlugin, { world, host, controlToken })
    await control.register(controlCampaignsRoute)
    await control.register(controlScenariosRoute)
    await control.register(controlRequestsRoute)
    await control.register(controlResetRoute)
    await control.register(openapiRoute, { describe: () => describeApi({ world, options, reader, fast: false }) })
    await control.register(controlUnservedRoute, { served: served.filter((route) => !route.startsWith('HEAD')) })
  })
}

/** The OpenAPI document: from a twin that serves the same, so that only who asks for it pays for it. */
async function describeApi(options: ServeOptions): Promise<object> {
  const { default: swagger } = await import('@fastify/swagger')
  const twin = fastify()
  await twin.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: { title: 'hubspot-campaigns-mock', version, description: 'The batch-read endpoint and the control API' },
      servers: [{ url: '/' }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    // Named in HubSpot's manner. The control API takes a token, or none for the whole mock.
    transform: ({ schema, url, route }) => ({
      url,
      schema: {
        operationId: `${String(route.method).toLowerCase()}-${url}`,
        security: [{}, { bearer: [] }],
        ...schema,
        ...(anyBatchReadPath.test(url) ? { response: withHeaders(Object(schema.response)) } : {}),
      },
    }),
  })
  await twin.register(serve, options)
  await twin.ready()
  const document: object = twin.swagger()
  await twin.close()
  return nameSchemas({ ...document })
}

/** What is answered with what stands above it, which no schema of a body tells. */
function withHeaders(responses: Record<string, object>): Record<string, object> {
  const all = Object.entries(responses).map(([status, schema]) => {
    const own = status === 'default' ? ErrorHeaders : AllowanceHeaders
    return [status, { ...schema, headers: { ...AnswerHeaders, ...own } }]
  })
  return Object.fromEntries(all)
}

/** The schemas that have a name of HubSpot's stand under it once, and are referred to. */
function nameSchemas(document: Record<string, unknown>): object {
  const schemas: Record<string, unknown> = {}
  const paths = JSON.parse(JSON.stringify(document['paths']), (_key, value) => {
    if (value?.type !== 'object' || !/^[A-Z]\w+$/.test(value.title)) return value
    const { title, ...schema } = value
    schemas[title] = schema
    return { $ref: `#/components/schemas/${title}` }
  })
  return { ...document, paths, components: { ...Object(document['components']), schemas } }
}
