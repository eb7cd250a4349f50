import { STATUS_CODES } from 'node:http'
import { version } from '../../package-info.ts'
import type { Har, HarEntry, HarPair, HarRequest, HarResponse } from '../../public/har.ts'
import type { Exchange } from './exchange.ts'
import { type JournalEntry, viewEntry } from './journal-entry.ts'

const httpVersion = 'HTTP/1.1'

/** Exchanges as an HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/), from their redacted form. */
export function harOf(entries: readonly JournalEntry[]): Har {
  const creator = { name: 'hubspot-campaigns-mock', version }
  return { log: { version: '1.2', creator, pages: [], entries: entries.map(entryOf) } }
}

function entryOf(entry: JournalEntry): HarEntry {
  const exchange = viewEntry(entry)
  const time = exchange.ms ?? 0
  return {
    startedDateTime: exchange.at,
    time,
    request: requestOf(exchange, entry.record.baseUrl),
    response: responseOf(exchange),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    _resourceType: 'fetch',
    _correlationId: exchange.correlationId,
    _portal: exchange.portal,
    _operation: exchange.operation,
    _scenario: exchange.scenario,
    _hint: exchange.hint,
    _unread: exchange.unread,
  }
}

function requestOf({ method, path, query, headers, body }: Exchange, baseUrl: string): HarRequest {
  const mimeType = headers['content-type'] ?? 'application/octet-stream'
  const isForm = mimeType.startsWith('application/x-www-form-urlencoded')
  const params = isForm ? { params: pairsOf(new URLSearchParams(body)) } : {}
  return {
    method,
    url: `${baseUrl}${path}${query === '' ? '' : `?${query}`}`,
    httpVersion,
    cookies: cookiesIn(headers['cookie'], ';'),
    headers: pairsOf(Object.entries(headers)),
    queryString: pairsOf(new URLSearchParams(query)),
    ...(body === '' ? {} : { postData: { mimeType, text: body, ...params } }),
    headersSize: -1,
    bodySize: Buffer.byteLength(body),
  }
}

function responseOf({ status, responseBody, responseHeaders, ms }: Exchange): HarResponse {
  const size = Buffer.byteLength(responseBody)
  const error = ms === null ? 'no response yet' : 'the connection was closed without a response'
  return {
    status: status ?? 0,
    statusText: STATUS_CODES[status ?? 0] ?? '',
    httpVersion,
    cookies: cookiesIn(responseHeaders['set-cookie'], '\n'),
    headers: pairsOf(Object.entries(responseHeaders)),
    content: { size, mimeType: responseHeaders['content-type'] ?? 'x-unknown', text: responseBody },
    redirectURL: responseHeaders['location'] ?? '',
    headersSize: -1,
    bodySize: status === null ? -1 : size,
    ...(status === null ? { _error: error } : {}),
  }
}

function pairsOf(pairs: Iterable<readonly [string, string]>): HarPair[] {
  return Array.from(pairs, ([name, value]) => ({ name, value }))
}

/** The cookies in a header, which the given separator separates; attributes are left out. */
function cookiesIn(header: string | undefined, separator: string): HarPair[] {
  if (header === undefined) return []
  return header.split(separator).flatMap((cookie) => {
    const [, name = '', value = ''] = /^\s*([^=;]+)=([^;]*)/.exec(cookie) ?? []
    return name === '' ? [] : [{ name, value }]
  })
}
