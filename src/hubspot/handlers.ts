import type { OperationName } from '../contract/operations.ts'
import type { HubspotContext } from './context.ts'
import type { AdmittedExchange } from './open-exchange.ts'
import type { OperationResponse } from './operation-response.ts'
import { getAccountDetails, getIntegrationAccount } from './operations/account.ts'
import { addAsset, listAssets, listAssetTypes, removeAsset } from './operations/assets.ts'
import { readBatch } from './operations/batch-read.ts'
import { archiveBatch, createBatch, updateBatch } from './operations/batch-writes.ts'
import { createItem, deleteItem, getBudgetTotals, getItem, updateItem } from './operations/budget.ts'
import { createCampaign, deleteCampaign, updateCampaign } from './operations/campaign-writes.ts'
import { getCampaign, listCampaigns } from './operations/campaigns.ts'
import { createClone, getCloneStatus } from './operations/clone.ts'
import { listProperties, listSchemas } from './operations/crm.ts'
import { issueToken } from './operations/oauth.ts'
import {
  describeAccessToken,
  describeRefreshToken,
  introspectToken,
  revokeRefreshToken,
  revokeToken,
} from './operations/oauth-tokens.ts'
import { getMetricsReport, getRevenueReport, listContacts } from './operations/reports.ts'

/**
 * Serves one operation.
 * @throws {Refusal} if the call fails
 */
export type Handler = (exchange: AdmittedExchange, context: HubspotContext) => OperationResponse

/** The handler of each operation in the table. */
export const handlers: Readonly<Record<OperationName, Handler>> = {
  'campaigns.list': listCampaigns,
  'campaigns.create': createCampaign,
  'campaigns.get': getCampaign,
  'campaigns.update': updateCampaign,
  'campaigns.delete': deleteCampaign,
  'batch.read': readBatch,
  'batch.create': createBatch,
  'batch.update': updateBatch,
  'batch.archive': archiveBatch,
  'assets.list': listAssets,
  'assets.add': addAsset,
  'assets.remove': removeAsset,
  'budget.totals': getBudgetTotals,
  'budget.create': (exchange) => createItem('budgetItems', exchange),
  'budget.get': (exchange) => getItem('budgetItems', exchange),
  'budget.update': (exchange) => updateItem('budgetItems', exchange),
  'budget.delete': (exchange) => deleteItem('budgetItems', exchange),
  'spend.create': (exchange) => createItem('spendItems', exchange),
  'spend.get': (exchange) => getItem('spendItems', exchange),
  'spend.update': (exchange) => updateItem('spendItems', exchange),
  'spend.delete': (exchange) => deleteItem('spendItems', exchange),
  'reports.metrics': getMetricsReport,
  'reports.revenue': getRevenueReport,
  'reports.contacts': listContacts,
  'assetTypes.list': listAssetTypes,
  'clone.create': createClone,
  'clone.assetTypes': listAssetTypes,
  'clone.status': getCloneStatus,
  'account.details': getAccountDetails,
  'integrations.me': getIntegrationAccount,
  'crm.properties': listProperties,
  'crm.schemas': listSchemas,
  'oauth.token': issueToken,
  'oauth.accessToken': describeAccessToken,
  'oauth.refreshToken': describeRefreshToken,
  'oauth.revokeRefreshToken': revokeRefreshToken,
  'oauth.introspect': introspectToken,
  'oauth.revoke': revokeToken,
}
