import type { OperationName } from '../contract/operations.ts'
import type { HubspotContext } from './context.ts'
import type { AdmittedExchange } from './open-exchange.ts'
import type { OperationResponse } from './operation-response.ts'
import { getAccountDetails, getIntegrationAccount } from './operations/account.ts'
import { listAssets } from './operations/assets.ts'
import { readBatch } from './operations/batch-read.ts'
import { getBudgetTotals } from './operations/budget.ts'
import { getCampaign, listCampaigns } from './operations/campaigns.ts'
import { issueToken } from './operations/oauth.ts'
import { getMetricsReport, getRevenueReport, listContacts } from './operations/reports.ts'

/**
 * Serves one operation.
 * @throws {Refusal} if the call fails
 */
export type Handler = (exchange: AdmittedExchange, context: HubspotContext) => OperationResponse

/** The handler of each operation in the table. */
export const handlers: Readonly<Record<OperationName, Handler>> = {
  'campaigns.list': listCampaigns,
  'campaigns.get': getCampaign,
  'batch.read': readBatch,
  'assets.list': listAssets,
  'budget.totals': getBudgetTotals,
  'reports.metrics': getMetricsReport,
  'reports.revenue': getRevenueReport,
  'reports.contacts': listContacts,
  'account.details': getAccountDetails,
  'integrations.me': getIntegrationAccount,
  'oauth.token': issueToken,
}
