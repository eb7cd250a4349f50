import { gunzipSync } from 'node:zlib'
import { anyBatchReadPath, batchReadPaths } from '../contract/paths.ts'
import { tokenIn } from '../text/redact.ts'
import { idsIn, propertiesIn } from '../world/journal/exchange.ts'
import { type Json, list, member, object } from './schema.ts'

/** An answer somebody took from HubSpot, as far as the recording tells. */
export interface Recording {
  readonly body: Json
  /** That of a version this mock has; undefined if it has not, or the recording does not tell. */
  readonly path?: string | undefined
  readonly status?: number | undefined
  /** By their names in small letters. */
  readonly headers?: ReadonlyMap<string, string>
  readonly asked?: Asked | undefined
  /** What must not be told on. */
  readonly token?: string | undefined
}

/** What the answer is an answer to. */
export interface Asked {
  readonly ids: readonly string[]
  readonly properties: readonly string[]
  /** Whether both dates were given. */
  readonly hasPeriod: boolean
}

/** The answers of the endpoint in a JSON body, one HAR entry, or a whole HAR. */
export function recordingsIn(recorded: Json): Recording[] {
  const entries = list(member(member(recorded, 'log'), 'entries'))
  if (entries.length > 0) return entries.flatMap(recordingOf)
  if (member(recorded, 'response') !== undefined) return recordingOf(recorded)
  const names = Object.keys(object(recorded))
  const isAnswer = ['results', 'correlationId', 'category'].some((name) => names.includes(name))
  return isAnswer ? [{ body: recorded }] : []
}

const notModified = 304

/** A HAR entry, if it is one of the endpoint: no preflight of a browser's, nor what was blocked or came from its cache. */
function recordingOf(entry: Json): Recording[] {
  const [request, response] = [member(entry, 'request'), member(entry, 'response')]
  const [path = '', query = ''] = String(member(request, 'url') ?? '').split(/[?#]/)
  const status = Number(member(response, 'status'))
  const method = String(member(request, 'method') ?? 'POST').toUpperCase()
  if (!anyBatchReadPath.test(path) || method !== 'POST' || status === 0 || status === notModified) return []
  return [
    {
      body: parse(textOf(member(response, 'content'))),
      path: batchReadPaths.find(({ url }) => path.endsWith(url))?.url,
      status: /^[1-5]\d\d$/.test(String(status)) ? status : undefined,
      headers: headersOf(response),
      asked: askedIn(member(member(request, 'postData'), 'text'), query),
      token: tokenIn(headersOf(request).get('authorization')),
    },
  ]
}

function askedIn(body: Json | undefined, query: string): Asked | undefined {
  // A browser may have kept a part of it, or nothing.
  if (typeof body !== 'string' || !isJson(body)) return undefined
  const parameters = new URLSearchParams(query)
  return {
    ids: idsIn(body),
    properties: propertiesIn(query),
    hasPeriod: parameters.has('startDate') && parameters.has('endDate'),
  }
}

function headersOf(message: Json | undefined): Map<string, string> {
  const pairs = list(member(message, 'headers'))
  return new Map(pairs.map((pair) => [String(member(pair, 'name')).toLowerCase(), String(member(pair, 'value'))]))
}

function textOf(content: Json | undefined): string {
  const text = String(member(content, 'text') ?? '')
  if (member(content, 'encoding') !== 'base64') return text
  try {
    return decode(Buffer.from(text, 'base64'), mostBodyBytes)
  } catch {
    // It says that it is packed, and is not: that is no body.
    return ''
  }
}

/** 50 campaigns have some hundred kilobytes. */
const mostBodyBytes = 10 * 1024 * 1024

function isJson(text: string): boolean {
  return typeof parse(text) === 'object'
}

/** JSON as what it says; what is none, such as a gateway's page, as a text. */
function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const gzipMark = Buffer.from([0x1f, 0x8b])

/**
 * Bytes as the text they are: unpacked where they are packed, in the encoding that their byte order mark says.
 * @param mostBytes more are not unpacked · @throws {RangeError} if there are more
 */
export function decode(bytes: Buffer, mostBytes?: number): string {
  const isPacked = bytes.subarray(0, gzipMark.length).equals(gzipMark)
  const plain = isPacked ? gunzipSync(bytes, mostBytes === undefined ? {} : { maxOutputLength: mostBytes }) : bytes
  const [first, second] = plain
  const isWide = first === 0xff && second === 0xfe
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(plain)
}
