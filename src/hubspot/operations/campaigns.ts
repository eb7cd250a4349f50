import { type CollectionResponseWithTotalPublicCampaign, campaignPageLimits } from '../../contract/schemas/campaign.ts'
import { presentWithoutAssets } from '../../world/campaigns/campaign.ts'
import { type CampaignSort, isCampaignSort, sortKeys } from '../../world/campaigns/sort.ts'
import { InvalidRequest } from '../../world/refusal.ts'
import type { HubspotContext } from '../context.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { pagingOf, parameterOf, readPage } from '../paging.ts'
import { checkPropertyNames, findCampaign } from '../requested-campaign.ts'

/**
 * GET /marketing/v3/campaigns: a page of campaigns, sorted and filtered by a part of their name.
 * @throws {Refusal} 400 for an invalid sort, limit or cursor, and in `observed` for an unknown property
 */
export function listCampaigns(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const { query, portal } = exchange
  const { names, view } = context.views.of(exchange)
  checkPropertyNames(names, exchange, context)
  const page = readPage(exchange, campaignPageLimits)
  const name = parameterOf(query, 'name') || undefined
  const { total, campaigns } = portal.campaigns.page({ ...page, sort: readSort(parameterOf(query, 'sort')), name })
  const body: CollectionResponseWithTotalPublicCampaign = {
    total,
    results: campaigns.map((campaign) => presentWithoutAssets(campaign, view.properties)),
    ...pagingOf(exchange, page, total, ['limit', 'sort', 'name', 'properties']),
  }
  return { status: 200, body: JSON.stringify(body) }
}

/** @throws {InvalidRequest} for a sort that HubSpot does not document [inferred] */
function readSort(sort = 'hs_name'): CampaignSort {
  if (isCampaignSort(sort)) return sort
  throw new InvalidRequest('sort', `${sort} is not one of ${sortKeys.join(', ')}, or one of them after a -`)
}

/**
 * GET /marketing/v3/campaigns/{campaignGuid}: one campaign with the first page of its assets, in the view that the
 * query asks for.
 * @throws {Refusal} 400 for an id that is not a GUID, 404 for an unknown one
 */
export function getCampaign(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const { names, view } = context.views.of(exchange)
  checkPropertyNames(names, exchange, context)
  const campaign = findCampaign(exchange)
  const [body] = context.renderings.render([campaign], view)
  return { status: 200, body }
}
