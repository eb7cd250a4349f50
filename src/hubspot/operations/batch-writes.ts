import type {
  BatchInputPublicCampaignBatchUpdateItem,
  BatchInputPublicCampaignDeleteInput,
  BatchInputPublicCampaignInput,
} from '../../contract/schemas/batch.ts'
import { Refusal } from '../../world/refusal.ts'
import { inputErrorEntry, inputErrorOf } from '../batch-error.ts'
import { batchResponse, batchStatusOf, shownPart } from '../batch-response.ts'
import type { HubspotContext } from '../context.ts'
import type { AdmittedExchange } from '../open-exchange.ts'
import type { OperationResponse } from '../operation-response.ts'
import { type PropertyWrite, readNewProperties, readPropertyWrite } from '../property-write.ts'
import { lookUpId } from '../requested-campaign.ts'
import { presentWritten, storeNewCampaign, storeUpdate } from './campaign-writes.ts'

/**
 * POST /marketing/v3/campaigns/batch/create: creates up to 50 campaigns. Inputs that cannot be created are listed under
 * `errors`, one entry for each.
 */
export function createBatch(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const { inputs } = exchange.body as BatchInputPublicCampaignInput
  return writeBatch(exchange, context, inputs, 201, ({ properties }) => {
    const write = readNewProperties(properties, exchange, context)
    return { write, campaign: storeNewCampaign(exchange, write) }
  })
}

/**
 * POST /marketing/v3/campaigns/batch/update: changes up to 50 campaigns, in the order of the inputs. Inputs that fail are
 * listed under `errors`.
 */
export function updateBatch(exchange: AdmittedExchange, context: HubspotContext): OperationResponse {
  const { inputs } = exchange.body as BatchInputPublicCampaignBatchUpdateItem
  return writeBatch(exchange, context, inputs, 200, ({ id, properties }) => {
    const { campaign, refusal } = lookUpId(exchange.portal.campaigns, id)
    if (campaign === undefined) throw refusal
    const write = readPropertyWrite(properties, exchange, context)
    return { write, campaign: storeUpdate(exchange, campaign, write) }
  })
}

/** POST /marketing/v3/campaigns/batch/archive: deletes up to 50 campaigns; always a 204 [documented]. */
export function archiveBatch({ body, portal }: AdmittedExchange): OperationResponse {
  const { inputs } = body as BatchInputPublicCampaignDeleteInput
  for (const { id } of inputs) portal.campaigns.remove(id)
  return { status: 204 }
}

interface WrittenCampaign {
  readonly campaign: ReturnType<typeof storeNewCampaign>
  readonly write: PropertyWrite
}

/** Writes each input on its own: those that fail do not keep the others from being written. */
function writeBatch<Input>(
  exchange: AdmittedExchange,
  context: HubspotContext,
  inputs: readonly Input[],
  successStatus: number,
  write: (input: Input) => WrittenCampaign,
): OperationResponse {
  const startedAt = exchange.portal.clock.now()
  const written: WrittenCampaign[] = []
  const refused: Refusal[] = []
  for (const input of inputs) {
    try {
      written.push(write(input))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push(error)
    }
  }
  exchange.lookup = { found: written.length, failed: refused.length }
  const step = exchange.played?.step ?? {}
  const shown = shownPart(step, { found: written, failed: refused })
  const results = shown.found.map((one) => Buffer.from(JSON.stringify(presentWritten(one.campaign, one.write))))
  const errors = shown.failed.map((one) => JSON.stringify(inputErrorEntry(inputErrorOf(one), context.rules)))
  return batchResponse({ status: batchStatusOf(step), startedAt, results, errors }, exchange, context, successStatus)
}
