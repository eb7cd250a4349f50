import type { BatchInputPublicCampaignReadInput } from '../../contract/schemas/batch.ts'
import { batchResponse, batchStatusOf, shownPart } from '../batch-response.ts'
import type { HubspotContext } from '../context.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { checkPropertyNames } from '../requested-campaign.ts'

/**
 * POST /marketing/v3/campaigns/batch/read: reads up to 50 campaigns along with their assets. Each id is answered once,
 * in the order of its first occurrence; ids that fail are listed under `errors`.
 * @throws {Refusal} 400 for an invalid date, and in `observed` for an unknown property
 */
export function readBatch(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const startedAt = exchange.portal.clock.now()
  const { names, view } = context.views.of(exchange)
  const { campaigns } = exchange.portal
  checkPropertyNames(names, exchange, context)
  const { inputs } = exchange.body as BatchInputPublicCampaignReadInput
  const outcome = campaigns.read(inputs.map(({ id }) => id))
  exchange.lookup = { found: outcome.found.length, failed: outcome.failed.length }
  const step = exchange.played?.step ?? {}
  const { found, failed } = shownPart(step, outcome)
  const results = context.renderings.render(found, view)
  const errors = context.errorRenderings.render(failed)
  return batchResponse({ status: batchStatusOf(step), startedAt, results, errors }, exchange, context)
}
