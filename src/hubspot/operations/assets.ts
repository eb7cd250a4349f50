import { type AssetType, assetPageLimits, assetTypes } from '../../contract/schemas/asset.ts'
import { cursorAt, offsetOfCursor } from '../../world/campaigns/asset-cursors.ts'
import { type Campaign, presentAsset } from '../../world/campaigns/campaign.ts'
import { withAsset, withoutAsset } from '../../world/campaigns/campaign-write.ts'
import { InvalidRequest } from '../../world/refusal.ts'
import type { HubspotContext } from '../context.ts'
import { type AdmittedExchange, pathParameter } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { pagingOf, readPage } from '../paging.ts'
import { findCampaign } from '../requested-campaign.ts'

/**
 * GET /marketing/v3/campaigns/{campaignGuid}/assets/{assetType}: a page of the assets of one type, with metrics if both
 * dates are given. The cursors of batch read lead here.
 * @throws {Refusal} 400 for an unknown asset type, an invalid limit, cursor or date; 404 for an unknown campaign
 */
export function listAssets(exchange: AdmittedExchange, { views }: HubspotContext): OperationResponse {
  const type = readAssetType(exchange)
  const { period } = views.of(exchange).view
  const assets = findCampaign(exchange).assets[type] ?? []
  const page = readPage(exchange, assetPageLimits, (after) => offsetOfCursor(assets, after))
  const { offset, limit } = page
  const results = assets.slice(offset, offset + limit).map((asset) => presentAsset(asset, period))
  const paging = pagingOf(exchange, page, assets.length, ['limit', 'startDate', 'endDate'], (offset) =>
    cursorAt(assets, offset),
  )
  return { status: 200, body: JSON.stringify({ results, ...paging }) }
}

/**
 * PUT /marketing/v3/campaigns/{campaignGuid}/assets/{assetType}/{assetId}: attaches an asset. HubSpot's text names all its
 * asset types as those that can be attached [documented]. The asset has no name: this mock knows no assets but those of
 * campaigns.
 * @throws {Refusal} 400 for an unknown asset type, 404 for an unknown campaign
 */
export function addAsset(exchange: AdmittedExchange): OperationResponse {
  return changeAsset(exchange, (campaign, type, id) => withAsset(campaign, type, id, exchange.portal.clock.now()))
}

/**
 * DELETE /marketing/v3/campaigns/{campaignGuid}/assets/{assetType}/{assetId}: detaches an asset; no error if it is not
 * attached [inferred].
 * @throws {Refusal} 400 for an unknown asset type, 404 for an unknown campaign
 */
export function removeAsset(exchange: AdmittedExchange): OperationResponse {
  return changeAsset(exchange, (campaign, type, id) => withoutAsset(campaign, type, id, exchange.portal.clock.now()))
}

function changeAsset(
  exchange: AdmittedExchange,
  change: (campaign: Campaign, type: AssetType, id: string) => Campaign,
): OperationResponse {
  const type = readAssetType(exchange)
  const campaign = findCampaign(exchange)
  const changed = change(campaign, type, pathParameter(exchange, 'assetId'))
  if (changed !== campaign) exchange.portal.campaigns.store(changed)
  return { status: 204 }
}

/** GET /marketing/campaigns/2026-09-beta/asset-types, and …/clone/asset-types: all of them [inferred for clones]. */
export function listAssetTypes(): OperationResponse {
  return { status: 200, body: JSON.stringify({ results: Object.keys(assetTypes) }) }
}

/** @throws {InvalidRequest} for an unknown asset type [inferred] */
function readAssetType(exchange: AdmittedExchange): AssetType {
  const type = pathParameter(exchange, 'assetType')
  if (isAssetType(type)) return type
  throw new InvalidRequest('assetType', `${type} is not an asset type of HubSpot`)
}

export function isAssetType(text: string): text is AssetType {
  return Object.hasOwn(assetTypes, text)
}
