import type { TSchema } from '@sinclair/typebox'
import { type OperationRoute, responsesOf } from '../../contract/operation-routes.ts'
import {
  maximumInputs,
  RecordedBatchResponseWithErrors,
  RecordedBatchWriteResponseWithErrors,
} from '../../contract/schemas/batch.ts'
import { findProblems, writeProblem } from '../../text/schema-problems.ts'
import { canonicalId } from '../../world/fixtures/fixture.ts'
import { type Json, listOf, member } from '../json.ts'
import { valueFindings } from './check-value.ts'
import { closeObjects } from './close-objects.ts'
import { showName } from './describe-value.ts'
import type { Finding } from './finding.ts'
import type { RecordedExchange } from './recorded-exchange.ts'

/** A status that an operation can have, and the schema of its body. */
interface ExpectedResponse {
  readonly status: number
  readonly schema: TSchema
}

/** Finds everything in the body of a successful response that the mock would never send. */
export function* bodyFindings(route: OperationRoute, exchange: RecordedExchange): Generator<Finding> {
  const { body, status, text } = exchange
  const hasErrors = member(body, 'errors') !== undefined || member(body, 'numErrors') !== undefined
  const candidates = expectedResponses(route, hasErrors).map((expected) => {
    const hasStatus = status === undefined || status === expected.status
    const lines = hasStatus ? [] : [`status ${status}: the mock sends ${expected.status}`]
    return { schema: expected.schema, lines: [...lines, ...schemaFindings(expected.schema, body, text)] }
  })
  const best = candidates.reduce((best, one) => (one.lines.length < best.lines.length ? one : best))
  yield* best.lines
  if (text === '') return
  yield* valueFindings(best.schema, body)
  if (route.operation.partialFailure !== undefined) yield* batchFindings(body, hasErrors)
}

/** The responses of an operation; for a batch in which some inputs failed, as in the spec and as recorded. */
function expectedResponses(route: OperationRoute, hasErrors: boolean): ExpectedResponse[] {
  const { operation, partialFailure } = route
  if (partialFailure === undefined || !hasErrors) return splitChoices(operation.responses)
  const recorded = route.name === 'batch.read' ? RecordedBatchResponseWithErrors : RecordedBatchWriteResponseWithErrors
  const documented = Object.entries(responsesOf(route)).filter(([status]) => Number(status) === partialFailure)
  return [...splitChoices(Object.fromEntries(documented)), { status: 207, schema: recorded }]
}

/** One response for each of the bodies that a status can have. */
function splitChoices(responses: Readonly<Record<string, TSchema>>): ExpectedResponse[] {
  return Object.entries(responses).flatMap(([status, schema]) =>
    (schema['anyOf'] ?? [schema]).map((one: TSchema) => ({ status: Number(status), schema: one })),
  )
}

const closedSchemas = new WeakMap<TSchema, TSchema>()

function closed(schema: TSchema): TSchema {
  const known = closedSchemas.get(schema) ?? closeObjects(schema)
  closedSchemas.set(schema, known)
  return known
}

function* schemaFindings(schema: TSchema, body: Json, text: string): Generator<string> {
  const hasNone = schema['type'] === 'null'
  if (hasNone && text !== '') yield 'has a body, where the mock sends none'
  if (!hasNone && text === '') yield 'the recording has no body'
  if (hasNone || text === '') return
  if (typeof body === 'string') {
    yield 'the body is not JSON'
    return
  }
  for (const { path, message } of findProblems(closed(schema), body)) {
    const name = path.at(-1)
    const shown = path.map((step) => (typeof step === 'string' ? showName(step) : step))
    const words =
      typeof name === 'string' ? message.replace(JSON.stringify(name), JSON.stringify(showName(name))) : message
    // The value itself could be a secret.
    yield writeProblem({ path: shown, message: words.replace(/, got .*/s, '') })
  }
}

/** Checks the rules for the results and errors of every batch. */
function* batchFindings(body: Json, hasErrors: boolean): Generator<string> {
  const errors = listOf(member(body, 'errors'))
  if (hasErrors && errors.length === 0) yield 'errors: is empty, where the mock leaves it out'
  if (hasErrors && member(body, 'numErrors') !== errors.length) yield 'numErrors: is not the number of errors'
  const results = listOf(member(body, 'results'))
  if (results.length > maximumInputs)
    yield `results: ${results.length} campaigns, though ${maximumInputs} are the maximum`
  const ids = new Set(results.map((campaign) => canonicalId(String(member(campaign, 'id')))))
  if (ids.size < results.length) yield 'results: has a campaign twice'
}
