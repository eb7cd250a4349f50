import { STATUS_CODES } from 'node:http'
import { version } from '../../package-info.ts'
import type { Har, HarEntry, HarPair, HarRequest, HarResponse } from '../../public/har.ts'
import { TooMuchData } from '../planted-data.ts'
import type { Exchange } from './exchange.ts'
import { type JournalEntry, viewEntry } from './journal-entry.ts'

const httpVersion = 'HTTP/1.1'

/** A text with more pairs than this is not split: the archive has the text itself anyway. */
const maximumPairs = 1000

/** The maximum size of an archive, as an estimate of its JSON. */
const maximumBytes = 100 * 1024 * 1024

/** An estimate of the memory that a name with its value takes. */
const pairBytes = 100

/**
 * Exchanges as an HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/), from their redacted form.
 * @throws {TooMuchData} if the archive would be too large
 */
export function harOf(entries: readonly JournalEntry[]): Har {
  refuseTooLarge(entries)
  const creator = { name: 'hubspot-campaigns-mock', version }
  return { log: { version: '1.2', creator, pages: [], entries: entries.map(entryOf) } }
}

/** @throws {TooMuchData} if the archive would be too large, before any part of it is created */
function refuseTooLarge(entries: readonly JournalEntry[]): void {
  let bytes = 0
  for (const [index, entry] of entries.entries()) {
    bytes += bytesOf(viewEntry(entry))
    if (bytes <= maximumBytes) continue
    const problem = `the HTTP Archive of ${entries.length} requests would be larger than ${maximumBytes} bytes`
    throw new TooMuchData(problem, `select fewer requests with a filter, such as limit=${Math.min(index, 100) || 1}`)
  }
}

function bytesOf(exchange: Exchange): number {
  const { query, body, headers } = exchange
  const pairs = countPairs(query, '&') + countPairs(body, '&') + countPairs(headers['cookie'] ?? '', ';')
  return JSON.stringify(exchange).length + pairs * pairBytes
}

/** The number of pairs that the archive has for a text: 0 if the text is not split. */
function countPairs(text: string, separator: string): number {
  let count = 1
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) {
    count += 1
    if (count > maximumPairs) return 0
  }
  return count
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
  const params = isForm ? { params: parametersIn(body) } : {}
  return {
    method,
    url: `${baseUrl}${path}${query === '' ? '' : `?${query}`}`,
    httpVersion,
    cookies: cookiesIn(headers['cookie'], ';'),
    headers: pairsOf(Object.entries(headers)),
    queryString: parametersIn(query),
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

/** The parameters in a query or a form; none if there are too many to list. */
function parametersIn(text: string): HarPair[] {
  return countPairs(text, '&') === 0 ? [] : pairsOf(new URLSearchParams(text))
}

/** The cookies in a header, which the given separator separates; attributes are left out. None if there are too many. */
function cookiesIn(header: string | undefined, separator: string): HarPair[] {
  if (header === undefined || countPairs(header, separator) === 0) return []
  return header.split(separator).flatMap((cookie) => {
    const [, name = '', value = ''] = /^\s*([^=;]+)=([^;]*)/.exec(cookie) ?? []
    return name === '' ? [] : [{ name, value }]
  })
}
