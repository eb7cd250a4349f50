import type { PublicCampaignInput } from '../../contract/schemas/campaign.ts'
import { type Campaign, presentWithoutAssets } from '../../world/campaigns/campaign.ts'
import { newCampaign, withProperties } from '../../world/campaigns/campaign-write.ts'
import type { HubspotContext } from '../context.ts'
import { locationHeader } from '../location.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { type PropertyWrite, readNewProperties, readPropertyWrite } from '../property-write.ts'
import { campaignOf, findCampaign, lookUpCampaign } from '../requested-campaign.ts'

/**
 * POST /marketing/v3/campaigns: creates a campaign with the given properties, and a random GUID as its id.
 * @throws {Refusal} 400 for properties that clients cannot write or whose values are invalid, and without `hs_name`
 */
export function createCampaign(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const { properties } = exchange.body as PublicCampaignInput
  const write = readNewProperties(properties, exchange, context)
  const campaign = storeNewCampaign(exchange, write)
  const headers = locationHeader(exchange, campaign.id)
  return { status: 201, body: JSON.stringify(presentWritten(campaign, write)), headers }
}

/**
 * PATCH /marketing/v3/campaigns/{campaignGuid}: changes the given properties. An empty text resets a property.
 * @throws {Refusal} 400 for properties that clients cannot write or whose values are invalid; 404 for an unknown campaign
 */
export function updateCampaign(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const { properties } = exchange.body as PublicCampaignInput
  const campaign = findCampaign(exchange)
  const write = readPropertyWrite(properties, exchange, context)
  const changed = storeUpdate(exchange, campaign, write)
  return { status: 200, body: JSON.stringify(presentWritten(changed, write)) }
}

/**
 * DELETE /marketing/v3/campaigns/{campaignGuid}: deletes a campaign; no error if there is none [documented].
 * @throws {Refusal} 400 for an id that is not a GUID, or the error that the fixture gives this id
 */
export function deleteCampaign(exchange: AdmittedExchange): OperationResponse {
  const found = lookUpCampaign(exchange)
  if (found.refusal !== undefined && found.refusal.error !== 'campaign-not-found') throw found.refusal
  exchange.portal.campaigns.remove(campaignOf(exchange))
  return { status: 204 }
}

/** Creates a campaign in the portal of a call. */
export function storeNewCampaign({ portal }: AdmittedExchange, properties: Readonly<Record<string, string>>): Campaign {
  const { campaigns, newIds } = portal
  const id = newIds.campaign((taken) => campaigns.find(taken) !== undefined)
  return campaigns.store(newCampaign(id, properties, portal.clock.now()))
}

/** Changes the properties of a campaign in the portal of a call. */
export function storeUpdate(
  { portal }: AdmittedExchange,
  campaign: Campaign,
  properties: Readonly<Record<string, string>>,
): Campaign {
  return portal.campaigns.store(withProperties(campaign, properties, portal.clock.now()))
}

/** A written campaign as the response shows it: with the properties that were sent [inferred]. */
export function presentWritten(campaign: Campaign, properties: PropertyWrite) {
  return presentWithoutAssets(campaign, Object.keys(properties).sort())
}
