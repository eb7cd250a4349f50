import type { TSchema } from '@sinclair/typebox'
import { type OperationRoute, operationRoutes, responsesOf } from '../../contract/operation-routes.ts'
import type { OperationName } from '../../contract/operations.ts'
import { findProblems } from '../../text/schema-problems.ts'
import { type Json, objectOf } from '../json.ts'
import { closeObjects } from './close-objects.ts'
import type { RecordedExchange } from './recorded-exchange.ts'

/** The operation and version that a URL leads to, with the parameters of its path. */
export interface RecordedRoute {
  readonly route: OperationRoute
  /** Such as `{ campaignGuid: '430318c4-…' }`, decoded. */
  readonly parameters: Readonly<Record<string, string>>
}

/** The path of a URL, without what a proxy may have in front of HubSpot's path. */
export function pathOfUrl(url: string): string {
  const [beforeQuery = ''] = url.split(/[?#]/)
  const path = beforeQuery.replace(/^\w+:\/\/[^/]*/, '')
  const start = path.search(/\/(?:marketing|oauth|account-info|integrations|crm)\//)
  return (start < 0 ? path : path.slice(start)).replace(/(.)\/$/, '$1')
}

/** Paths without parameters come first, as in a router. */
const patterns = operationRoutes
  .map((route) => ({ route, names: namesIn(route.path), pattern: patternOf(route.path) }))
  .sort((a, b) => a.names.length - b.names.length)

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\./g, '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`)
}

/** The route of a method, which can be empty, and a URL; undefined if the mock does not serve it. */
export function routeOf(method: string, url: string): RecordedRoute | undefined {
  const path = pathOfUrl(url)
  for (const { route, names, pattern } of patterns) {
    const match = method === '' || route.operation.method === method ? pattern.exec(path) : null
    if (match === null) continue
    const values = names.map((name, i): [string, string] => [name, decode(String(match[i + 1]))])
    return { route, parameters: Object.fromEntries(values) }
  }
  return undefined
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** Whether a response is an error: by its status, or by its members where there is no status. */
export function isError({ status, body }: Pick<RecordedExchange, 'status' | 'body'>): boolean {
  if (status !== undefined) return status >= 400
  const members = objectOf(body)
  const isEnvelope = ['correlationId', 'category', 'error_description'].some((name) => name in members)
  return isEnvelope || (members['status'] === 'error' && 'message' in members)
}

/** The minimum similarity of a body and a schema, from 0 to 1. */
const minimumSimilarity = 0.5

/**
 * The operations that could have this body in a successful response, the most likely first. There can be several: a page of
 * contacts looks like a page of assets without names.
 */
export function operationsOfBody(body: Json): OperationName[] {
  if (body === '') return [...new Set(withoutBody.map(({ name }) => name))]
  const names = Object.keys(objectOf(body))
  const rated = successes.map((one) => ({ ...one, similarity: similarity(one.schema, names) }))
  const most = Math.max(minimumSimilarity, ...rated.map((one) => one.similarity))
  const likeliest = rated
    .filter((one) => one.similarity === most)
    .map(({ name, schema }) => ({ name, problems: findProblems(schema, body).length }))
  const fewest = Math.min(...likeliest.map(({ problems }) => problems))
  return [...new Set(likeliest.filter(({ problems }) => problems === fewest).map(({ name }) => name))]
}

const withoutBody = operationRoutes.filter(({ operation }) => 204 in operation.responses)

/** The schema of each successful response, with closed objects. Alternative bodies are separate entries. */
const successes = operationRoutes.flatMap((route) =>
  Object.values(responsesOf(route))
    .flatMap((schema): TSchema[] => schema['anyOf'] ?? [schema])
    .map((schema) => ({ name: route.name, schema: closeObjects(schema) })),
)

/** The share of members that a body and a schema have in common, from 0 to 1. */
function similarity({ type, properties = {}, required = [] }: TSchema, names: readonly string[]): number {
  if (type === 'null') return 0
  const shared = names.filter((name) => Object.hasOwn(properties, name)).length
  const all = new Set([...names, ...required]).size
  return all === 0 ? Number(Object.keys(properties).length === 0) : shared / all
}
