import { FormatRegistry, Kind, type TSchema, Type } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import type { InjectOptions } from 'fastify'
import { onTestFinished } from 'vitest'
import { createApp } from '../src/app.ts'
import { CallErrorBody } from '../src/contract/errors.ts'
import { type OperationRoute, operationRoutes, responsesOf } from '../src/contract/operation-routes.ts'
import { RecordedBatchResponseWithErrors, RecordedBatchWriteResponseWithErrors } from '../src/contract/schemas/batch.ts'
import { OAuthErrorBody } from '../src/contract/schemas/oauth.ts'
import { Health } from '../src/control/health.ts'
import type { AppOptions } from '../src/public/mock.ts'
import type { FixtureCampaign } from '../src/world/fixtures/fixture.ts'

export type { Step } from '../src/world/scenarios/step.ts'

export const v3 = '/marketing/v3/campaigns/batch/read'
export const unknownId = '00000000-0000-4000-8000-000000000404'

export const spring: FixtureCampaign = {
  id: '11111111-1111-4111-8111-111111111111',
  properties: { hs_name: 'Spring', hs_campaign_status: 'active', hs_notes: '', hs_goal: null },
}
export const summer: FixtureCampaign = { id: '22222222-2222-4222-8222-222222222222', properties: { hs_name: 'Summer' } }

/** The built-in scenarios, as an error lists them. */
export const shippedScenarios =
  'pending, processing, canceled, backlog, unauthorized, expired-token, missing-scopes, rate-limited, daily-limit, locked, migrating, server-error, bad-gateway, unavailable, gateway-timeout, slow, reset, empty, truncated, drip, flaky, recovering'

export interface Answer {
  statusCode: number
  headers: Record<string, unknown>
  /** The body as text, and parsed. */
  text: string
  body: ReturnType<typeof JSON.parse>
}

export interface ReadOptions {
  path?: string
  query?: string
  token?: string | undefined
  headers?: Record<string, string>
}

/** Creates an app with a fixture and closes it after the test. Every response is checked against the contract. */
export async function build(
  fixtures: AppOptions['fixtures'] = { campaigns: [spring, summer] },
  options: AppOptions = {},
) {
  const app = await createApp({ fixtures, ...options })
  onTestFinished(() => app.close())
  const send = async (request: InjectOptions): Promise<Answer> => {
    const { statusCode, headers, payload } = await app.inject(request)
    const html = String(headers['content-type']).startsWith('text/html')
    const body = payload === '' || html ? undefined : JSON.parse(payload)
    if (body !== undefined) checkAnswer(request.method ?? 'GET', String(request.url), statusCode, body)
    return { statusCode, headers, text: payload, body }
  }
  /** Sends a body unchanged. */
  const post = (payload: string, { path = v3, query = '', token = 'any', headers = {} }: ReadOptions = {}) =>
    send({
      method: 'POST',
      url: query === '' ? path : `${path}?${query}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      payload,
    })
  /** Reads campaigns by their ids. */
  const read = (ids: readonly string[], options: ReadOptions = {}) =>
    post(JSON.stringify({ inputs: ids.map((id) => ({ id })) }), options)
  /** Sends a GET request. */
  const get = (url: string, token = 'any') =>
    send({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })
  return { app, send, post, read, get }
}

FormatRegistry.Set('date-time', (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text))
FormatRegistry.Set('uuid', (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text))

/** Throws if a body does not match its schema exactly. */
function checkAnswer(method: string, url: string, statusCode: number, body: object): void {
  // As a client does, so that `..` in a path leads to the operation above it.
  const { pathname } = new URL(url.startsWith('/') ? `http://localhost${url}` : url)
  const schema = schemaOf(method, pathname, statusCode)
  if (schema === undefined) return
  const check = checkOf(schema)
  if (check.Check(body)) return
  const error = check.Errors(body).First()
  throw new Error(`${statusCode} ${error?.path}: ${error?.message} in ${JSON.stringify(body)}`)
}

const checks = new WeakMap<TSchema, TypeCheck<TSchema>>()

/** The strict check of a schema, compiled once. */
function checkOf(schema: TSchema): TypeCheck<TSchema> {
  const check = checks.get(schema) ?? TypeCompiler.Compile(strict(schema))
  checks.set(schema, check)
  return check
}

/** The body of a failed OAuth call: an error of OAuth, or one that any call can have. */
const AnyOAuthError = Type.Union([OAuthErrorBody, CallErrorBody])

/** The schema of a response; undefined for the control API, which has its own tests. */
function schemaOf(method: string, path: string, statusCode: number): TSchema | undefined {
  if (path.startsWith('/_mock/') && path !== '/_mock/health') return undefined
  if (path.startsWith('/oauth/') && statusCode === 400) return AnyOAuthError
  if (statusCode >= 400) return CallErrorBody
  if (path.endsWith('/health')) return Health
  const routes = operationRoutes.filter((one) => one.operation.method === method && isPathOf(one, path))
  // As in the router, a path without parameters comes first.
  const [route] = routes.sort((a, b) => a.path.split('{').length - b.path.split('{').length)
  if (route === undefined) return undefined
  return statusCode === 207 ? partialFailureOf(route) : responsesOf(route)[statusCode]
}

const partialFailures = new WeakMap<TSchema, TSchema>()

/** A partial failure in either fidelity; one schema for each operation, so that it is compiled once. */
function partialFailureOf({ name, operation }: OperationRoute): TSchema | undefined {
  const documented = operation.partialFailure?.multiStatus
  if (documented === undefined) return undefined
  const recorded = name === 'batch.read' ? RecordedBatchResponseWithErrors : RecordedBatchWriteResponseWithErrors
  const schema = partialFailures.get(documented) ?? Type.Union([documented, recorded])
  partialFailures.set(documented, schema)
  return schema
}

/** Whether a path is one of a route; more than one route can have it, with other methods. */
function isPathOf({ path: template }: OperationRoute, path: string): boolean {
  const pattern = template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')
  return new RegExp(`^${pattern}/?$`).test(path)
}

/** The schema with every object closed, so that a member it does not know is an error. */
function strict<T>(schema: T): T {
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Reflect.ownKeys(schema).map((key) => [key, strict(Reflect.get(schema, key))])
  const copy = Array.isArray(schema) ? schema.map(strict) : Object.fromEntries(entries)
  return Reflect.get(schema, Kind) === 'Object' ? { ...copy, additionalProperties: false } : copy
}
