import { createHash, timingSafeEqual } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Controls } from '../world/controls.ts'
import { findJsonProblem, positionAt } from '../world/json-text.ts'
import { findProblems, writeProblem } from '../world/problem.ts'
import { BadInput, NotThere } from '../world/refusal.ts'
import type { World } from '../world/world.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What this tester can do: to the portal of the token it bears, or without one to the whole mock. */
    controls: Controls
  }
}

interface Options {
  world: World
  /** The address the mock listens on. */
  host: string
  /** What a tester has to show, if anything. */
  controlToken: string | undefined
}

/** What the control API says of what it cannot use. */
const ControlError = Type.Object({ error: Type.String(), message: Type.String(), hint: Type.String() })

/**
 * Keeps the control API to those who may reach it, a web page in the developer's browser not being one of them;
 * finds out whom they speak of; and says what is wrong with what they send, in words of its own.
 */
export const controlAccessPlugin = fp<Options>(
  async (app, { world, host, controlToken }) => {
    const loopbackOnly = isLoopback(host)
    app.decorateRequest('controls')
    app.addHook('onRoute', ({ schema }) => {
      if (schema !== undefined) schema.response = { ...Object(schema.response), '4xx': ControlError }
    })
    app.removeAllContentTypeParsers()
    app.addHook('onRequest', async (request) => {
      refuseForeign(request, loopbackOnly)
      refuseStranger(request, controlToken)
      const [, token] = /^Bearer +([^\s~]+)/i.exec(request.headers.authorization ?? '') ?? []
      request.controls = new Controls(world, token)
    })
    app.setValidatorCompiler(({ schema, httpPart }) => (value) => {
      const given = httpPart === 'querystring' ? withNumbers(schema as TObject, Object(value)) : value
      const [problem] = findProblems(schema as TSchema, given)
      if (problem === undefined) return { value: given }
      const message = `${httpPart}${problem.path.length === 0 ? ':' : ''} ${writeProblem(problem)}`
      return { error: new BadInput(message, 'GET /_mock/openapi.json tells what goes in') }
    })
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'string' },
      async (_request: FastifyRequest, text: string) => {
        // Many a client says JSON on a DELETE or an empty POST too.
        return text === '' ? undefined : parse(text)
      },
    )
    app.setErrorHandler<FastifyError | BadInput>((error, request, reply) => answerControlError(error, request, reply))
  },
  { name: 'control-access', fastify: '5.x' },
)

/** Thrown to whoever may not reach the control API. */
class Forbidden extends BadInput {
  override readonly name = 'Forbidden'
}

/** @throws {Forbidden} for what a browser sends on behalf of a page that is not the mock's own */
function refuseForeign({ headers }: FastifyRequest, loopbackOnly: boolean): void {
  const { host = '', origin } = headers
  if (loopbackOnly && !isLoopback(host.replace(/:\d*$/, ''))) {
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

/** @throws {Forbidden} for whoever lacks the control token, if there is one */
function refuseStranger({ headers }: FastifyRequest, controlToken: string | undefined): void {
  if (controlToken === undefined) return
  const given = String(headers['x-mock-control-token'] ?? '')
  if (timingSafeEqual(digest(given), digest(controlToken))) return
  throw new Forbidden('the control token is missing or wrong', 'send it as X-Mock-Control-Token')
}

/** The numbers of a query, which is all text; what is none stays as it is, and is refused as such. */
function withNumbers(schema: TObject, query: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(query).map(([name, value]) => {
    const isNumber = schema.properties[name]?.['type'] === 'integer' && /^\d{1,15}$/.test(String(value))
    return [name, isNumber ? Number(value) : value]
  })
  return Object.fromEntries(entries)
}

const deepest = 100

/** @throws {BadInput} if a value is nested so deep that it could not be kept or told */
function refuseDeep(value: unknown): unknown {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw new BadInput('body: it is nested too deep', `${deepest} levels are the most`)
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return value
}

function parse(text: string): unknown {
  const found = findJsonProblem(text)
  if (found === undefined) return refuseDeep(JSON.parse(text))
  const { line, column } = positionAt(text, found.offset)
  throw new BadInput(`body: not JSON on line ${line}, column ${column}: ${found.problem}`, 'send JSON')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Whether an address, or a name, can only be this machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i.test(host)
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/** Says what is wrong in the control API's own words. */
export function answerControlError(
  error: Error & Partial<FastifyError>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const statusCode = statusOf(error)
  if (statusCode >= 500) request.log.error({ err: error }, 'unexpected error')
  const message = statusCode >= 500 ? 'internal error' : error.message
  const hint = error instanceof BadInput ? error.hint : 'GET /_mock/openapi.json tells what goes in'
  return reply.code(statusCode).send({ error: STATUS_CODES[statusCode], message, hint })
}

function statusOf(error: Error & Partial<FastifyError>): number {
  if (error instanceof Forbidden) return 403
  if (error instanceof NotThere) return 404
  return error instanceof BadInput ? 400 : (error.statusCode ?? 500)
}
