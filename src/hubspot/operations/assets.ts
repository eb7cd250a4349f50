import { type AssetType, assetPageLimits, assetTypes } from '../../contract/schemas/asset.ts'
import { presentAsset } from '../../world/campaigns/campaign.ts'
import { InvalidRequest } from '../../world/refusal.ts'
import type { HubspotContext } from '../context.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { pagingOf, readPage } from '../paging.ts'
import { findCampaign } from '../requested-campaign.ts'

/**
 * GET /marketing/v3/campaigns/{campaignGuid}/assets/{assetType}: a page of the assets of one type, with metrics if both
 * dates are given. The cursors of batch read lead here.
 * @throws {Refusal} 400 for an unknown asset type, an invalid limit, cursor or date; 404 for an unknown campaign
 */
export function listAssets(exchange: AdmittedExchange, { views }: HubspotContext): OperationResponse {
  const type = exchange.parameters['assetType'] ?? ''
  if (!isAssetType(type)) throw new InvalidRequest('assetType', `${type} is not an asset type of HubSpot`)
  const { period } = views.of(exchange).view
  const page = readPage(exchange, assetPageLimits)
  const assets = findCampaign(exchange).assets[type] ?? []
  const { offset, limit } = page
  const results = assets.slice(offset, offset + limit).map((asset) => presentAsset(asset, period))
  const paging = pagingOf(exchange, page, assets.length, ['limit', 'startDate', 'endDate'])
  return { status: 200, body: JSON.stringify({ results, ...paging }) }
}

function isAssetType(text: string): text is AssetType {
  return Object.hasOwn(assetTypes, text)
}
