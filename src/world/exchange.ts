import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { timestamp } from './clock.ts'
import { redactHeader, redactQuery, redactText, tokenIn } from './redact.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/**
 * One request with its answer. Tokens are blacked out.
 * @example
 * const exchange: Exchange | undefined = portal.journal.last()
 * console.log(exchange?.method, exchange?.path, exchange?.ids, exchange?.status)
 */
export const Exchange = Type.Object({
  correlationId: Type.String(),
  at: Type.String({ description: 'when the request came' }),
  portal: Nullable(Type.String({ description: 'a short hash of the token; null where there was none' })),
  method: Type.String(),
  path: Type.String(),
  query: Type.String(),
  headers: Type.Record(Type.String(), Type.String()),
  body: Type.String(),
  ids: Type.Array(Type.String(), { description: 'the ids that were asked for' }),
  properties: Type.Array(Type.String(), { description: 'the properties that were asked for' }),
  scenario: Nullable(Type.String()),
  status: Nullable(Type.Integer({ description: 'null where the connection ended without an answer' })),
  answer: Type.String(),
  ms: Nullable(Type.Number({ description: 'null while it is under way' })),
})
export type Exchange = Static<typeof Exchange>

/** A text that is not kept, but can be made again. */
export interface AnswerText {
  readonly bytes: number
  make(): string
}

/** What was noted of a request and its answer as they passed: nothing is copied, and nothing blacked out yet. */
export interface Recorded {
  readonly correlationId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  portal: string | null
  body: string
  scenario: string | null
  status: number | null
  /** The text, or how to make it again: most of it is shared with other answers, and would be kept once for each. */
  answer: string | AnswerText
  /** How long it took; null while it is under way. */
  ms: number | null
}

/** What was recorded as a tester may see it. Made only when somebody looks: most of the journal is never read. */
export function exchangeOf(recorded: Recorded): Exchange {
  const { correlationId, at, portal, method, url, headers, body, scenario, status, answer, ms } = recorded
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  const token = tokenIn([headers['authorization']].flat()[0])
  const clean = (text: string) => redactText(text, token)
  const cleanHeaders = Object.entries(headers).map(([name, value]) => [name, clean(redactHeader(name, String(value)))])
  return {
    correlationId,
    at: timestamp(at),
    portal,
    method,
    path: clean(path),
    query: clean(redactQuery(query)),
    headers: Object.fromEntries(cleanHeaders),
    body: clean(body),
    ids: idsIn(body).map(clean),
    properties: propertiesIn(query).map(clean),
    scenario,
    status,
    answer: clean(typeof answer === 'string' ? answer : answer.make()),
    ms,
  }
}

/** The ids a body asks for, as far as it has some. */
export function idsIn(body: string): string[] {
  try {
    const { inputs } = Object(JSON.parse(body))
    return [inputs].flat().flatMap((input) => (typeof input?.id === 'string' ? [input.id] : []))
  } catch {
    return []
  }
}

/** HubSpot's clients write them repeated, joined with commas, or both; spaces around a name do not count. */
export function propertiesIn(query: string): string[] {
  return takeNamesApart(new URLSearchParams(query).getAll('properties'))
}

/** The names in all values of `properties`: each value can hold several, joined with commas (documented). */
export function takeNamesApart(values: readonly string[]): string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
