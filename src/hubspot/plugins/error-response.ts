import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply } from 'fastify'
import { type CallError, type CallErrorName, callErrors } from '../../contract/errors.ts'
import type { FidelityRules } from '../../contract/fidelity.ts'
import { htmlContentType, jsonContentType } from '../../contract/response-headers.ts'
import { fill } from '../../text/template.ts'
import { TooMuchData } from '../../world/planted-data.ts'
import { FixtureRefusal, Refusal } from '../../world/refusal.ts'
import { hintHeader } from '../hint.ts'
import type { OperationResponse } from '../operation-response.ts'

/** Fastify's own errors, by their codes. */
const frameworkErrors: Readonly<Record<string, CallErrorName>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
}

const hints: Readonly<Partial<Record<CallErrorName, string>>> = {
  'malformed-request': 'the path, or the length of the body, is not valid HTTP',
}

/** An error as a refusal of the call. One that this mock did not expect becomes HubSpot's internal error. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof TooMuchData) return new Refusal('payload-too-large', {}, `${error.message}: ${error.hint}`)
  const { code = '', statusCode = 500 }: Partial<FastifyError> = Object(error)
  const name = frameworkErrors[code] ?? (statusCode < 500 ? 'malformed-request' : 'server-error')
  return new Refusal(name, {}, hints[name])
}

/** A refusal in HubSpot's words, with a hint for the developer that HubSpot does not send. */
export function errorResponse(refusal: Refusal, correlationId: string, rules: FidelityRules): OperationResponse {
  const { error, words, hint } = refusal
  const { statusCode: status, headers: own, body } = callErrorOf(refusal)
  const headers = { ...fill(own, words), ...hintHeader(hint) }
  if (rules.htmlErrors.includes(error)) {
    return { status, headers: { ...headers, 'content-type': htmlContentType }, body: htmlPage(status) }
  }
  const category = rules.addedCategories[error]
  const filled = fill({ ...body, ...(category === undefined ? {} : { category }) }, { ...words, correlationId })
  return { status, headers: { ...headers, 'content-type': jsonContentType }, body: JSON.stringify(filled) }
}

/** Whether an error is a fault of this mock. */
export function isUnexpected(error: unknown, refusal: Refusal): boolean {
  return error !== refusal && refusal.error === 'server-error'
}

/** Logs a fault of this mock, which the client only sees as HubSpot's internal error. */
export function logUnexpected(error: unknown, { log, request }: FastifyReply): void {
  log.error({ reqId: request.id, err: error }, 'unexpected error')
}

/** Responds where there is no exchange: to a URL that Fastify cannot route, and on a route that was added to the app. */
export function respondWithoutExchange(error: unknown, reply: FastifyReply, rules: FidelityRules): void {
  const refusal = toRefusal(error)
  if (isUnexpected(error, refusal)) logUnexpected(error, reply)
  const { status, headers = {}, body } = errorResponse(refusal, reply.request.id, rules)
  reply.code(status).headers(headers).send(body)
}

/** The row of the contract's table; the fixture's own words for a campaign that it makes fail. */
function callErrorOf(refusal: Refusal): CallError {
  const row: CallError = callErrors[refusal.error]
  if (!(refusal instanceof FixtureRefusal)) return row
  const { statusCode, cause } = refusal
  const { message, category, subCategory, context } = cause
  const members = { category, ...(subCategory === undefined ? {} : { subCategory }), context }
  return { ...row, statusCode, body: { status: 'error', message, correlationId: '{correlationId}', ...members } }
}

/** What HubSpot's pages say where Node has other words (observed). */
const pageTitles: Readonly<Record<number, string>> = { 414: 'Request-URI Too Large' }

function htmlPage(status: number): string {
  const title = `${status} ${pageTitles[status] ?? STATUS_CODES[status]}`
  return `<!doctype html>\n<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1></body>\n</html>\n`
}
