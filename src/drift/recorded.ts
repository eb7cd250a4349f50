import { Kind, type TSchema, Type } from '@sinclair/typebox'
import { assetsPerPage, assetTypes } from '../contract/asset.ts'
import {
  BatchResponsePublicCampaignWithAssets,
  BatchResponsePublicCampaignWithAssetsWithErrors,
  maximumInputs,
  RecordedBatchResponseWithErrors,
} from '../contract/batch.ts'
import { callErrors } from '../contract/call-error.ts'
import { fidelities } from '../contract/fidelity.ts'
import { batchReadPaths } from '../contract/paths.ts'
import { findProblems, writeProblem } from '../world/problem.ts'
import { redactText } from '../world/redact.ts'
import { unasked } from './recorded-asked.ts'
import { unknownError } from './recorded-error.ts'
import { unknownHeaders } from './recorded-headers.ts'
import { type Recording, recordingsIn } from './recording.ts'
import { shorten } from './report.ts'
import { type Json, list, member, object } from './schema.ts'

/** What a recording comes to. */
export interface RecordedReport {
  /** Which answer it is. */
  readonly title: string
  /** What the mock would never have sent, a line each; without a token of the recording. */
  readonly findings: readonly string[]
}

/**
 * Tells what in recorded answers the mock would never have sent.
 * @param recorded a JSON body, one HAR entry, or a whole HAR
 * @returns a report for each answer of the endpoint; none if there is no such answer
 */
export function checkRecorded(recorded: Json): RecordedReport[] {
  return recordingsIn(recorded).map((recording) => {
    // Shortened last: half a token would not be known for one.
    const all = [...findingsIn(recording)].map((line) => shorten(redactText(line, recording.token), mostLineChars))
    const findings =
      all.length <= mostFindings ? all : [...all.slice(0, mostFindings), `and ${all.length - mostFindings} more`]
    return { title: titleOf(recording), findings }
  })
}

const mostLineChars = 300
const mostFindings = 100

function titleOf({ path, status, body }: Recording): string {
  const what = member(body, 'results') === undefined ? 'an error' : 'an answer'
  return [what, ...(status === undefined ? [] : [String(status)]), ...(path === undefined ? [] : [`of ${path}`])].join(
    ' ',
  )
}

function* findingsIn(recording: Recording): Generator<string> {
  const { body, headers, path } = recording
  if (headers !== undefined && path === undefined) yield 'path: is of a version that the mock does not have'
  if (typeof body === 'string') yield* unknownPage(recording)
  else if (member(body, 'results') === undefined) yield* unknownError(recording)
  else yield* unknownAnswer(recording)
  if (headers !== undefined) yield* unknownHeaders(headers, recording)
}

/** The pages that HubSpot was seen to answer instead of JSON: the mock has them in observed fidelity. */
function* unknownPage({ status, body }: Recording): Generator<string> {
  const pages: number[] = fidelities.observed.htmlErrors.map((name) => callErrors[name].statusCode)
  if (body === '') yield 'the recording holds no body'
  else if (status === undefined || !pages.includes(status)) yield `status ${status}: the mock answers it as JSON`
}

function* unknownAnswer({ body, status, path, asked }: Recording): Generator<string> {
  const hasErrors = member(body, 'errors') !== undefined || member(body, 'numErrors') !== undefined
  const expected = hasErrors ? [207, batchReadPaths.find(({ url }) => url === path)?.partialFailure ?? 207] : [200]
  if (status !== undefined && !expected.includes(status)) yield `status ${status}: the mock answers ${expected[0]}`
  const schemas = hasErrors
    ? [RecordedBatchResponseWithErrors, BatchResponsePublicCampaignWithAssetsWithErrors]
    : [BatchResponsePublicCampaignWithAssets]
  const problems = schemas.map((schema) => findProblems(closed(schema), body))
  const [fewest = []] = problems.sort((a, b) => a.length - b.length)
  // The value itself may be a secret.
  yield* fewest.map((problem) => writeProblem(problem).replace(/, got the (\w+) .*/s, ', got a $1'))
  yield* unknownMoments(body, 'completedAt', 'startedAt')
  if (hasErrors && member(body, 'numErrors') !== list(member(body, 'errors')).length) {
    yield `numErrors: is not the number of the errors`
  }
  const results = list(member(body, 'results'))
  if (results.length > maximumInputs)
    yield `results: ${results.length} of them, where ${maximumInputs} can be asked for`
  for (const [i, campaign] of results.entries()) {
    for (const line of unknownCampaign(campaign)) yield `results[${i}].${line}`
  }
  if (asked !== undefined) yield* unasked(body, asked)
}

function* unknownCampaign(campaign: Json): Generator<string> {
  yield* unknownMoments(campaign, 'createdAt', 'updatedAt')
  const properties = Object.entries(object(member(campaign, 'properties')))
  for (const [name, value] of properties) {
    if (value === '') yield `properties.${name}: is empty, where the mock leaves out what has no value`
  }
  // What looks like a number stands first once JSON has been read, wherever it stood.
  const names = properties.map(([name]) => name).filter((name) => !/^\d+$/.test(name))
  if (names.join() !== [...names].sort().join()) yield 'properties: are not sorted'
  for (const [type, assets] of Object.entries(object(member(campaign, 'assets')))) {
    for (const line of unknownAssets(type, assets)) yield `assets.${type}${line}`
  }
}

function* unknownAssets(type: string, assets: Json): Generator<string> {
  const known = new Map<string, readonly string[]>(Object.entries(assetTypes)).get(type)
  if (known === undefined) yield ': an asset type that the mock does not know'
  const results = list(member(assets, 'results'))
  if (results.length > assetsPerPage) yield `: ${results.length} on one page, where the mock has ${assetsPerPage}`
  const metrics = new Set(results.flatMap((asset) => Object.keys(object(member(asset, 'metrics')))))
  for (const name of metrics) {
    if (known !== undefined && !known.includes(name)) yield `: a metric ${name} that the mock does not know of it`
  }
}

function* unknownMoments(value: Json, ...names: string[]): Generator<string> {
  for (const name of names) {
    const moment = member(value, name)
    if (typeof moment === 'string' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(moment)) {
      yield `${name}: is not written as the mock writes moments, with three decimals and Z`
    }
  }
}

/** The schema with every object closed, so that a member it does not know is told; formats are looked at apart. */
function closed(schema: TSchema): TSchema {
  return Type.Unsafe(close(schema))
}

function close(schema: unknown): TSchema {
  if (typeof schema !== 'object' || schema === null) return schema as unknown as TSchema
  if (Array.isArray(schema)) return schema.map(close) as unknown as TSchema
  const { format: _, ...rest } = schema as TSchema
  const entries = Reflect.ownKeys(rest).map((key) => [key, close(Reflect.get(rest, key))])
  const shut = Reflect.get(schema, Kind) === 'Object' ? { additionalProperties: false } : {}
  return { ...Object.fromEntries(entries), ...shut }
}
