import { assetsPerPage, assetTypes } from '../../contract/schemas/asset.ts'
import { type Json, listOf, member, objectOf } from '../json.ts'
import { showName } from './describe-value.ts'
import { type Finding, inside } from './finding.ts'

/** What the mock never sends in a campaign, with or without assets, though the schema allows it. */
export function* campaignFindings(campaign: Json): Generator<Finding> {
  const properties = Object.entries(objectOf(member(campaign, 'properties')))
  for (const [name, value] of properties) {
    if (value === '')
      yield `properties.${showName(name)}: is empty, where the mock leaves properties without a value out`
  }
  // Parsing JSON moves names that look like numbers to the front.
  const names = properties.map(([name]) => name).filter((name) => !/^\d+$/.test(name))
  if (names.join() !== [...names].sort().join()) yield 'properties: are not sorted'
  for (const [type, assets] of Object.entries(objectOf(member(campaign, 'assets')))) {
    for (const finding of assetFindings(type, assets)) yield inside(`assets.${showName(type)}: `, finding)
  }
}

function* assetFindings(type: string, assets: Json): Generator<Finding> {
  const results = listOf(member(assets, 'results'))
  if (results.length === 0) yield 'is empty, where the mock leaves the type out'
  if (results.length > assetsPerPage) yield `${results.length} assets on one page, where the mock has ${assetsPerPage}`
  if (results.length < assetsPerPage && member(assets, 'paging') !== undefined)
    yield { line: 'has a next page though this one is not full', known: 'short-asset-page' }
  yield* metricFindings(type, results)
}

/** What the mock never sends as the metrics of assets of one type. */
export function* metricFindings(type: string, assets: readonly Json[]): Generator<Finding> {
  const known = new Map<string, readonly string[]>(Object.entries(assetTypes)).get(type)
  if (known === undefined) yield 'an unknown asset type'
  const withMetrics = assets.filter((asset) => member(asset, 'metrics') !== undefined)
  if (withMetrics.length > 0 && withMetrics.length < assets.length) yield 'some assets have metrics, and some do not'
  const metrics = new Set(withMetrics.flatMap((asset) => Object.keys(objectOf(member(asset, 'metrics')))))
  for (const name of metrics) {
    if (known !== undefined && !known.includes(name)) yield `an unknown metric ${showName(name)}`
  }
}
