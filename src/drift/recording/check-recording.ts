import { Kind, type TObject, type TSchema, Type } from '@sinclair/typebox'
import { type CallError, callErrors } from '../../contract/errors.ts'
import { fidelities } from '../../contract/fidelity.ts'
import { operationRoutes } from '../../contract/operation-routes.ts'
import { assetsPerPage, assetTypes } from '../../contract/schemas/asset.ts'
import {
  BatchResponsePublicCampaignWithAssets,
  BatchResponsePublicCampaignWithAssetsWithErrors,
  maximumInputs,
  RecordedBatchResponseWithErrors,
} from '../../contract/schemas/batch.ts'
import { PublicCampaignWithAssets } from '../../contract/schemas/campaign.ts'
import { parseMoment } from '../../text/dates.ts'
import { redactText } from '../../text/redact.ts'
import { findProblems, writeProblem } from '../../text/schema-problems.ts'
import { shorten } from '../../text/shorten.ts'
import { canonicalId } from '../../world/fixtures/fixture.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'
import { checkError, type ErrorCheck } from './check-error.ts'
import { headerFindings } from './check-headers.ts'
import { requestFindings } from './check-request.ts'
import { showName } from './describe-value.ts'
import { type Recording, recordingsIn } from './har-recording.ts'

/** The result of checking one recorded response. */
export interface RecordingReport {
  /** Which response it is. */
  readonly title: string
  /** What the mock would never send, a line each, without the token of the recording. */
  readonly findings: readonly string[]
}

/**
 * Finds what the mock would never send in recorded batch reads.
 * @param recorded a JSON body, a HAR entry or a HAR
 * @returns a report for each batch read; none if there is no batch read
 */
export function checkRecording(recorded: Json): RecordingReport[] {
  return recordingsIn(recorded).map((recording) => {
    // Shortened last: half a token would not be recognised.
    const all = [...findingsIn(recording)].map((line) => shorten(redactText(line, recording.token), maximumLineChars))
    const findings =
      all.length <= maximumFindings
        ? all
        : [...all.slice(0, maximumFindings), `and ${all.length - maximumFindings} more`]
    return { title: titleOf(recording), findings }
  })
}

const maximumLineChars = 300
const maximumFindings = 100

function titleOf({ path, status, body }: Recording): string {
  const what = member(body, 'results') === undefined ? 'an error' : 'a response'
  return [what, ...(status === undefined ? [] : [String(status)]), ...(path === undefined ? [] : [`of ${path}`])].join(
    ' ',
  )
}

function* findingsIn(recording: Recording): Generator<string> {
  const { body, headers, path } = recording
  if (headers !== undefined && path === undefined) yield 'path: is of a version that the mock does not serve'
  const error = checkFailure(recording)
  if (error === undefined) yield* batchFindings(recording)
  else yield* error.findings
  if (headers !== undefined) yield* headerFindings(headers, body, error?.nearest?.headers)
}

/** The HTML pages that HubSpot was seen to send instead of JSON: the mock sends them in observed fidelity. */
const pages: readonly CallError[] = fidelities.observed.htmlErrors.map((name) => callErrors[name])

/** Checks a call that failed as a whole; undefined for one that did not. */
function checkFailure(recording: Recording): ErrorCheck | undefined {
  const { body, status } = recording
  if (typeof body !== 'string') return member(body, 'results') === undefined ? checkError(recording) : undefined
  const nearest = pages.find(({ statusCode }) => statusCode === status)
  if (body === '') return { findings: ['the recording has no body'], nearest }
  return { findings: nearest === undefined ? [`status ${status}: the mock sends JSON with it`] : [], nearest }
}

function* batchFindings({ body, status, path, request }: Recording): Generator<string> {
  const hasErrors = member(body, 'errors') !== undefined || member(body, 'numErrors') !== undefined
  const candidates = (hasErrors ? partialFailures(path) : [success]).map((one) => [
    ...schemaFindings(one, body, status),
  ])
  const [fewest = []] = candidates.sort((a, b) => a.length - b.length)
  yield* fewest
  yield* momentFindings(body, 'completedAt', 'startedAt')
  yield* orderFindings(body, RecordedBatchResponseWithErrors)
  const errors = listOf(member(body, 'errors'))
  if (hasErrors && errors.length === 0) yield 'errors: is empty, where the mock leaves it out'
  if (hasErrors && member(body, 'numErrors') !== errors.length) yield 'numErrors: is not the number of errors'
  const results = listOf(member(body, 'results'))
  if (results.length > maximumInputs)
    yield `results: ${results.length} campaigns, though ${maximumInputs} are the maximum`
  const ids = new Set(results.map((campaign) => canonicalId(String(member(campaign, 'id')))))
  if (ids.size < results.length) yield 'results: has a campaign twice'
  for (const [i, campaign] of results.entries()) {
    for (const line of campaignFindings(campaign)) yield `results[${i}].${line}`
  }
  if (request !== undefined) yield* requestFindings(body, request)
}

/** The body of a status. */
interface ExpectedResponse {
  readonly status: number
  readonly schema: TSchema
}

const success: ExpectedResponse = { status: 200, schema: closed(BatchResponsePublicCampaignWithAssets) }
const withErrors = closed(BatchResponsePublicCampaignWithAssetsWithErrors)
const withRecordedErrors = closed(RecordedBatchResponseWithErrors)

/** The responses to a batch in which some inputs failed: as in the spec of the path, and as recorded on all paths. */
function partialFailures(path: string | undefined): ExpectedResponse[] {
  const { partialFailure = 207 } = operationRoutes.find((route) => route.path === path) ?? {}
  return [
    { status: partialFailure, schema: withErrors },
    { status: 207, schema: withRecordedErrors },
  ]
}

function* schemaFindings(
  { status, schema }: ExpectedResponse,
  body: Json,
  given: number | undefined,
): Generator<string> {
  if (given !== undefined && given !== status) yield `status ${given}: the mock sends ${status}`
  for (const { path, message } of findProblems(schema, body)) {
    const name = path.at(-1)
    const shown = path.map((step) => (typeof step === 'string' ? showName(step) : step))
    const words =
      typeof name === 'string' ? message.replace(JSON.stringify(name), JSON.stringify(showName(name))) : message
    // The value itself could be a secret.
    yield writeProblem({ path: shown, message: words.replace(/, got .*/s, '') })
  }
}

/** The members are in the recorded order. */
function* orderFindings(value: Json, { properties }: TObject): Generator<string> {
  const order = Object.keys(properties)
  const places = Object.keys(objectOf(value)).flatMap((name) => (order.includes(name) ? [order.indexOf(name)] : []))
  if (places.some((place, i) => place < (places[i - 1] ?? 0))) yield `${order[0]}: the members are in another order`
}

function* campaignFindings(campaign: Json): Generator<string> {
  yield* momentFindings(campaign, 'createdAt', 'updatedAt')
  yield* orderFindings(campaign, PublicCampaignWithAssets)
  const properties = Object.entries(objectOf(member(campaign, 'properties')))
  for (const [name, value] of properties) {
    if (value === '')
      yield `properties.${showName(name)}: is empty, where the mock leaves properties without a value out`
  }
  // Parsing JSON moves names that look like numbers to the front.
  const names = properties.map(([name]) => name).filter((name) => !/^\d+$/.test(name))
  if (names.join() !== [...names].sort().join()) yield 'properties: are not sorted'
  for (const [type, assets] of Object.entries(objectOf(member(campaign, 'assets')))) {
    for (const line of assetFindings(type, assets)) yield `assets.${showName(type)}: ${line}`
  }
}

function* assetFindings(type: string, assets: Json): Generator<string> {
  const known = new Map<string, readonly string[]>(Object.entries(assetTypes)).get(type)
  if (known === undefined) yield 'an unknown asset type'
  const results = listOf(member(assets, 'results'))
  if (results.length === 0) yield 'is empty, where the mock leaves the type out'
  if (results.length > assetsPerPage) yield `${results.length} assets on one page, where the mock has ${assetsPerPage}`
  if (results.length < assetsPerPage && member(assets, 'paging') !== undefined)
    yield 'has a next page though this one is not full'
  const withMetrics = results.filter((asset) => member(asset, 'metrics') !== undefined)
  if (withMetrics.length > 0 && withMetrics.length < results.length) yield 'some assets have metrics, and some do not'
  const metrics = new Set(withMetrics.flatMap((asset) => Object.keys(objectOf(member(asset, 'metrics')))))
  for (const name of metrics) {
    if (known !== undefined && !known.includes(name)) yield `an unknown metric ${showName(name)}`
  }
}

function* momentFindings(value: Json, ...names: string[]): Generator<string> {
  for (const name of names) {
    const moment = member(value, name)
    if (typeof moment !== 'string') continue
    const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(moment)
    if (!isWritten || parseMoment(moment) === undefined) {
      yield `${name}: is not written with three decimals and Z, as the mock does`
    }
  }
}

/** The schema with every object closed, so that an unknown member is a finding. Formats are checked separately. */
function closed(schema: TSchema): TSchema {
  return Type.Unsafe(close(schema))
}

function close(schema: unknown): TSchema {
  if (typeof schema !== 'object' || schema === null) return schema as unknown as TSchema
  if (Array.isArray(schema)) return schema.map(close) as unknown as TSchema
  const { format: _, ...rest } = schema as TSchema
  const entries = Reflect.ownKeys(rest).map((key) => [key, close(Reflect.get(rest, key))])
  const closing = Reflect.get(schema, Kind) === 'Object' ? { additionalProperties: false } : {}
  return { ...Object.fromEntries(entries), ...closing }
}
