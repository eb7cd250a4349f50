import { Type } from '@sinclair/typebox'
import { type CallErrorName, callErrors } from '../../contract/errors.ts'
import { type Operation, type OperationName, operations } from '../../contract/operations.ts'
import { AnyName } from '../../contract/schemas/any-name.ts'
import { BatchStatus } from '../../contract/schemas/batch.ts'
import { type OAuthErrorName, oauthErrors } from '../../contract/schemas/oauth.ts'
import type * as api from '../../public/step.ts'
import { withRules } from '../../text/schema-rules.ts'
import { repeatRules, stepRules } from './step-rules.ts'

const closed = { additionalProperties: false }

/** How many of the found campaigns the response has. */
const Results = Type.Union([Type.Literal('all'), Type.Literal('none'), Type.Integer({ minimum: 0 })], {
  description: 'all, none or a whole number',
})

const longestDelayMs = 2 ** 31 - 1
const DelayMs = Type.Integer({ minimum: 0, maximum: longestDelayMs })

/** A valid name of a header. */
export const headerName = /^[\w!#$%&'*+.^`|~-]+$/

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
const Name = Type.Union(
  operationNames.map((name) => Type.Literal(name as OperationName)),
  { description: `an operation: ${operationNames.join(', ')}` },
)

/** The operations that take a step. Calls of other operations pass and do not take it. */
const On = Type.Union([Name, Type.Array(Name, { minItems: 1 })], {
  description: `an operation or a list of them: ${operationNames.join(', ')}`,
})

/** More names than any call can have: a batch has 100 ids at most. */
const maximumNames = 1000
const Names = Type.Array(Type.String(), { minItems: 1, maxItems: maximumNames })

/** What a call has to name to take a step. */
const When = Type.Object(
  { ids: Type.Optional(Names), properties: Type.Optional(Names) },
  { ...closed, minProperties: 1, description: 'an object {ids, properties} with at least one of the two' },
)

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
    when: Type.Optional(When),
    times: Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of calls, at least 1' })),
    for: Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of milliseconds, at least 1' })),
  },
  { ...closed, ...stepRules },
)
export type Step = api.Step

/** The schema of `Steps`. */
export const Steps = Type.Array(Step, { minItems: 1, description: 'a list of steps, at least one' })
export type Steps = api.Steps

const RepeatedSteps = Type.Object(
  { repeat: Type.Optional(Type.Boolean()), steps: Steps },
  { ...closed, ...repeatRules },
)

/** The schema of `Scenario`. */
export const Scenario = Type.Union([Steps, RepeatedSteps], {
  description: 'a list of steps, or {repeat: true, steps: […]}',
})
export type Scenario = api.Scenario

/** The steps of a scenario. */
export function stepsOf(scenario: Scenario): Steps {
  return Array.isArray(scenario) ? scenario : scenario.steps
}

/** Whether the first step follows the last one. */
export function isRepeated(scenario: Scenario): boolean {
  return !Array.isArray(scenario) && scenario.repeat === true
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
