import type { OperationName } from '../contract/operations.ts'
import type { HubspotContext } from './context.ts'
import type { AdmittedExchange } from './open-exchange.ts'
import type { OperationResponse } from './operation-response.ts'
import { readBatch } from './operations/batch-read.ts'
import { getCampaign } from './operations/campaigns.ts'

/**
 * Serves one operation.
 * @throws {Refusal} if the call fails
 */
export type Handler = (exchange: AdmittedExchange, context: HubspotContext) => OperationResponse

/** The handler of each operation in the table. */
export const handlers: Readonly<Record<OperationName, Handler>> = {
  'campaigns.get': getCampaign,
  'batch.read': readBatch,
}
