import { gunzipSync } from 'node:zlib'
import { operationRoutes } from '../../contract/operation-routes.ts'
import { tokenIn } from '../../text/redact.ts'
import { idsIn, propertiesIn } from '../../world/journal/exchange.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'

/** A response of HubSpot, and what is known of its request. */
export interface Recording {
  readonly body: Json
  /** The path of the request, if it is one of this mock. */
  readonly path?: string | undefined
  readonly status?: number | undefined
  /** By their names in lower case. */
  readonly headers?: ReadonlyMap<string, string>
  readonly request?: RecordedRequest | undefined
  /** The token of the request, which no report shows. */
  readonly token?: string | undefined
}

/** What the request of a batch read asks for. */
export interface RecordedRequest {
  readonly ids: readonly string[]
  readonly properties: readonly string[]
  /** Whether both dates were given. */
  readonly hasPeriod: boolean
}

const batchReadPaths = operationRoutes.filter(({ name }) => name === 'batch.read').map(({ path }) => path)

/** The path of a batch read on any version, including those that this mock does not serve. */
const batchRead = /\/campaigns\/(?:[\w.-]+\/)?batch\/read$/

/** The batch reads in a JSON body, a HAR entry or a HAR. */
export function recordingsIn(recorded: Json): Recording[] {
  const entries = listOf(member(member(recorded, 'log'), 'entries'))
  if (entries.length > 0) return entries.flatMap(recordingOf)
  if (member(recorded, 'response') !== undefined) return recordingOf(recorded)
  const names = Object.keys(objectOf(recorded))
  const isResponse = ['results', 'correlationId', 'category'].some((name) => names.includes(name))
  return isResponse ? [{ body: recorded }] : []
}

const notModified = 304

/** A HAR entry, if it is a batch read: not a preflight, and not one that was blocked or came from the cache of a browser. */
function recordingOf(entry: Json): Recording[] {
  const [request, response] = [member(entry, 'request'), member(entry, 'response')]
  const [path = '', query = ''] = String(member(request, 'url') ?? '').split(/[?#]/)
  const status = Number(member(response, 'status'))
  const method = String(member(request, 'method') ?? 'POST').toUpperCase()
  if (!batchRead.test(path) || method !== 'POST' || status === 0 || status === notModified) return []
  return [
    {
      body: parse(textOf(member(response, 'content'))),
      path: batchReadPaths.find((one) => path.endsWith(one)),
      status: /^[1-5]\d\d$/.test(String(status)) ? status : undefined,
      headers: headersOf(response),
      request: requestOf(member(member(request, 'postData'), 'text'), query),
      token: tokenIn(headersOf(request).get('authorization')),
    },
  ]
}

function requestOf(body: Json | undefined, query: string): RecordedRequest | undefined {
  // A browser can have kept a part of it, or nothing.
  if (typeof body !== 'string' || !isJson(body)) return undefined
  const parameters = new URLSearchParams(query)
  return {
    ids: idsIn(body),
    properties: propertiesIn(query),
    hasPeriod: parameters.has('startDate') && parameters.has('endDate'),
  }
}

function headersOf(message: Json | undefined): Map<string, string> {
  const pairs = listOf(member(message, 'headers'))
  return new Map(pairs.map((pair) => [String(member(pair, 'name')).toLowerCase(), String(member(pair, 'value'))]))
}

function textOf(content: Json | undefined): string {
  const text = String(member(content, 'text') ?? '')
  if (member(content, 'encoding') !== 'base64') return text
  try {
    return decode(Buffer.from(text, 'base64'), maximumBodyBytes)
  } catch {
    // Not the compressed text that it claims to be.
    return ''
  }
}

/** A response with 50 campaigns has some hundred kilobytes. */
const maximumBodyBytes = 10 * 1024 * 1024

function isJson(text: string): boolean {
  return typeof parse(text) === 'object'
}

/** A JSON text as its value; another text, such as the page of a gateway, as it is. */
function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const gzipHeader = Buffer.from([0x1f, 0x8b])

/**
 * Bytes as text: decompressed if they are compressed, in the encoding that their byte order mark names.
 * @param maximumBytes of the decompressed text · @throws {RangeError} if there are more
 */
export function decode(bytes: Buffer, maximumBytes?: number): string {
  const isCompressed = bytes.subarray(0, gzipHeader.length).equals(gzipHeader)
  const plain = isCompressed
    ? gunzipSync(bytes, maximumBytes === undefined ? {} : { maxOutputLength: maximumBytes })
    : bytes
  const [first, second] = plain
  const isWide = first === 0xff && second === 0xfe
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(plain)
}
