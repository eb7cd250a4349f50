import { maximumInputs } from '../contract/schemas/batch.ts'
import { canonicalId } from '../world/fixtures/fixture.ts'
import type { Asked } from './recording.ts'
import { type Json, list, member, object } from './schema.ts'
import { sayName } from './told.ts'

/** Where an answer is none to what was asked. */
export function* unasked(body: Json, asked: Asked): Generator<string> {
  const { ids } = asked
  if (ids.length > maximumInputs) yield `${ids.length} inputs: the mock refuses more than ${maximumInputs}`
  const results = list(member(body, 'results'))
  const open = new Set(ids.map(canonicalId))
  const answers = results.length + list(member(body, 'errors')).length
  if (member(body, 'status') === 'COMPLETE' && answers !== open.size) {
    yield `results and errors: ${answers} for ${open.size} ids, where the mock answers each id once`
  }
  for (const [i, campaign] of results.entries()) {
    if (!open.delete(canonicalId(String(member(campaign, 'id'))))) {
      yield `results[${i}].id: was not asked for, or is there before`
    }
    for (const line of unaskedParts(campaign, asked)) yield `results[${i}].${line}`
  }
}

function* unaskedParts(campaign: Json, { properties, hasPeriod }: Asked): Generator<string> {
  for (const name of Object.keys(object(member(campaign, 'properties')))) {
    if (!properties.includes(name)) yield `properties.${sayName(name)}: was not asked for`
  }
  for (const [type, assets] of Object.entries(object(member(campaign, 'assets')))) {
    const withMetrics = list(member(assets, 'results')).filter((asset) => member(asset, 'metrics') !== undefined)
    const all = list(member(assets, 'results')).length
    if (!hasPeriod && withMetrics.length > 0)
      yield `assets.${sayName(type)}: has metrics, where not both dates were given`
    if (hasPeriod && withMetrics.length < all)
      yield `assets.${sayName(type)}: lacks metrics, where both dates were given`
  }
}
