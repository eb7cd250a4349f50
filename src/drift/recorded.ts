import { Kind, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { type CallError, callErrors } from '../contract/errors.ts'
import { fidelities } from '../contract/fidelity.ts'
import { batchReadPaths } from '../contract/paths.ts'
import { assetsPerPage, assetTypes } from '../contract/schemas/asset.ts'
import {
  BatchResponsePublicCampaignWithAssets,
  BatchResponsePublicCampaignWithAssetsWithErrors,
  maximumInputs,
  RecordedBatchResponseWithErrors,
} from '../contract/schemas/batch.ts'
import { PublicCampaignWithAssets } from '../contract/schemas/campaign.ts'
import { parseMoment } from '../text/dates.ts'
import { redactText } from '../text/redact.ts'
import { findProblems, writeProblem } from '../text/schema-problems.ts'
import { shorten } from '../text/shorten.ts'
import { canonicalId } from '../world/fixtures/fixture.ts'
import { unasked } from './recorded-asked.ts'
import { type ErrorLook, lookAtError } from './recorded-error.ts'
import { unknownHeaders } from './recorded-headers.ts'
import { type Recording, recordingsIn } from './recording.ts'
import { type Json, list, member, object } from './schema.ts'
import { sayName } from './told.ts'

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
  const error = lookAtFailure(recording)
  if (error === undefined) yield* unknownAnswer(recording)
  else yield* error.findings
  if (headers !== undefined) yield* unknownHeaders(headers, body, error?.nearest?.headers)
}

/** The pages that HubSpot was seen to answer instead of JSON: the mock has them in observed fidelity. */
const pages: readonly CallError[] = fidelities.observed.htmlErrors.map((name) => callErrors[name])

/** What a call that failed as a whole comes to; undefined if it did not. */
function lookAtFailure(recording: Recording): ErrorLook | undefined {
  const { body, status } = recording
  if (typeof body !== 'string') return member(body, 'results') === undefined ? lookAtError(recording) : undefined
  const nearest = pages.find(({ statusCode }) => statusCode === status)
  if (body === '') return { findings: ['the recording holds no body'], nearest }
  return { findings: nearest === undefined ? [`status ${status}: the mock answers it as JSON`] : [], nearest }
}

function* unknownAnswer({ body, status, path, asked }: Recording): Generator<string> {
  const hasErrors = member(body, 'errors') !== undefined || member(body, 'numErrors') !== undefined
  const departures = (hasErrors ? partialFailures(path) : [success]).map((one) => [...unlikeAnswer(one, body, status)])
  const [fewest = []] = departures.sort((a, b) => a.length - b.length)
  yield* fewest
  yield* unknownMoments(body, 'completedAt', 'startedAt')
  yield* otherOrder(body, RecordedBatchResponseWithErrors)
  const errors = list(member(body, 'errors'))
  if (hasErrors && errors.length === 0) yield 'errors: are none, where the mock leaves them out'
  if (hasErrors && member(body, 'numErrors') !== errors.length) yield 'numErrors: is not the number of the errors'
  const results = list(member(body, 'results'))
  if (results.length > maximumInputs)
    yield `results: ${results.length} of them, where ${maximumInputs} can be asked for`
  const ids = new Set(results.map((campaign) => canonicalId(String(member(campaign, 'id')))))
  if (ids.size < results.length) yield 'results: hold a campaign more than once'
  for (const [i, campaign] of results.entries()) {
    for (const line of unknownCampaign(campaign)) yield `results[${i}].${line}`
  }
  if (asked !== undefined) yield* unasked(body, asked)
}

/** What is answered with a status. */
interface Answered {
  readonly status: number
  readonly schema: TSchema
}

const success: Answered = { status: 200, schema: closed(BatchResponsePublicCampaignWithAssets) }
const withErrors = closed(BatchResponsePublicCampaignWithAssetsWithErrors)
const withRecordedErrors = closed(RecordedBatchResponseWithErrors)

/** How some inputs that failed are answered: as the spec of the path has it, and as it was recorded on all. */
function partialFailures(path: string | undefined): Answered[] {
  const { partialFailure = 207 } = batchReadPaths.find(({ url }) => url === path) ?? {}
  return [
    { status: partialFailure, schema: withErrors },
    { status: 207, schema: withRecordedErrors },
  ]
}

function* unlikeAnswer({ status, schema }: Answered, body: Json, given: number | undefined): Generator<string> {
  if (given !== undefined && given !== status) yield `status ${given}: the mock answers ${status}`
  for (const { path, message } of findProblems(schema, body)) {
    const name = path.at(-1)
    const shown = path.map((step) => (typeof step === 'string' ? sayName(step) : step))
    const words =
      typeof name === 'string' ? message.replace(JSON.stringify(name), JSON.stringify(sayName(name))) : message
    // The value itself may be a secret.
    yield writeProblem({ path: shown, message: words.replace(/, got .*/s, '') })
  }
}

/** The members stand in the order they were recorded in. */
function* otherOrder(value: Json, { properties }: TObject): Generator<string> {
  const order = Object.keys(properties)
  const places = Object.keys(object(value)).flatMap((name) => (order.includes(name) ? [order.indexOf(name)] : []))
  if (places.some((place, i) => place < (places[i - 1] ?? 0))) yield `${order[0]}: stands in another order`
}

function* unknownCampaign(campaign: Json): Generator<string> {
  yield* unknownMoments(campaign, 'createdAt', 'updatedAt')
  yield* otherOrder(campaign, PublicCampaignWithAssets)
  const properties = Object.entries(object(member(campaign, 'properties')))
  for (const [name, value] of properties) {
    if (value === '') yield `properties.${sayName(name)}: is empty, where the mock leaves out what has no value`
  }
  // What looks like a number stands first once JSON has been read, wherever it stood.
  const names = properties.map(([name]) => name).filter((name) => !/^\d+$/.test(name))
  if (names.join() !== [...names].sort().join()) yield 'properties: are not sorted'
  for (const [type, assets] of Object.entries(object(member(campaign, 'assets')))) {
    for (const line of unknownAssets(type, assets)) yield `assets.${sayName(type)}: ${line}`
  }
}

function* unknownAssets(type: string, assets: Json): Generator<string> {
  const known = new Map<string, readonly string[]>(Object.entries(assetTypes)).get(type)
  if (known === undefined) yield 'an asset type that the mock does not know'
  const results = list(member(assets, 'results'))
  if (results.length === 0) yield 'holds none, where the mock leaves the type out'
  if (results.length > assetsPerPage) yield `${results.length} on one page, where the mock has ${assetsPerPage}`
  if (results.length < assetsPerPage && member(assets, 'paging') !== undefined)
    yield 'has a next page before one is full'
  const withMetrics = results.filter((asset) => member(asset, 'metrics') !== undefined)
  if (withMetrics.length > 0 && withMetrics.length < results.length) yield 'some have metrics, and some have not'
  const metrics = new Set(withMetrics.flatMap((asset) => Object.keys(object(member(asset, 'metrics')))))
  for (const name of metrics) {
    if (known !== undefined && !known.includes(name))
      yield `a metric ${sayName(name)} that the mock does not know of it`
  }
}

function* unknownMoments(value: Json, ...names: string[]): Generator<string> {
  for (const name of names) {
    const moment = member(value, name)
    if (typeof moment !== 'string') continue
    const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(moment)
    if (!isWritten || parseMoment(moment) === undefined) {
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
