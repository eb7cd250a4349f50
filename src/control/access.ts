import { createHash, timingSafeEqual } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { isIP } from 'node:net'
import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { BadInput, NotThere } from '../public/errors.ts'
import { findJsonLosses } from '../text/json-members.ts'
import { positionAt } from '../text/json-text.ts'
import { isLoopback } from '../text/loopback.ts'
import { JsonSyntaxError, parseJson } from '../text/parse-json.ts'
import { findProblems, writeProblem } from '../text/schema-problems.ts'
import { Controls } from '../world/controls/controls.ts'
import { TooMuchData } from '../world/planted-data.ts'
import { TooManyAtOnce } from '../world/too-many-at-once.ts'
import { isolationHeaders } from './isolation-headers.ts'
import type { ControlOptions } from './options.ts'
import { findPortalToken } from './portal-token.ts'
import { refuseChangeOfAll } from './replica.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The controls of the caller: of the portal of its token or, without a token, of the whole mock. */
    controls: Controls
    /** The token of that portal; undefined for the whole mock. */
    portalToken: string | undefined
  }
}

/** The body of an error of the control API. */
const ControlError = Type.Object({ error: Type.String(), message: Type.String(), hint: Type.String() })

/**
 * Guards the control API: refuses callers that are not allowed, such as a web page in the developer's browser, finds
 * the portal of a call, and checks parameters and body.
 */
export function guardControlApi(app: FastifyInstance, options: ControlOptions): void {
  const { world, controlToken, isReplica } = options
  app.decorateRequest('controls')
  app.decorateRequest('portalToken')
  app.addHook('onRoute', ({ schema }) => {
    if (schema !== undefined) schema.response = { ...Object(schema.response), '4xx': ControlError }
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(isolationHeaders)
    refuseForeignHost(request, options)
    refuseForeignOrigin(request)
    refuseWithoutToken(request, controlToken)
    request.portalToken = findPortalToken(request, world)
    if (isReplica) refuseChangeOfAll(request)
    request.controls = new Controls(world, request.portalToken)
  })
  app.setValidatorCompiler(({ schema, httpPart }) => (value) => {
    const converted = httpPart === 'querystring' ? withNumbers(schema as TObject, Object(value)) : value
    const [problem] = findProblems(schema as TSchema, converted, maximumProblems)
    if (problem === undefined) return { value: converted }
    const message = `${httpPart}${problem.path.length === 0 ? ':' : ''} ${writeProblem(problem)}`
    return { error: new BadInput(message, openapiHint) }
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, bytes: Buffer) => {
      // Many clients send this content type with an empty body, too, such as on a DELETE.
      return bytes.length === 0 ? undefined : parse(decode(bytes))
    },
  )
  app.setErrorHandler<FastifyError | BadInput>((error, request, reply) =>
    respondWithControlError(error, request, reply),
  )
}

/** The maximum number of problems from which the one to report is chosen. */
const maximumProblems = 100

const openapiHint = 'GET /_mock/openapi.json describes the parameters and the body of each call'

/** Thrown when a caller is not allowed to use the control API. */
class Forbidden extends BadInput {
  override readonly name = 'Forbidden'
}

/** @throws {Forbidden} if the host of a request may be a rebound DNS name */
export function refuseForeignHost(
  { headers: { host = '' } }: FastifyRequest,
  { host: boundTo, controlToken, publicUrl }: ControlOptions,
): void {
  const name = host.replace(/:\d*$/, '')
  if (isLoopback(boundTo) && !isLoopback(name)) {
    const hint =
      'this mock listens on loopback only: use 127.0.0.1 or localhost in the URL, or start it with another host (option host, flag --host)'
    throw new Forbidden(`the host ${JSON.stringify(host)} in the Host header is not loopback`, hint)
  }
  // A control token proves that the caller is allowed.
  if (controlToken === undefined && isPublicName(name) && name !== hostnameOf(publicUrl)) {
    const hint =
      'use an IP address, localhost or a name without a dot, set the public URL (option publicUrl, flag --public-url), or a control token'
    throw new Forbidden(`the host ${JSON.stringify(host)} in the Host header could belong to another website`, hint)
  }
}

/** @throws {Forbidden} if a request may come from a web page of another origin */
export function refuseForeignOrigin({ headers }: FastifyRequest): void {
  const { host = '', origin } = headers
  if (origin !== undefined && hostOf(origin) !== host.toLowerCase()) {
    throw new Forbidden(
      `the origin ${JSON.stringify(origin)} in the Origin header is not the host of this mock`,
      'web pages of another origin cannot use the control API',
    )
  }
  // Another port of this machine is another origin of the same site.
  const { 'sec-fetch-site': site = 'none' } = headers
  if (site !== 'none' && site !== 'same-origin') {
    throw new Forbidden(
      `the Sec-Fetch-Site header is ${JSON.stringify(site)}, so the request comes from another origin`,
      'web pages of another origin cannot use the control API',
    )
  }
}

/** Whether a host could be a public DNS name, which an attacker could point at this mock. */
function isPublicName(name: string): boolean {
  return name.includes('.') && isIP(name.replace(/^\[|\]$/g, '')) === 0 && !isLoopback(name)
}

function hostnameOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).hostname
}

/** @throws {Forbidden} if this mock has a control token and the request does not send it */
function refuseWithoutToken({ headers }: FastifyRequest, controlToken: string | undefined): void {
  if (controlToken === undefined) return
  const sent = String(headers['x-mock-control-token'] ?? '')
  if (timingSafeEqual(digest(sent), digest(controlToken))) return
  throw new Forbidden(
    'the control token is missing or wrong',
    'send the control token of this mock as X-Mock-Control-Token',
  )
}

/** Converts the integer parameters of a query to numbers. An invalid number stays text, so that the check refuses it. */
function withNumbers(schema: TObject, query: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(query).map(([name, value]) => {
    const isNumber = schema.properties[name]?.['type'] === 'integer' && /^\d{1,15}$/.test(String(value))
    return [name, isNumber ? Number(value) : value]
  })
  return Object.fromEntries(entries)
}

/** Finding the position of an error in a longer text blocks all other calls. */
const maximumScannedChars = 1024 * 1024

function parse(text: string): unknown {
  try {
    const value = text.length > maximumScannedChars ? parseLong(text) : parseJson(text)
    const [loss] = findJsonLosses(text)
    if (loss === undefined) return value
    const { line, column } = positionAt(text, loss.offset)
    throw new BadInput(`body: line ${line}, column ${column}: ${loss.problem}`, 'send a body that JSON can represent')
  } catch (error) {
    throw error instanceof JsonSyntaxError
      ? new BadInput(`body: ${error.message}`, 'send a body that is valid JSON')
      : error
  }
}

/** @throws {BadInput} without the position of the error */
function parseLong(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadInput('body: not JSON', 'send a body that is valid JSON')
  }
}

/** @throws {BadInput} if a body is not UTF-8, which would change its text */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new BadInput('body: not valid UTF-8', 'send the body as UTF-8')
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
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
  const hint = statusCode === 415 ? 'send the body with Content-Type: application/json' : hintOf(error)
  return reply.code(statusCode).send({ error: STATUS_CODES[statusCode], message, hint })
}

function hintOf(error: Error): string {
  if (error instanceof BadInput) return error.hint
  return statusOf(error) === 413 ? 'send several smaller calls, or put the data into a fixture' : openapiHint
}

function statusOf(error: Error & Partial<FastifyError>): number {
  if (error instanceof Forbidden) return 403
  if (error instanceof TooMuchData) return 413
  if (error instanceof TooManyAtOnce) return 429
  if (error instanceof NotThere) return 404
  return error instanceof BadInput ? 400 : (error.statusCode ?? 500)
}
