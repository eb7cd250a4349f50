import { randomUUID } from 'node:crypto'
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { readScope } from './contract/batch.ts'
import { type Fidelity, fidelities } from './contract/fidelity.ts'
import { answerHeadersPlugin, writeAnswerHeaders } from './plugins/answer-headers.ts'
import { bearerTokenPlugin } from './plugins/bearer-token.ts'
import { answerClientError, answerError, hubspotErrorsPlugin } from './plugins/hubspot-errors.ts'
import { jsonBodyPlugin } from './plugins/json-body.ts'
import { requestLogPlugin } from './plugins/request-log.ts'
import { scenarioPlugin } from './plugins/scenario.ts'
import { batchReadRoute } from './routes/batch-read.ts'
import { healthRoute } from './routes/health.ts'
import { version } from './version.ts'
import { World, type WorldOptions } from './world/world.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Everything this mock knows. */
    world: World
  }
}

/** What a mock is made of, apart from its port. */
export interface AppOptions extends WorldOptions {
  /** Where HubSpot's spec and HubSpot's answers part: which of the two to follow. Default: `documented`. */
  fidelity?: Fidelity | undefined
  /** Fastify's logger option. Default: none, not a word. */
  logger?: FastifyServerOptions['logger'] | undefined
}

const bodyLimitBytes = 1024 * 1024
const requestTimeoutMs = 30_000

/**
 * The mock as a Fastify instance, for `inject` without a port.
 * @throws {BadFixture} if the fixture cannot be used
 */
export async function buildApp(options: AppOptions = {}): Promise<FastifyInstance> {
  const world = await World.open(options)
  const rules = fidelities[options.fidelity ?? 'documented']
  const newCorrelationId = () => randomUUID()
  const app = fastify({
    logger: options.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newCorrelationId,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: false,
    http: { requireHostHeader: false },
    frameworkErrors: (error, request, reply) => {
      writeAnswerHeaders(reply, version)
      answerError(error, request, reply, rules)
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, newCorrelationId(), rules),
  })
  app.setSerializerCompiler(() => JSON.stringify)
  app.decorate('world', world)

  await app.register(answerHeadersPlugin, { version })
  await app.register(requestLogPlugin)
  await app.register(hubspotErrorsPlugin, { rules, newCorrelationId })
  await app.register(healthRoute, { world, version })
  await app.register(async (hubspot) => {
    await hubspot.register(bearerTokenPlugin, { world, scope: readScope })
    await hubspot.register(scenarioPlugin)
    await hubspot.register(jsonBodyPlugin)
    await hubspot.register(batchReadRoute, { clock: world.clock, rules })
  })
  return app
}
