import { Type } from '@sinclair/typebox'
import { type CallErrorName, callErrors } from '../../contract/errors.ts'
import { type Operation, type OperationName, operations } from '../../contract/operations.ts'
import { AnyName } from '../../contract/schemas/any-name.ts'
import { BatchStatus, isBatchStatus } from '../../contract/schemas/batch.ts'
import { isCloneStatus } from '../../contract/schemas/clone.ts'
import { isOAuthErrorName, type OAuthErrorName, oauthErrors } from '../../contract/schemas/oauth.ts'
import type * as api from '../../public/step.ts'
import type { JsonPath } from '../../text/json-text.ts'
import { unrepresentable } from '../../text/representable.ts'
import { findProblems, type Problem } from '../../text/schema-problems.ts'
import { withRules } from '../../text/schema-rules.ts'
import { excluded, stepRules } from './step-rules.ts'

const closed = { additionalProperties: false }

/** How many of the found campaigns the response has. */
const Results = Type.Union([Type.Literal('all'), Type.Literal('none'), Type.Integer({ minimum: 0 })], {
  description: 'all, none or a whole number',
})

const longestDelayMs = 2 ** 31 - 1
const DelayMs = Type.Integer({ minimum: 0, maximum: longestDelayMs })

const headerName = /^[\w!#$%&'*+.^`|~-]+$/

/** Headers with values that are valid in HTTP. `headerProblems` checks the names. */
const Headers = Type.Record(
  AnyName,
  Type.String({ pattern: '^[\\t\\x20-\\x7e]*$', description: 'text without line breaks (put it in quotes)' }),
  withRules({ propertyNames: { type: 'string', pattern: headerName.source } }),
)

/** A custom error response: an object is sent as JSON, a text as an HTML page. */
const OwnError = Type.Object(
  {
    status: Type.Integer({ minimum: 200, maximum: 599 }),
    body: Type.Optional(Type.Unknown()),
    headers: Type.Optional(Headers),
  },
  closed,
)
export type OwnError = api.OwnError

const errorNames = [...Object.keys(callErrors), ...Object.keys(oauthErrors)]

/** A fault of the connection: reset (RST) · closed without a byte · closed in the middle of the body · the body in small pieces. */
export const Fault = Type.Union(
  [Type.Literal('reset'), Type.Literal('empty'), Type.Literal('truncate'), Type.Literal('drip')],
  { description: 'reset, empty, truncate or drip' },
)
export type Fault = api.Fault

const operationNames = Object.keys(operations)
const Name = Type.Union(operationNames.map((name) => Type.Literal(name as OperationName)))

/** The operations that take a step. Calls of other operations pass and do not take it. */
const On = Type.Union([Name, Type.Array(Name, { minItems: 1 })], {
  description: `an operation or a list of them: ${operationNames.join(', ')}`,
})

/** The status of a batch; with `on: clone.status`, the status of a clone. */
const Status = Type.Union([...BatchStatus.anyOf, Type.Literal('FAILED'), Type.Literal('PARTIAL_FAILURE')], {
  description: 'COMPLETE, PENDING, PROCESSING or CANCELED, or the status of a clone',
})

/** The schema of `Step`. */
export const Step = Type.Object(
  {
    status: Type.Optional(Status),
    results: Type.Optional(Results),
    error: Type.Optional(
      Type.Union(
        [Type.Union(errorNames.map((name) => Type.Literal(name as CallErrorName | OAuthErrorName))), OwnError],
        {
          description: `one of ${errorNames.join(', ')}, or {status, body, headers}`,
        },
      ),
    ),
    delay: Type.Optional(
      Type.Union([DelayMs, Type.Object({ min: DelayMs, max: DelayMs }, closed)], {
        description: 'a whole number of milliseconds, or {min, max}',
      }),
    ),
    hold: Type.Optional(Type.Boolean()),
    chance: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'a number from 0 to 1' })),
    fault: Type.Optional(Fault),
    headers: Type.Optional(Headers),
    on: Type.Optional(On),
    times: Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of calls, at least 1' })),
    for: Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of milliseconds, at least 1' })),
  },
  { ...closed, ...stepRules },
)
export type Step = api.Step

/** The schema of `Steps`. */
export const Steps = Type.Array(Step, { minItems: 1, description: 'a list of steps, at least one' })
export type Steps = api.Steps

/** Returns every problem of a list of steps. */
export function checkSteps(value: unknown): Problem[] {
  const problem = unrepresentable(value)
  if (problem !== undefined) return [problem]
  const problems = findProblems(Steps, value)
  return problems.length > 0 ? problems : [...semanticProblems(value as Steps, [])]
}

const framing = ['content-length', 'transfer-encoding', 'connection', 'trailer', 'upgrade', 'keep-alive']

/** The problems of steps that match the schema. */
export function* semanticProblems(steps: Steps, path: JsonPath): Generator<Problem> {
  for (const [i, step] of steps.entries()) {
    const { delay, error, headers } = step
    yield* exclusionProblems(step, [...path, i])
    yield* statusProblems(step, [...path, i, 'status'])
    yield* oauthErrorProblems(step, [...path, i, 'error'])
    if (typeof delay === 'object' && delay.min > delay.max) {
      yield { path: [...path, i, 'delay'], message: `min ${delay.min} is greater than max ${delay.max}: swap them` }
    }
    yield* headerProblems(headers, [...path, i, 'headers'])
    if (typeof error === 'object') yield* headerProblems(error.headers, [...path, i, 'error', 'headers'])
  }
}

function* exclusionProblems(step: Step, path: JsonPath): Generator<Problem> {
  for (const { by, members, reason } of excluded) {
    const given = by === 'error' ? step.error !== undefined : step.fault === by
    if (!given) continue
    const name = by === 'error' ? 'error' : `fault: ${by}`
    for (const member of members) {
      if (step[member] === undefined) continue
      yield { path: [...path, member], message: `cannot be used with ${name}, because ${reason}: use two steps` }
    }
  }
}

/** The statuses of a batch and of a clone differ. */
function* statusProblems({ status, on = 'batch.read' }: Step, path: JsonPath): Generator<Problem> {
  if (status === undefined) return
  for (const operation of [on].flat()) {
    const isOfClone = operation.startsWith('clone.')
    if (isOfClone ? isCloneStatus(status) : isBatchStatus(status)) continue
    const fix = isOfClone ? 'PENDING, COMPLETE, FAILED or PARTIAL_FAILURE' : 'COMPLETE, PENDING, PROCESSING or CANCELED'
    yield { path, message: `${operation} has no status ${status}: expected ${fix}` }
  }
}

/** The errors of OAuth apply to OAuth operations only, because their bodies differ from all others. */
function* oauthErrorProblems({ error, on = [] }: Step, path: JsonPath): Generator<Problem> {
  if (typeof error !== 'string' || !isOAuthErrorName(error)) return
  const names = [on].flat()
  if (names.length > 0 && names.every((name) => name.startsWith('oauth.'))) return
  yield { path, message: `${error} is an error of OAuth: add on: oauth.token` }
}

function* headerProblems(headers: Record<string, string> = {}, path: JsonPath): Generator<Problem> {
  for (const name of Object.keys(headers)) {
    if (!headerName.test(name)) yield { path: [...path, name], message: `invalid header name ${JSON.stringify(name)}` }
    if (framing.includes(name.toLowerCase())) {
      yield {
        path: [...path, name],
        message: `${name} is set by the mock: to send an incomplete response, use fault: truncate`,
      }
    }
  }
}

/** Whether a step applies to an operation. A step with `status` or `results` applies to batch reads by default. */
export function appliesTo({ on, status, results }: Step, operation: OperationName): boolean {
  if (on !== undefined) return [on].flat().includes(operation)
  if (status !== undefined || results !== undefined) return operation === 'batch.read'
  const { isSetUp }: Operation = operations[operation]
  return isSetUp === undefined
}

/** How long a step waits before the response, in milliseconds. */
export function delayOf({ delay = 0 }: Step): number {
  if (typeof delay === 'number') return delay
  return Math.round(delay.min + Math.random() * (delay.max - delay.min))
}
