import { budgetTotals } from '../../world/campaigns/budget.ts'
import type { HubspotContext } from '../context.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { findCampaign } from '../requested-campaign.ts'

/**
 * GET /marketing/v3/campaigns/{campaignGuid}/budget/totals: all budget and spend items, and their sums.
 * @throws {Refusal} 400 for an id that is not a GUID, 404 for an unknown one
 */
export function getBudgetTotals(exchange: AdmittedExchange, { world }: HubspotContext): OperationResponse {
  const totals = budgetTotals(findCampaign(exchange), world.account.companyCurrency)
  return { status: 200, body: JSON.stringify(totals) }
}
