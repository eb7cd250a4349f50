import { type TSchema, Type } from '@sinclair/typebox'
import { AnyName } from '../../contract/schemas/any-name.ts'
import type * as api from '../../public/journal.ts'
import { redactHeader, redactorOf, redactPath, redactQuery, tokenIn } from '../../text/redact.ts'
import { isOAuthPath, redactBody } from '../../text/redact-body.ts'
import { timestamp } from '../clock.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** The schema of `Exchange`. */
export const Exchange = Type.Object({
  correlationId: Type.String(),
  at: Type.String({ description: 'when the request arrived' }),
  portal: Nullable(Type.String({ description: 'a short hash of the token; null for a request without one' })),
  operation: Nullable(Type.String({ description: 'such as batch.read; null for a path that is not served' })),
  method: Type.String(),
  path: Type.String(),
  query: Type.String(),
  headers: Type.Record(AnyName, Type.String()),
  body: Type.String(),
  ids: Type.Array(Type.String(), { description: 'the campaign ids that the request names' }),
  properties: Type.Array(Type.String(), { description: 'the properties that the request asks for' }),
  scenario: Nullable(Type.String()),
  status: Nullable(Type.Integer({ description: 'null until there is a response, or when the connection broke' })),
  responseBody: Type.String({ description: 'the body of the response' }),
  responseHeaders: Type.Record(AnyName, Type.String()),
  hint: Nullable(Type.String({ description: 'the x-mock-hint of the response' })),
  unread: Type.Array(Type.String(), {
    description: 'parameters and members of the body that the operation does not read',
  }),
  ms: Nullable(Type.Number({ description: 'the duration in milliseconds; null until the response has ended' })),
})
export type Exchange = api.Exchange

/** The text of a response that is cheaper to make again than to keep. */
export interface ResponseText {
  readonly bytes: number
  make(): string
}

/**
 * The raw record of one request and its response. Nothing in it is copied or redacted: most records are never read.
 */
export interface ExchangeRecord {
  readonly correlationId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The base URL under which the client reached the mock. */
  readonly baseUrl: string
  readonly operation: string | null
  /** The campaign that the path names, if it names one. */
  readonly campaignId: string | undefined
  portal: string | null
  body: string
  scenario: string | null
  status: number | null
  responseBody: string | ResponseText
  responseHeaders: Readonly<Record<string, string>>
  /** Why the request was refused, or what should be corrected in it. */
  hint: string | null
  /** Parameters and members of the body that no operation reads. */
  unread: readonly string[]
  /** Milliseconds; null until the response has ended. */
  ms: number | null
}

/** A record as a tester sees it. */
export function exchangeOf(record: ExchangeRecord): Exchange {
  const { correlationId, at, portal, operation, method, url, body, scenario, status, responseBody, ms } = record
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  const token = tokenIn([record.headers['authorization']].flat()[0])
  const clean = redactorOf([token])
  const { ids, properties } = namesIn({ campaignId: record.campaignId, url, body })
  const isOAuth = operation?.startsWith('oauth.') ?? isOAuthPath(path)
  const cleanBody = (text: string, contentType?: string) => clean(redactBody(text, { isOAuth, contentType }))
  const cleanHeader = (name: string, value: string) => clean(redactHeader(name, value))
  return {
    correlationId,
    at: timestamp(at),
    portal,
    operation,
    method,
    path: redactPath(path, token),
    query: clean(redactQuery(query)),
    headers: cleanHeaders(record.headers, cleanHeader),
    body: cleanBody(body, [record.headers['content-type']].flat()[0]),
    ids: cleanAll(ids, clean),
    properties: cleanAll(properties, clean),
    scenario,
    status,
    responseBody: cleanBody(typeof responseBody === 'string' ? responseBody : responseBody.make()),
    responseHeaders: cleanHeaders(record.responseHeaders, cleanHeader),
    hint: record.hint === null ? null : clean(record.hint),
    unread: cleanAll(record.unread, clean),
    ms,
  }
}

/** Headers with names in lower case and clean values. */
function cleanHeaders(
  headers: ExchangeRecord['headers'],
  clean: (name: string, value: string) => string,
): Record<string, string> {
  const cleaned: Record<string, string> = {}
  for (const name in headers) cleaned[name.toLowerCase()] = clean(name, String(headers[name]))
  return cleaned
}

/** A list of texts is rarely unclean: it is checked as a whole, which is faster. */
function cleanAll(texts: readonly string[], clean: (text: string) => string): string[] {
  const all = texts.join('\n')
  return clean(all) === all ? [...texts] : texts.map(clean)
}

/** The campaign ids that a request names in its path and its body, and the properties that its query names. */
export function namesIn({
  campaignId,
  url,
  body,
}: Pick<ExchangeRecord, 'campaignId' | 'url' | 'body'>): Pick<Exchange, 'ids' | 'properties'> {
  const [, query = ''] = url.split(/\?(.*)/s)
  return { ids: [...(campaignId === undefined ? [] : [campaignId]), ...idsIn(body)], properties: propertiesIn(query) }
}

/** The ids in the `inputs` of a batch body, or the source of a clone; none if the body is neither. */
export function idsIn(body: string): string[] {
  try {
    const { inputs, sourceCampaignGuid } = Object(JSON.parse(body))
    const ids = [inputs].flat().map((input) => input?.id)
    return [...ids, sourceCampaignGuid].filter((id) => typeof id === 'string')
  } catch {
    return []
  }
}

/** The names in the `properties` of a query. */
export function propertiesIn(query: string): string[] {
  return splitNames(new URLSearchParams(query).getAll('properties'))
}

/**
 * The names in the values of `properties`. HubSpot's clients repeat the parameter, join names with commas, or both;
 * spaces around a name do not count (documented).
 */
export function splitNames(values: readonly string[]): string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
