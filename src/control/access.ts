import { createHash, timingSafeEqual } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { JsonSyntaxError, parseJson } from '../text/parse-json.ts'
import { findProblems, writeProblem } from '../text/schema-problems.ts'
import { Controls } from '../world/controls.ts'
import { BadInput, NotThere } from '../world/refusal.ts'
import { readAuthorization } from '../world/tokens.ts'
import type { ControlOptions } from './options.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the caller can do: to the portal of its token, or without a token to the whole mock. */
    controls: Controls
  }
}

/** The body of an error of the control API. */
const ControlError = Type.Object({ error: Type.String(), message: Type.String(), hint: Type.String() })

/**
 * Guards the control API: refuses callers that may not reach it, such as a web page in the developer's browser; finds
 * the portal that a call is about; and checks what it is given.
 */
export function guardControlApi(app: FastifyInstance, { world, host, controlToken }: ControlOptions): void {
  const isLoopbackOnly = isLoopback(host)
  app.decorateRequest('controls')
  app.addHook('onRoute', ({ schema }) => {
    if (schema !== undefined) schema.response = { ...Object(schema.response), '4xx': ControlError }
  })
  app.addHook('onRequest', async (request) => {
    refuseForeignPage(request, isLoopbackOnly)
    refuseWithoutToken(request, controlToken)
    request.controls = new Controls(world, readAuthorization(request.headers.authorization)?.token)
  })
  app.setValidatorCompiler(({ schema, httpPart }) => (value) => {
    const given = httpPart === 'querystring' ? withNumbers(schema as TObject, Object(value)) : value
    const [problem] = findProblems(schema as TSchema, given)
    if (problem === undefined) return { value: given }
    const message = `${httpPart}${problem.path.length === 0 ? ':' : ''} ${writeProblem(problem)}`
    return { error: new BadInput(message, 'GET /_mock/openapi.json describes what each call takes') }
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, text: string) => {
      // Many clients announce JSON on a DELETE or an empty POST, too.
      return text === '' ? undefined : parse(text)
    },
  )
  app.setErrorHandler<FastifyError | BadInput>((error, request, reply) =>
    respondWithControlError(error, request, reply),
  )
}

/** Thrown to a caller that may not reach the control API. */
class Forbidden extends BadInput {
  override readonly name = 'Forbidden'
}

/** @throws {Forbidden} for a request that a browser sends on behalf of a page of another origin */
function refuseForeignPage({ headers }: FastifyRequest, isLoopbackOnly: boolean): void {
  const { host = '', origin } = headers
  if (isLoopbackOnly && !isLoopback(host.replace(/:\d*$/, ''))) {
    const hint = 'the mock listens on loopback: ask for 127.0.0.1 or localhost, or start it with another --host'
    throw new Forbidden(`the host ${JSON.stringify(host)} does not name loopback`, hint)
  }
  if (origin !== undefined && hostOf(origin) !== host.toLowerCase()) {
    throw new Forbidden(
      `the origin ${JSON.stringify(origin)} is another host`,
      'web pages may not reach the control API',
    )
  }
  if (headers['sec-fetch-site'] === 'cross-site') {
    throw new Forbidden('the request comes from another site', 'web pages may not reach the control API')
  }
}

/** @throws {Forbidden} if there is a control token and the request does not have it */
function refuseWithoutToken({ headers }: FastifyRequest, controlToken: string | undefined): void {
  if (controlToken === undefined) return
  const given = String(headers['x-mock-control-token'] ?? '')
  if (timingSafeEqual(digest(given), digest(controlToken))) return
  throw new Forbidden('the control token is missing or wrong', 'send it as X-Mock-Control-Token')
}

/** A query with its numbers as numbers. A value that is not a number stays text, which the check refuses. */
function withNumbers(schema: TObject, query: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(query).map(([name, value]) => {
    const isNumber = schema.properties[name]?.['type'] === 'integer' && /^\d{1,15}$/.test(String(value))
    return [name, isNumber ? Number(value) : value]
  })
  return Object.fromEntries(entries)
}

const maximumDepth = 100

/** @throws {BadInput} if a value is nested too deep to be stored and listed */
function refuseDeep(value: unknown): unknown {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maximumDepth)
      throw new BadInput('body: it is nested too deep', `${maximumDepth} levels are the maximum`)
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return value
}

function parse(text: string): unknown {
  try {
    return refuseDeep(parseJson(text))
  } catch (error) {
    throw error instanceof JsonSyntaxError ? new BadInput(`body: ${error.message}`, 'send JSON') : error
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Whether an address or a host name always means this machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i.test(host)
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/** Responds with an error of the control API. */
export function respondWithControlError(
  error: Error & Partial<FastifyError>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const statusCode = statusOf(error)
  if (statusCode >= 500) request.log.error({ err: error }, 'unexpected error')
  const message = statusCode >= 500 ? 'internal error' : error.message
  const hint = error instanceof BadInput ? error.hint : 'GET /_mock/openapi.json describes what each call takes'
  return reply.code(statusCode).send({ error: STATUS_CODES[statusCode], message, hint })
}

function statusOf(error: Error & Partial<FastifyError>): number {
  if (error instanceof Forbidden) return 403
  if (error instanceof NotThere) return 404
  return error instanceof BadInput ? 400 : (error.statusCode ?? 500)
}
