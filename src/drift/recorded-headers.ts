import { rateLimitHeaders, windowMs } from '../contract/rate-limits.ts'
import { correlationIdHeader, ErrorHeaders, jsonContentType, responseHeaders } from '../contract/response-headers.ts'
import { uuid } from './recorded-error.ts'
import { type Json, member } from './schema.ts'
import { sayName } from './told.ts'

type Headers = ReadonlyMap<string, string>

const errorHeaders = Object.keys(ErrorHeaders)
const knownHeaders = new Set(
  [correlationIdHeader, ...errorHeaders, ...Object.values(rateLimitHeaders)].map((name) => name.toLowerCase()),
)

/**
 * What of the headers the mock would never have sent.
 * @param own those that the error has beside the usual ones, if it is one
 */
export function* unknownHeaders(
  headers: Headers,
  body: Json,
  own: Readonly<Record<string, string>> = {},
): Generator<string> {
  yield* unknownType(headers.get('content-type') ?? '', body)
  const [id, inBody] = [headers.get(correlationIdHeader), member(body, 'correlationId')]
  if (id === undefined) yield `header ${correlationIdHeader}: is not there`
  else if (!new RegExp(`^${uuid}$`).test(id)) yield `header ${correlationIdHeader}: is no UUID`
  else if (inBody !== undefined && inBody !== id) yield 'correlationId: is not the one of the header'
  for (const [name, value] of Object.entries(responseHeaders)) {
    if (headers.has(name) && headers.get(name) !== value) yield `header ${name}: is not ${value}`
  }
  yield* unknownAllowance(headers)
  for (const name of headers.keys()) {
    if (!name.startsWith('x-hubspot-') || knownHeaders.has(name)) continue
    yield `header ${sayName(name)}: the mock does not send it`
  }
  yield* unlikeOwn(headers, own)
}

function* unknownType(type: string, body: Json): Generator<string> {
  if (typeof body !== 'string' && type !== jsonContentType) yield `header content-type: is not ${jsonContentType}`
  if (typeof body === 'string' && body !== '' && !/^text\/html\b/.test(type)) {
    yield 'header content-type: is not text/html'
  }
}

/** What stands above some errors alone. */
function* unlikeOwn(headers: Headers, own: Readonly<Record<string, string>>): Generator<string> {
  for (const name of ['www-authenticate', 'allow', ...errorHeaders]) {
    if (headers.has(name) && !Object.hasOwn(own, name))
      yield `header ${name}: the mock does not send it with this answer`
  }
  for (const [name, value] of Object.entries(own)) {
    const given = headers.get(name)
    if (given === undefined) yield `header ${name}: is not there, where the mock sends it with this answer`
    else if (value.includes('{')) continue
    else if (/^\d+$/.test(value) ? !/^\d+$/.test(given) : given !== value) yield `header ${name}: is not like ${value}`
  }
}

function* unknownAllowance(headers: Headers): Generator<string> {
  for (const header of Object.values(rateLimitHeaders)) {
    const [name, value] = [header.toLowerCase(), headers.get(header.toLowerCase())]
    if (value === undefined) continue
    if (!/^\d+$/.test(value)) yield `header ${name}: is no whole number`
    else if (header === rateLimitHeaders.interval && value !== String(windowMs)) {
      yield `header ${name}: is not ${windowMs}`
    }
  }
  const [max, remaining] = [rateLimitHeaders.max, rateLimitHeaders.remaining].map((name) => {
    return Number(headers.get(name.toLowerCase()))
  })
  if (max !== undefined && remaining !== undefined && remaining > max) {
    yield `header ${rateLimitHeaders.remaining.toLowerCase()}: is more than there is in all`
  }
}
