import type { BatchInputPublicCampaignReadInput } from '../../contract/schemas/batch.ts'
import type { BatchOutcome } from '../../world/campaigns/batch-lookup.ts'
import type { Step } from '../../world/scenarios/step.ts'
import { batchResponse } from '../batch-response.ts'
import type { HubspotContext } from '../context.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { refuseUnknownProperties } from '../requested-campaign.ts'

/**
 * POST /marketing/v3/campaigns/batch/read: reads up to 50 campaigns along with their assets. Each id is answered once,
 * in the order of its first occurrence; ids that fail are listed under `errors`.
 * @throws {Refusal} 400 for an invalid date, and in `observed` for an unknown property
 */
export function readBatch(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const startedAt = context.world.clock.now()
  const { names, view } = context.views.of(exchange)
  const { campaigns } = exchange.portal
  refuseUnknownProperties(names, campaigns, context.rules)
  const { inputs } = exchange.body as BatchInputPublicCampaignReadInput
  const outcome = campaigns.read(inputs.map(({ id }) => id))
  exchange.lookup = { found: outcome.found.length, failed: outcome.failed.length }
  const step = exchange.played?.step ?? {}
  const { found, failed } = applyStep(step, outcome)
  const results = context.renderings.render(found, view)
  const errors = context.errorRenderings.render(failed)
  return batchResponse({ status: step.status ?? 'COMPLETE', startedAt, results, errors }, exchange.route, context)
}

/** The part of an outcome that a step shows. A batch that is not complete shows nothing unless the step says so. */
function applyStep({ status = 'COMPLETE', results }: Step, { found, failed }: BatchOutcome): BatchOutcome {
  const shown = results ?? (status === 'COMPLETE' ? 'all' : 'none')
  if (shown === 'all') return { found, failed }
  const count = shown === 'none' ? 0 : shown
  return { found: found.slice(0, count), failed: status !== 'COMPLETE' && count === 0 ? [] : failed }
}
