import { Kind, type TSchema, Type } from '@sinclair/typebox'
import { jsonContentType } from '../contract/answer-headers.ts'
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
import { redactText, tokenIn } from '../world/redact.ts'
import { shorten } from './report.ts'
import { type Json, list, member, object } from './schema.ts'

/** An answer somebody took from HubSpot, as far as the recording tells. */
interface Recording {
  readonly body: Json
  readonly path?: string
  readonly status?: number
  /** By their names in small letters. */
  readonly headers?: ReadonlyMap<string, string>
  /** What must not be told on. */
  readonly token?: string | undefined
}

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

function recordingsIn(recorded: Json): Recording[] {
  const entries = list(member(member(recorded, 'log'), 'entries'))
  if (entries.length > 0) return entries.flatMap(recordingOf)
  if (member(recorded, 'response') !== undefined) return recordingOf(recorded)
  const names = Object.keys(object(recorded))
  const isAnswer = ['results', 'correlationId', 'category'].some((name) => names.includes(name))
  return isAnswer ? [{ body: recorded }] : []
}

/** A HAR entry, if it is one of the endpoint. */
function recordingOf(entry: Json): Recording[] {
  const [request, response] = [member(entry, 'request'), member(entry, 'response')]
  const url = String(member(request, 'url') ?? '')
  const path = batchReadPaths.find((one) => url.split('?')[0]?.endsWith(one.url))?.url
  if (path === undefined) return []
  const status = Number(member(response, 'status'))
  const headers = headersOf(response)
  const token = tokenIn(headersOf(request).get('authorization'))
  const text = String(member(member(response, 'content'), 'text') ?? '')
  const encoding = member(member(response, 'content'), 'encoding')
  const body = parse(encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text)
  return [{ body, path, status, headers, token }]
}

function headersOf(message: Json | undefined): Map<string, string> {
  const pairs = list(member(message, 'headers'))
  return new Map(pairs.map((pair) => [String(member(pair, 'name')).toLowerCase(), String(member(pair, 'value'))]))
}

/** JSON as what it says; what is none, such as a gateway's page, as a text. */
function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function titleOf({ path, status, body }: Recording): string {
  const what = member(body, 'results') === undefined ? 'an error' : 'an answer'
  return [what, ...(status === undefined ? [] : [String(status)]), ...(path === undefined ? [] : [`of ${path}`])].join(
    ' ',
  )
}

function* findingsIn(recording: Recording): Generator<string> {
  const { body, headers } = recording
  if (typeof body === 'string') yield* unknownPage(recording)
  else if (member(body, 'results') === undefined) yield* unknownError(recording)
  else yield* unknownAnswer(recording)
  if (headers !== undefined) yield* unknownHeaders(headers, body)
}

/** The pages that HubSpot was seen to answer instead of JSON: the mock has them in observed fidelity. */
function* unknownPage({ status, body }: Recording): Generator<string> {
  const pages: number[] = fidelities.observed.htmlErrors.map((name) => callErrors[name].statusCode)
  if (body === '') yield 'the recording holds no body'
  else if (status === undefined || !pages.includes(status)) yield `status ${status}: the mock answers it as JSON`
}

function* unknownAnswer({ body, status, path }: Recording): Generator<string> {
  const hasErrors = member(body, 'errors') !== undefined || member(body, 'numErrors') !== undefined
  const expected = hasErrors ? [207, batchReadPaths.find(({ url }) => url === path)?.partialFailure ?? 207] : [200]
  if (status !== undefined && !expected.includes(status)) yield `status ${status}: the mock answers ${expected[0]}`
  const schemas = hasErrors
    ? [RecordedBatchResponseWithErrors, BatchResponsePublicCampaignWithAssetsWithErrors]
    : [BatchResponsePublicCampaignWithAssets]
  const problems = schemas.map((schema) => findProblems(closed(schema), body))
  const [fewest = []] = problems.sort((a, b) => a.length - b.length)
  // The value itself may be a secret.
  yield* fewest.map((problem) => writeProblem(problem).replace(/, got the text ".*/s, ', got a text'))
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
}

function* unknownCampaign(campaign: Json): Generator<string> {
  yield* unknownMoments(campaign, 'createdAt', 'updatedAt')
  const properties = Object.entries(object(member(campaign, 'properties')))
  for (const [name, value] of properties) {
    if (value === '') yield `properties.${name}: is empty, where the mock leaves out what has no value`
  }
  const names = properties.map(([name]) => name)
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

/** An error of a whole call is one of the contract's, with its words filled in. */
function* unknownError({ body, status }: Recording): Generator<string> {
  const ofStatus = Object.entries(callErrors).filter(
    ([, { statusCode }]) => status === undefined || status === statusCode,
  )
  if (ofStatus.length === 0) yield `status ${status}: no error of the contract has it`
  const departures = ofStatus.map(([name, error]) => ({ name, lines: [...unlike(error.body, body, '')] }))
  const [nearest] = departures.sort((a, b) => a.lines.length - b.lines.length)
  for (const line of nearest?.lines ?? []) yield `${line} (the nearest error is ${nearest?.name})`
}

/** Where a value departs from a template; what a documented answer adds to a recorded one is none. */
function* unlike(template: unknown, value: Json | undefined, at: string): Generator<string> {
  if (typeof template === 'string') {
    if (!fits(template, value)) yield `${at}: ${kindOf(value)}, where the mock says ${JSON.stringify(template)}`
    return
  }
  const [known, given] = [Object(template), object(Array.isArray(value) ? { ...value } : value)]
  for (const name of new Set([...Object.keys(known), ...Object.keys(given)])) {
    const below = at === '' ? name : `${at}.${name}`
    if (Object.hasOwn(known, name)) yield* unlike(known[name], given[name], below)
    else if (below !== 'category') yield `${below}: ${kindOf(given[name])}, which the mock does not send`
  }
}

/** Whether a value is a text of the contract with its `{words}` filled in, whatever with. */
function fits(template: string, value: Json | undefined): boolean {
  if (typeof value !== 'string') return false
  const [first = '', ...rest] = template.split(/\{\w+\}/)
  if (rest.length === 0) return value === first
  const last = rest.pop() ?? ''
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false
  let at = first.length
  for (const part of rest) {
    const found = value.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= value.length - last.length
}

/** What a recorded value is, without it: it may be a secret. */
function kindOf(value: Json | undefined): string {
  if (typeof value === 'string') return `a text of ${value.length} characters`
  if (value === undefined) return 'not there'
  return Array.isArray(value)
    ? 'a list'
    : value === null
      ? 'null'
      : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}

function* unknownHeaders(headers: ReadonlyMap<string, string>, body: Json): Generator<string> {
  const type = headers.get('content-type')
  if (typeof body !== 'string' && type !== jsonContentType) yield `header content-type: is not ${jsonContentType}`
  const [id, inBody] = [headers.get('x-hubspot-correlation-id'), member(body, 'correlationId')]
  if (id === undefined) yield 'header x-hubspot-correlation-id: is not there'
  else if (inBody !== undefined && inBody !== id) yield 'correlationId: is not the one of the header'
  for (const name of ['www-authenticate', 'retry-after']) {
    const sends = Object.values(callErrors).some((error) => 'headers' in error && name in error.headers)
    if (headers.has(name) && !sends) yield `header ${name}: the mock does not send it`
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
