import { assetPageLimits } from '../../contract/schemas/asset.ts'
import { maximumInputs } from '../../contract/schemas/batch.ts'
import { campaignPageLimits } from '../../contract/schemas/campaign.ts'
import { contactPageLimits } from '../../contract/schemas/report.ts'
import { canonicalId } from '../../world/fixtures/fixture.ts'
import { idsIn, propertiesIn } from '../../world/journal/exchange.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'
import { metricFindings } from './check-campaign.ts'
import { showName } from './describe-value.ts'
import { type Finding, inside } from './finding.ts'
import { parseBody, type RecordedRequest } from './recorded-exchange.ts'
import type { RecordedRoute } from './recorded-operation.ts'

/** What the query of a request asks for. */
interface Query {
  readonly properties: readonly string[]
  /** Whether both dates were given. */
  readonly hasPeriod: boolean
  readonly limit: number | undefined
}

/** Where a response does not fit its request. */
export function* requestFindings(recorded: RecordedRoute, request: RecordedRequest, body: Json): Generator<Finding> {
  const query = queryOf(request.url)
  const { campaignGuid = '', assetType = '' } = recorded.parameters
  switch (recorded.route.name) {
    case 'batch.read':
      if (request.body !== undefined) yield* batchFindings(body, idsIn(request.body), query, request.body)
      break
    case 'campaigns.list':
      for (const finding of resultFindings(body, query)) yield finding
      yield* pageFindings(body, query.limit ?? campaignPageLimits.default)
      yield* totalFindings(body)
      break
    case 'campaigns.get':
      if (canonicalId(String(member(body, 'id'))) !== canonicalId(campaignGuid)) yield 'id: was not requested'
      yield* campaignFindings(body, query)
      break
    case 'assets.list':
      yield* periodFindings('results', listOf(member(body, 'results')), query)
      for (const finding of metricFindings(assetType, listOf(member(body, 'results')))) {
        yield inside('results: ', finding)
      }
      yield* pageFindings(body, query.limit ?? assetPageLimits.default)
      break
    case 'reports.contacts':
      yield* pageFindings(body, query.limit ?? contactPageLimits.default)
  }
}

function queryOf(url: string): Query {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? ''
  const parameters = new URLSearchParams(query)
  const limit = Number(parameters.get('limit') ?? Number.NaN)
  return {
    properties: propertiesIn(query),
    hasPeriod: parameters.has('startDate') && parameters.has('endDate'),
    limit: Number.isInteger(limit) ? limit : undefined,
  }
}

function* batchFindings(body: Json, ids: readonly string[], query: Query, sent: string): Generator<Finding> {
  // A browser can have kept a part of the body.
  if (typeof parseBody(sent) !== 'object') return
  if (ids.length > maximumInputs) yield `${ids.length} inputs: the mock refuses more than ${maximumInputs}`
  const results = listOf(member(body, 'results'))
  const pending = new Set(ids.map(canonicalId))
  const count = results.length + listOf(member(body, 'errors')).length
  if (member(body, 'status') === 'COMPLETE' && count !== pending.size) {
    yield `results and errors: ${count} for ${pending.size} ids, where the mock responds to each id once`
  }
  for (const [i, campaign] of results.entries()) {
    if (!pending.delete(canonicalId(String(member(campaign, 'id'))))) {
      yield `results[${i}].id: was not requested, or appears twice`
    }
  }
  yield* resultFindings(body, query)
}

function* resultFindings(body: Json, query: Query): Generator<Finding> {
  for (const [i, campaign] of listOf(member(body, 'results')).entries()) {
    for (const finding of campaignFindings(campaign, query)) yield inside(`results[${i}].`, finding)
  }
}

function* campaignFindings(campaign: Json, query: Query): Generator<Finding> {
  for (const name of Object.keys(objectOf(member(campaign, 'properties')))) {
    if (!query.properties.includes(name)) yield `properties.${showName(name)}: was not requested`
  }
  for (const [type, assets] of Object.entries(objectOf(member(campaign, 'assets')))) {
    yield* periodFindings(`assets.${showName(type)}`, listOf(member(assets, 'results')), query)
  }
}

/** Assets have metrics where both dates were given, and only there. */
function* periodFindings(place: string, assets: readonly Json[], { hasPeriod }: Query): Generator<Finding> {
  const withMetrics = assets.filter((asset) => member(asset, 'metrics') !== undefined).length
  if (!hasPeriod && withMetrics > 0) yield `${place}: has metrics, though not both dates were given`
  if (hasPeriod && withMetrics < assets.length) {
    yield `${place}: has assets without metrics, though both dates were given`
  }
}

function* pageFindings(body: Json, limit: number): Generator<Finding> {
  const count = listOf(member(body, 'results')).length
  if (count > limit) yield `results: ${count} on one page, where the mock has at most ${limit}`
  if (count < limit && member(body, 'paging') !== undefined) yield 'paging: has a next page though this one is not full'
}

function* totalFindings(body: Json): Generator<Finding> {
  const [total, count] = [Number(member(body, 'total')), listOf(member(body, 'results')).length]
  if (total < count) yield 'total: is less than the number of results'
}
