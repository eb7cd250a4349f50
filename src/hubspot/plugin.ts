import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { type OperationRoute, operationRoutes } from '../contract/operation-routes.ts'
import { maximumUrlChars } from '../contract/schemas/batch.ts'
import { Refusal } from '../world/refusal.ts'
import type { HubspotContext } from './context.ts'
import { handlers } from './handlers.ts'
import { isAdmitted, type OpenExchange, openExchange } from './open-exchange.ts'
import { authenticate } from './plugins/authentication.ts'
import { delayResponse, holdResponse } from './plugins/delay.ts'
import { errorResponse, isUnexpected, logUnexpected, toRefusal } from './plugins/error-response.ts'
import { expectsContinue } from './plugins/expect-continue.ts'
import { breakConnection } from './plugins/fault.ts'
import { readFormBody } from './plugins/form-body.ts'
import { completeWhenEnded, recordRequest } from './plugins/journal.ts'
import { readJsonBody } from './plugins/json-body.ts'
import { countCall, refuseOverLimit } from './plugins/rate-limit.ts'
import { readBody } from './plugins/request-body.ts'
import { takeStep } from './plugins/scenario-step.ts'
import { stepErrorResponse } from './plugins/step-error.ts'
import { reportUnread } from './plugins/unread.ts'
import { respond } from './respond.ts'
import { unservedRefusal } from './unserved.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation that a route serves. */
    operationRoute?: OperationRoute
  }
}

/** One concern of a request. It may throw a refusal, wait, or finish the exchange itself. */
type Concern = (exchange: OpenExchange, context: HubspotContext, reply: FastifyReply) => void | Promise<void>

/** What happens to a request once its body has been read, in this order. */
const concerns: readonly Concern[] = [
  readFormBody,
  takeStep,
  recordRequest,
  refuseEarly,
  holdResponse,
  delayResponse,
  breakConnection,
  countCall,
  sendStepError,
  refuseOverLimit,
  readJsonBody,
  reportUnread,
  handle,
]

/** HubSpot's API: every operation of the table on every version, and HubSpot's errors for everything else. */
export const hubspotPlugin: FastifyPluginAsync<{ context: HubspotContext }> = async (app, { context }) => {
  app.decorateRequest('exchange')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(['application/json', '*'], readBody)
  app.addHook('onRequest', (request, reply, done) => {
    if (beginExchange(request, reply, context)) done()
  })
  const handleRequest = (request: FastifyRequest, reply: FastifyReply) => run(0, request.exchange, context, reply)
  for (const route of operationRoutes) addRoute(app, route, handleRequest)
  app.setNotFoundHandler(handleRequest)
  app.setErrorHandler((error, request, reply) => refuse(error, request.exchange, context, reply))
}

function addRoute(
  app: FastifyInstance,
  route: OperationRoute,
  handler: (request: FastifyRequest, reply: FastifyReply) => void,
): void {
  const url = route.path.replace(/\{(\w+)\}/g, ':$1')
  app.route({ method: route.operation.method, url, exposeHeadRoute: false, config: { operationRoute: route }, handler })
}

/**
 * Opens the exchange and finds its portal. A refusal waits until the body has been read, so that the journal has the
 * body, unless the client waits for `100 Continue`.
 * @returns whether the request goes on
 */
function beginExchange(request: FastifyRequest, reply: FastifyReply, context: HubspotContext): boolean {
  const exchange = openExchange(request, context, request.routeOptions.config.operationRoute)
  request.exchange = exchange
  completeWhenEnded(exchange, reply, context.world.requestCounters)
  try {
    refuseLongUrl(exchange)
    authenticate(exchange, context)
  } catch (error) {
    exchange.refusal = toRefusal(error)
  }
  if (!expectsContinue(request.raw) || !endsWithoutBody(exchange)) return true
  run(0, exchange, context, reply)
  return false
}

/** @throws {Refusal} for a URL that HubSpot's front end does not take, whatever the token */
function refuseLongUrl({ record: { url } }: OpenExchange): void {
  if (url.length <= maximumUrlChars) return
  throw new Refusal('uri-too-long', {}, `the URL has ${url.length} characters, and ${maximumUrlChars} are the maximum`)
}

function endsWithoutBody({ route, refusal, played }: OpenExchange): boolean {
  const fault = played?.step.fault
  return route === undefined || refusal !== undefined || fault === 'reset' || fault === 'empty'
}

/** Runs the concerns from an index on, until one of them finishes the exchange. */
function run(from: number, exchange: OpenExchange, context: HubspotContext, reply: FastifyReply): void {
  try {
    for (let i = from; i < concerns.length && !exchange.isFinished; i++) {
      const pending = concerns[i]?.(exchange, context, reply)
      if (pending === undefined) continue
      pending.then(() => run(i + 1, exchange, context, reply))
      return
    }
  } catch (error) {
    refuse(error, exchange, context, reply)
  }
}

/** Responds with an error. */
function refuse(error: unknown, exchange: OpenExchange, context: HubspotContext, reply: FastifyReply): void {
  const refusal = toRefusal(error)
  if (isUnexpected(error, refusal)) logUnexpected(error, reply)
  exchange.refusal = refusal
  respond(exchange, context, reply, errorResponse(refusal, exchange.record.correlationId, context.rules))
}

/** @throws {Refusal} that was found before the body was read */
function refuseEarly({ refusal, route, record }: OpenExchange): void {
  if (refusal !== undefined) throw refusal
  if (route === undefined) throw unservedRefusal(record.url, record.method)
}

function sendStepError(exchange: OpenExchange, context: HubspotContext, reply: FastifyReply): void {
  const response = stepErrorResponse(exchange, context)
  if (response !== undefined) respond(exchange, context, reply, response)
}

/** Calls the handler of the operation. */
function handle(exchange: OpenExchange, context: HubspotContext, reply: FastifyReply): void {
  if (!isAdmitted(exchange)) return
  respond(exchange, context, reply, handlers[exchange.route.name](exchange, context))
}
