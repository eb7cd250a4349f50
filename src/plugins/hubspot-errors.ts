import { ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { closest } from 'fastest-levenshtein'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { answerHeaders, correlationIdHeader, htmlContentType, jsonContentType } from '../contract/answer-headers.ts'
import { type CallError, type CallErrorName, callErrors } from '../contract/call-error.ts'
import type { FidelityRules } from '../contract/fidelity.ts'
import { batchReadPaths, ownPaths } from '../contract/paths.ts'
import { Refusal } from '../world/refusal.ts'
import { fill } from '../world/template.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The name of the call error that this request is answered with, if it is. */
    refused: CallErrorName | undefined
  }
}

interface Options {
  rules: FidelityRules
  version: string
  /** For what is refused before it is a request, which would have one. */
  newCorrelationId: () => string
}

/** Says whatever is thrown on a request's way in HubSpot's words. */
export const hubspotErrorsPlugin = fp<Options>(
  async (app, { rules, version, newCorrelationId }) => {
    app.decorateRequest('refused')
    app.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply, rules))
    app.setNotFoundHandler(refuseUnserved)
    // Before the body is read: nobody will use it.
    app.addHook('onRequest', (request, _reply, done) => {
      if (request.is404 && !ownPaths.test(request.url)) refuseUnserved(request)
      done()
    })
    app.server.on('connect', (_request, socket) => {
      // Node leaves a socket that it hands over here without a listener, and an error nobody hears ends the process.
      socket.on('error', () => socket.destroy())
      refuseOnSocket(new Refusal('method-not-allowed'), socket, { correlationId: newCorrelationId(), rules, version })
    })
  },
  { name: 'hubspot-errors', fastify: '5.x' },
)

/** @throws {Refusal} for a path this mock does not serve, or serves to another method */
function refuseUnserved(request: FastifyRequest): never {
  const path = decodeURI(request.url.split(/[?#]/)[0] ?? '')
  const urls = batchReadPaths.map(({ url }) => url)
  if (urls.includes(path)) throw new Refusal('method-not-allowed', {}, `${path} takes POST alone`)
  throw new Refusal('not-found', {}, `the nearest path is POST ${closest(path, urls)}`)
}

/** Answers an error; one that nobody meant to throw is logged and answered as HubSpot's internal error. */
export function answerError(
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
  rules: FidelityRules,
): FastifyReply {
  const refusal = refusalOf(error)
  if (refusal.error === 'server-error') request.log.error({ reqId: request.id, err: error }, 'unexpected error')
  request.refused = refusal.error
  const said = say(refusal, request.id, rules)
  if (refusal.hint !== undefined) reply.header('x-mock-hint', headerText(refusal.hint))
  return reply.code(said.statusCode).headers(said.headers).send(said.body)
}

const mostHintChars = 300

/** A text as a header can carry it. */
function headerText(text: string): string {
  return text.slice(0, mostHintChars).replace(/[^\x20-\x7e]/g, '?')
}

/** What an answer needs that is written without a reply. */
interface SocketAnswer {
  readonly correlationId: string
  readonly rules: FidelityRules
  readonly version: string
}

/** Answers what is no HTTP that Node can read, or stopped coming: there is no request yet, only a socket. */
export function answerClientError(error: Error & { code?: string }, socket: Duplex, answer: SocketAnswer): void {
  // The client has gone, or is in the middle of an answer that must not be mixed with another.
  if (!socket.writable || isAnswering(socket)) return void socket.destroy()
  refuseOnSocket(new Refusal(clientErrors[error.code ?? ''] ?? 'malformed-request'), socket, answer)
}

/** Whether an answer is on its way to a request that came whole. Node knows it of a socket, and tells only so. */
function isAnswering(socket: Duplex): boolean {
  const response: unknown = Reflect.get(socket, '_httpMessage')
  return response instanceof ServerResponse && (response.headersSent || response.req.complete)
}

function refuseOnSocket(refusal: Refusal, socket: Duplex, { correlationId, rules, version }: SocketAnswer): void {
  const { statusCode, headers, body } = say(refusal, correlationId, rules)
  const lines = Object.entries({
    ...headers,
    [correlationIdHeader]: correlationId,
    ...answerHeaders,
    'x-mock-version': version,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  const text = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\n${lines.join('')}\r\n${body}`
  socket.end(text, () => socket.destroy())
}

const clientErrors: Readonly<Record<string, CallErrorName>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
}

/** Fastify's own refusals by their codes. */
const frameworkErrors: Readonly<Record<string, CallErrorName>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
}

const hints: Readonly<Partial<Record<CallErrorName, string>>> = {
  'payload-too-large': 'split the batch: 50 ids are far smaller than this',
  'malformed-request': 'the path, or the length of the body, is not as HTTP has it',
}

function refusalOf(error: Error & Partial<FastifyError>): Refusal {
  if (error instanceof Refusal) return error
  const isTheClients = (error.statusCode ?? 500) < 500
  const name = frameworkErrors[error.code ?? ''] ?? (isTheClients ? 'malformed-request' : 'server-error')
  return new Refusal(name, {}, hints[name])
}

interface Said {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function say({ error, words }: Refusal, correlationId: string, rules: FidelityRules): Said {
  const { statusCode, headers, body }: CallError = callErrors[error]
  if (rules.htmlErrors.includes(error)) {
    return { statusCode, headers: { ...headers, 'content-type': htmlContentType }, body: htmlPage(statusCode) }
  }
  const category = rules.addedCategories[error]
  const filled = fill({ ...body, ...(category === undefined ? {} : { category }) }, { ...words, correlationId })
  return { statusCode, headers: { ...headers, 'content-type': jsonContentType }, body: JSON.stringify(filled) }
}

function htmlPage(statusCode: number): string {
  const title = `${statusCode} ${STATUS_CODES[statusCode]}`
  return `<!doctype html>\n<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`
}
