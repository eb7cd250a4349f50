import { rateLimitHeaders, windowMs } from '../../contract/rate-limits.ts'
import { correlationIdHeader, ErrorHeaders, jsonContentType, responseHeaders } from '../../contract/response-headers.ts'
import { type Json, member } from '../json.ts'
import { isUuid } from './check-error.ts'
import { showName } from './describe-value.ts'
import type { Finding } from './finding.ts'

type Headers = ReadonlyMap<string, string>

const errorHeaders = Object.keys(ErrorHeaders)
/** HubSpot still sends these, though they are deprecated (documented and observed). The mock sends them with one error. */
export const secondlyHeaders = ['x-hubspot-ratelimit-secondly', 'x-hubspot-ratelimit-secondly-remaining']
const knownHeaders = new Set(
  [correlationIdHeader, ...errorHeaders, ...secondlyHeaders, ...Object.values(rateLimitHeaders)].map((name) =>
    name.toLowerCase(),
  ),
)
/** Other values of headers that HubSpot sends (observed). */
const alsoObserved: Readonly<Record<string, readonly string[]>> = { vary: ['origin, accept-encoding'] }

/**
 * What the mock would never send in the headers.
 * @param own the headers that the error has beside the usual ones, if it is an error
 */
export function* headerFindings(
  headers: Headers,
  body: Json,
  own: Readonly<Record<string, string>> = {},
): Generator<Finding> {
  yield* contentTypeFindings(headers.get('content-type') ?? '', body)
  const [id, inBody] = [headers.get(correlationIdHeader), member(body, 'correlationId')]
  if (id === undefined) yield `header ${correlationIdHeader}: is missing`
  else if (!isUuid(id)) yield `header ${correlationIdHeader}: is not a UUID`
  else if (inBody !== undefined && inBody !== id) yield 'correlationId: differs from the header'
  for (const [name, value] of Object.entries(responseHeaders)) {
    const given = headers.get(name)
    if (given === undefined || given === value) continue
    const line = `header ${name}: is not ${value}`
    yield alsoObserved[name]?.includes(given.toLowerCase()) ? { line, known: 'vary-encoding' } : line
  }
  yield* rateLimitFindings(headers)
  for (const name of headers.keys()) {
    const line = `header ${showName(name)}: the mock does not send it`
    if (secondlyHeaders.includes(name) && !Object.hasOwn(own, name)) yield { line, known: 'secondly-headers' }
    else if (name.startsWith('x-hubspot-') && !knownHeaders.has(name)) yield line
  }
  yield* errorHeaderFindings(headers, own)
}

function* contentTypeFindings(type: string, body: Json): Generator<Finding> {
  if (typeof body !== 'string' && type !== jsonContentType) yield `header content-type: is not ${jsonContentType}`
  if (typeof body === 'string' && body !== '' && !/^text\/html\b/.test(type)) {
    yield 'header content-type: is not text/html'
  }
}

/** Headers that only some errors have. */
function* errorHeaderFindings(headers: Headers, own: Readonly<Record<string, string>>): Generator<Finding> {
  for (const name of ['www-authenticate', 'allow', ...errorHeaders]) {
    if (headers.has(name) && !Object.hasOwn(own, name))
      yield `header ${name}: the mock does not send it with this response`
  }
  for (const [name, value] of Object.entries(own)) {
    const given = headers.get(name)
    if (given === undefined && secondlyHeaders.includes(name)) continue
    else if (given === undefined) yield `header ${name}: is missing, though the mock sends it with this response`
    else if (value.includes('{')) continue
    else if (/^\d+$/.test(value) ? !/^\d+$/.test(given) : given !== value) yield `header ${name}: is not like ${value}`
  }
}

function* rateLimitFindings(headers: Headers): Generator<Finding> {
  for (const header of Object.values(rateLimitHeaders)) {
    const [name, value] = [header.toLowerCase(), headers.get(header.toLowerCase())]
    if (value === undefined) continue
    if (!/^\d+$/.test(value)) yield `header ${name}: is not a whole number`
    else if (header === rateLimitHeaders.interval && value !== String(windowMs)) {
      yield `header ${name}: is not ${windowMs}`
    }
  }
  const [max, remaining] = [rateLimitHeaders.max, rateLimitHeaders.remaining].map((name) => {
    return Number(headers.get(name.toLowerCase()))
  })
  if (max !== undefined && remaining !== undefined && remaining > max) {
    yield `header ${rateLimitHeaders.remaining.toLowerCase()}: is more than the maximum`
  }
}
