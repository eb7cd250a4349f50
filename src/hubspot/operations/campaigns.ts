import type { HubspotContext } from '../context.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { findCampaign, refuseUnknownProperties } from '../requested-campaign.ts'

/**
 * GET /marketing/v3/campaigns/{campaignGuid}: one campaign with the first page of its assets, in the view that the
 * query asks for.
 * @throws {Refusal} 400 for an id that is not a GUID, 404 for an unknown one
 */
export function getCampaign(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const { names, view } = context.views.of(exchange)
  refuseUnknownProperties(names, exchange.portal.campaigns, context.rules)
  const campaign = findCampaign(exchange)
  const [body] = context.renderings.render([campaign], view)
  return { status: 200, body }
}
