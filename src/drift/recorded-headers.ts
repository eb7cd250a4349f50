import { answerHeaders, correlationIdHeader, ErrorHeaders, jsonContentType } from '../contract/answer-headers.ts'
import { type CallError, callErrors } from '../contract/call-error.ts'
import { rateLimitHeaders, windowMs } from '../contract/rate-limit.ts'
import type { Recording } from './recording.ts'
import { member } from './schema.ts'

const knownHeaders = new Set(
  [correlationIdHeader, ...Object.keys(ErrorHeaders), ...Object.values(rateLimitHeaders)].map((name) =>
    name.toLowerCase(),
  ),
)

/** What of the headers the mock would never have sent. */
export function* unknownHeaders(headers: ReadonlyMap<string, string>, { body, status }: Recording): Generator<string> {
  const type = headers.get('content-type')
  if (typeof body !== 'string' && type !== jsonContentType) yield `header content-type: is not ${jsonContentType}`
  const [id, inBody] = [headers.get(correlationIdHeader), member(body, 'correlationId')]
  if (id === undefined) yield `header ${correlationIdHeader}: is not there`
  else if (inBody !== undefined && inBody !== id) yield 'correlationId: is not the one of the header'
  for (const [name, value] of Object.entries(answerHeaders)) {
    if (headers.has(name) && headers.get(name) !== value) yield `header ${name}: is not ${value}`
  }
  yield* unknownAllowance(headers)
  for (const name of headers.keys()) {
    if (name.startsWith('x-hubspot-') && !knownHeaders.has(name)) yield `header ${name}: the mock does not send it`
  }
  for (const name of ['www-authenticate', ...Object.keys(ErrorHeaders)]) {
    if (headers.has(name) && !sends(name, status)) yield `header ${name}: the mock does not send it with this status`
  }
}

function* unknownAllowance(headers: ReadonlyMap<string, string>): Generator<string> {
  for (const header of Object.values(rateLimitHeaders)) {
    const [name, value] = [header.toLowerCase(), headers.get(header.toLowerCase())]
    if (value === undefined) continue
    if (!/^\d+$/.test(value)) yield `header ${name}: is no whole number`
    else if (header === rateLimitHeaders.interval && value !== String(windowMs)) {
      yield `header ${name}: is not ${windowMs}`
    }
  }
}

/** Whether some error of this status comes with such a header. */
function sends(name: string, status: number | undefined): boolean {
  return Object.values<CallError>(callErrors).some(
    ({ statusCode, headers = {} }) => statusCode === status && name in headers,
  )
}
