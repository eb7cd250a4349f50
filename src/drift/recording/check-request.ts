import { maximumInputs } from '../../contract/schemas/batch.ts'
import { canonicalId } from '../../world/fixtures/fixture.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'
import { showName } from './describe-value.ts'
import type { RecordedRequest } from './har-recording.ts'

/** Where a response does not fit its request. */
export function* requestFindings(body: Json, request: RecordedRequest): Generator<string> {
  const { ids } = request
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
    for (const line of campaignFindings(campaign, request)) yield `results[${i}].${line}`
  }
}

function* campaignFindings(campaign: Json, { properties, hasPeriod }: RecordedRequest): Generator<string> {
  for (const name of Object.keys(objectOf(member(campaign, 'properties')))) {
    if (!properties.includes(name)) yield `properties.${showName(name)}: was not requested`
  }
  for (const [type, assets] of Object.entries(objectOf(member(campaign, 'assets')))) {
    const withMetrics = listOf(member(assets, 'results')).filter((asset) => member(asset, 'metrics') !== undefined)
    const all = listOf(member(assets, 'results')).length
    if (!hasPeriod && withMetrics.length > 0)
      yield `assets.${showName(type)}: has metrics, though not both dates were given`
    if (hasPeriod && withMetrics.length < all)
      yield `assets.${showName(type)}: has assets without metrics, though both dates were given`
  }
}
