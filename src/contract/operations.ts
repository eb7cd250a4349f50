import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import type { OperationName } from '../public/names.ts'
import { IntegrationAccount, PortalInformationResponse } from './schemas/account.ts'
import {
  AssetListQuery,
  AssetPath,
  AssetsPath,
  CollectionResponsePublicCampaignAssetForwardPaging,
} from './schemas/asset.ts'
import {
  BatchInputPublicCampaignBatchUpdateItem,
  BatchInputPublicCampaignDeleteInput,
  BatchInputPublicCampaignInput,
  BatchInputPublicCampaignReadInput,
  BatchResponsePublicCampaign,
  BatchResponsePublicCampaignMaybeWithErrors,
  BatchResponsePublicCampaignWithAssets,
  BatchResponsePublicCampaignWithAssetsMaybeWithErrors,
  BatchResponsePublicCampaignWithAssetsWithErrors,
  BatchResponsePublicCampaignWithErrors,
} from './schemas/batch.ts'
import {
  BudgetItemPath,
  PublicBudgetItem,
  PublicBudgetItemInput,
  PublicBudgetTotals,
  PublicSpendItem,
  PublicSpendItemInput,
  SpendItemPath,
} from './schemas/budget.ts'
import {
  CampaignListQuery,
  CampaignPath,
  CampaignViewQuery,
  CollectionResponseWithTotalPublicCampaign,
  PublicCampaign,
  PublicCampaignInput,
  PublicCampaignWithAssets,
} from './schemas/campaign.ts'
import {
  CollectionResponseStringNoPaging,
  PublicCampaignCloneInput,
  PublicCampaignCloneResponse,
} from './schemas/clone.ts'
import {
  CollectionResponseObjectSchemaNoPaging,
  CollectionResponsePropertyNoPaging,
  PropertiesPath,
} from './schemas/crm.ts'
import {
  AccessTokenInfoResponse,
  IntrospectionForm,
  RefreshTokenInfoResponse,
  TokenForm,
  TokenInfoResponse,
  TokenPath,
  TokenResponse,
} from './schemas/oauth.ts'
import {
  CollectionResponseContactReferenceForwardPaging,
  ContactReportPath,
  ContactReportQuery,
  MetricsCounters,
  ReportQuery,
  RevenueAttributionAggregate,
  RevenueReportQuery,
} from './schemas/report.ts'
import type { CampaignVersion } from './versions.ts'

/** One call of HubSpot's API, on all versions that have it. */
export interface Operation {
  /** What it does, in a line. */
  readonly summary: string
  /** The group that HubSpot's OpenAPI files put it in. */
  readonly tag: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Its path in each version that has it, as in HubSpot's OpenAPI file of that version. */
  readonly paths: Readonly<Record<string, string>>
  /** Whether HubSpot's file marks it as deprecated. */
  readonly isDeprecated?: true
  /** Whether clients call it before they call campaigns. Only steps that name such an operation apply to it. */
  readonly isSetUp?: true
  /** `none` for a call without a Bearer token. */
  readonly auth?: 'none'
  /** A token needs one of these scopes (documented). An empty list allows every valid token. */
  readonly scopes: readonly string[]
  /** The scopes of a version whose spec lists others. */
  readonly scopesByVersion?: Readonly<Record<string, readonly string[]>>
  /** The `{parameters}` of its path. */
  readonly path?: TObject
  readonly query?: TObject
  /** The schema of its JSON body. An operation without a body ignores what a client sends. */
  readonly body?: TSchema
  /** The schema of its form, for an operation that takes a form instead of JSON. */
  readonly form?: TObject
  /** A valid body, for hints. */
  readonly sampleBody?: string
  /** Whether its 201 has a `Location` header, on the versions whose spec lists one. */
  readonly hasLocation?: true
  /** The body of each success status. */
  readonly responses: Readonly<Record<number, TSchema>>
  /** Only for a batch: the body of a response in which some inputs failed. */
  readonly partialFailure?: {
    /** The body of the 207, on the versions whose spec lists one. */
    readonly multiStatus: TSchema
    /** The body of the success status, on the versions whose spec lists no 207. */
    readonly success: TSchema
  }
}

/** The same path below the campaigns of each version. */
const campaignPaths = <Rest extends string>(rest: Rest) =>
  ({
    v3: `/marketing/v3/campaigns${rest}`,
    '2025-09': `/marketing/campaigns/2025-09${rest}`,
    '2026-03': `/marketing/campaigns/2026-03${rest}`,
    '2026-09': `/marketing/campaigns/2026-09${rest}`,
    '2026-09-beta': `/marketing/campaigns/2026-09-beta${rest}`,
  }) as const satisfies Record<CampaignVersion, string>

/** The path of an operation that only the beta version has. */
const betaPath = <Rest extends string>(rest: Rest) =>
  ({ '2026-09-beta': `/marketing/campaigns/2026-09-beta${rest}` }) as const

/** The same path of OAuth in each version that has it, without v1. */
const oauthPaths = <Rest extends string>(rest: Rest) =>
  ({
    v3: `/oauth/v3${rest}`,
    '2026-03': `/oauth/2026-03${rest}`,
    '2026-09': `/oauth/2026-09${rest}`,
  }) as const

const read = ['marketing.campaigns.read']
const write = ['marketing.campaigns.write']
const revenueRead = 'marketing.campaigns.revenue.read'

/** The body of a status that has none. */
const NoContent = Type.Null({ description: 'No content' })

const batchWriteFailure = {
  multiStatus: BatchResponsePublicCampaignWithErrors,
  success: BatchResponsePublicCampaignMaybeWithErrors,
}
const sampleItem = '{"name":"Print","amount":12.5,"order":0}'

/**
 * Every operation that this mock serves. Routes, scope checks, 404 and 405, the OpenAPI document and the drift check
 * all come from this table.
 * @see https://developers.hubspot.com/docs/api-reference/latest/marketing/campaigns (documented, one OpenAPI file each)
 */
export const operations = {
  'campaigns.list': {
    summary: 'List campaigns',
    tag: 'Basic',
    method: 'GET',
    paths: campaignPaths(''),
    scopes: read,
    query: CampaignListQuery,
    responses: { 200: CollectionResponseWithTotalPublicCampaign },
  },
  'campaigns.create': {
    summary: 'Create a campaign',
    tag: 'Basic',
    method: 'POST',
    paths: campaignPaths(''),
    scopes: write,
    body: PublicCampaignInput,
    sampleBody: '{"properties":{"hs_name":"<name>"}}',
    hasLocation: true,
    responses: { 201: PublicCampaign },
  },
  'campaigns.get': {
    summary: 'Read a campaign',
    tag: 'Basic',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}'),
    scopes: read,
    path: CampaignPath,
    query: CampaignViewQuery,
    responses: { 200: PublicCampaignWithAssets },
  },
  'campaigns.update': {
    summary: 'Update a campaign',
    tag: 'Basic',
    method: 'PATCH',
    paths: campaignPaths('/{campaignGuid}'),
    scopes: write,
    path: CampaignPath,
    body: PublicCampaignInput,
    sampleBody: '{"properties":{"hs_notes":"<notes>"}}',
    responses: { 200: PublicCampaign },
  },
  'campaigns.delete': {
    summary: 'Delete a campaign',
    tag: 'Basic',
    method: 'DELETE',
    paths: campaignPaths('/{campaignGuid}'),
    scopes: write,
    path: CampaignPath,
    responses: { 204: NoContent },
  },
  'batch.read': {
    summary: 'Read a batch of campaigns',
    tag: 'Batch',
    method: 'POST',
    paths: campaignPaths('/batch/read'),
    scopes: read,
    query: CampaignViewQuery,
    body: BatchInputPublicCampaignReadInput,
    sampleBody: '{"inputs":[{"id":"<campaign id>"}]}',
    responses: { 200: BatchResponsePublicCampaignWithAssets },
    partialFailure: {
      multiStatus: BatchResponsePublicCampaignWithAssetsWithErrors,
      success: BatchResponsePublicCampaignWithAssetsMaybeWithErrors,
    },
  },
  'batch.create': {
    summary: 'Create a batch of campaigns',
    tag: 'Batch',
    method: 'POST',
    paths: campaignPaths('/batch/create'),
    scopes: write,
    body: BatchInputPublicCampaignInput,
    sampleBody: '{"inputs":[{"properties":{"hs_name":"<name>"}}]}',
    responses: { 201: BatchResponsePublicCampaign },
    partialFailure: batchWriteFailure,
  },
  'batch.update': {
    summary: 'Update a batch of campaigns',
    tag: 'Batch',
    method: 'POST',
    paths: campaignPaths('/batch/update'),
    scopes: write,
    body: BatchInputPublicCampaignBatchUpdateItem,
    sampleBody: '{"inputs":[{"id":"<campaign id>","properties":{"hs_notes":"<notes>"}}]}',
    responses: { 200: BatchResponsePublicCampaign },
    partialFailure: batchWriteFailure,
  },
  'batch.archive': {
    summary: 'Delete a batch of campaigns',
    tag: 'Batch',
    method: 'POST',
    paths: campaignPaths('/batch/archive'),
    scopes: write,
    body: BatchInputPublicCampaignDeleteInput,
    sampleBody: '{"inputs":[{"id":"<campaign id>"}]}',
    responses: { 204: NoContent },
  },
  'assets.list': {
    summary: 'List the assets of a campaign by type',
    tag: 'Assets',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}/assets/{assetType}'),
    scopes: read,
    path: AssetsPath,
    query: AssetListQuery,
    responses: { 200: CollectionResponsePublicCampaignAssetForwardPaging },
  },
  'assets.add': {
    summary: 'Attach an asset to a campaign',
    tag: 'Assets',
    method: 'PUT',
    paths: campaignPaths('/{campaignGuid}/assets/{assetType}/{assetId}'),
    scopes: write,
    path: AssetPath,
    responses: { 204: NoContent },
  },
  'assets.remove': {
    summary: 'Detach an asset from a campaign',
    tag: 'Assets',
    method: 'DELETE',
    paths: campaignPaths('/{campaignGuid}/assets/{assetType}/{assetId}'),
    scopes: write,
    path: AssetPath,
    responses: { 204: NoContent },
  },
  'budget.totals': {
    summary: 'Read the budget and spend items of a campaign with their totals',
    tag: 'Budget',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}/budget/totals'),
    scopes: read,
    path: CampaignPath,
    responses: { 200: PublicBudgetTotals },
  },
  'budget.create': {
    summary: 'Add a budget item to a campaign',
    tag: 'Budget',
    method: 'POST',
    paths: campaignPaths('/{campaignGuid}/budget'),
    scopes: write,
    path: CampaignPath,
    body: PublicBudgetItemInput,
    sampleBody: sampleItem,
    hasLocation: true,
    responses: { 201: PublicBudgetItem },
  },
  'budget.get': {
    summary: 'Read a budget item',
    tag: 'Budget',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}/budget/{budgetId}'),
    scopes: read,
    path: BudgetItemPath,
    responses: { 200: PublicBudgetItem },
  },
  'budget.update': {
    summary: 'Replace a budget item',
    tag: 'Budget',
    method: 'PUT',
    paths: campaignPaths('/{campaignGuid}/budget/{budgetId}'),
    scopes: write,
    path: BudgetItemPath,
    body: PublicBudgetItemInput,
    sampleBody: sampleItem,
    responses: { 200: PublicBudgetItem },
  },
  'budget.delete': {
    summary: 'Delete a budget item',
    tag: 'Budget',
    method: 'DELETE',
    paths: campaignPaths('/{campaignGuid}/budget/{budgetId}'),
    scopes: write,
    path: BudgetItemPath,
    responses: { 204: NoContent },
  },
  'spend.create': {
    summary: 'Add a spend item to a campaign',
    tag: 'Budget',
    method: 'POST',
    paths: campaignPaths('/{campaignGuid}/spend'),
    scopes: write,
    path: CampaignPath,
    body: PublicSpendItemInput,
    sampleBody: sampleItem,
    hasLocation: true,
    responses: { 201: PublicSpendItem },
  },
  'spend.get': {
    summary: 'Read a spend item',
    tag: 'Budget',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}/spend/{spendId}'),
    scopes: read,
    path: SpendItemPath,
    responses: { 200: PublicSpendItem },
  },
  'spend.update': {
    summary: 'Replace a spend item',
    tag: 'Budget',
    method: 'PUT',
    paths: campaignPaths('/{campaignGuid}/spend/{spendId}'),
    scopes: write,
    path: SpendItemPath,
    body: PublicSpendItemInput,
    sampleBody: sampleItem,
    responses: { 200: PublicSpendItem },
  },
  'spend.delete': {
    summary: 'Delete a spend item',
    tag: 'Budget',
    method: 'DELETE',
    paths: campaignPaths('/{campaignGuid}/spend/{spendId}'),
    scopes: write,
    path: SpendItemPath,
    responses: { 204: NoContent },
  },
  'reports.metrics': {
    summary: 'Read the metrics of a campaign',
    tag: 'Metrics',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}/reports/metrics'),
    scopes: read,
    path: CampaignPath,
    query: ReportQuery,
    responses: { 200: MetricsCounters },
  },
  'reports.revenue': {
    summary: 'Read the revenue of a campaign',
    tag: 'Metrics',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}/reports/revenue'),
    scopes: [revenueRead, 'marketing.campaigns.revenue.lite.read', 'marketing.campaigns.revenue.full.read'],
    scopesByVersion: { '2025-09': [revenueRead], '2026-09': [revenueRead] },
    path: CampaignPath,
    query: RevenueReportQuery,
    responses: { 200: RevenueAttributionAggregate },
  },
  'reports.contacts': {
    summary: 'List the contacts of a campaign by type',
    tag: 'Metrics',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}/reports/contacts/{contactType}'),
    scopes: read,
    path: ContactReportPath,
    query: ContactReportQuery,
    responses: { 200: CollectionResponseContactReferenceForwardPaging },
  },
  'assetTypes.list': {
    summary: 'List the asset types of campaigns',
    tag: 'Assets',
    method: 'GET',
    paths: betaPath('/asset-types'),
    scopes: read,
    responses: { 200: CollectionResponseStringNoPaging },
  },
  'clone.create': {
    summary: 'Clone a campaign',
    tag: 'Clone',
    method: 'POST',
    paths: betaPath('/clone'),
    scopes: write,
    body: PublicCampaignCloneInput,
    sampleBody:
      '{"sourceCampaignGuid":"<campaign id>","name":"<name>","assetsToClone":{},"shouldCloneDraftNodes":true,"shouldCloneEdges":true,"shouldCloneStickyNotes":true,"shouldCloneTasks":true,"shouldCloneTrackingUrls":true}',
    hasLocation: true,
    responses: { 201: PublicCampaignCloneResponse },
  },
  'clone.assetTypes': {
    summary: 'List the asset types that can be cloned',
    tag: 'Clone',
    method: 'GET',
    paths: betaPath('/clone/asset-types'),
    scopes: read,
    responses: { 200: CollectionResponseStringNoPaging },
  },
  'clone.status': {
    summary: 'Read the status of a clone',
    tag: 'Clone',
    method: 'GET',
    paths: betaPath('/clone/{campaignGuid}/status'),
    scopes: write,
    path: CampaignPath,
    responses: { 200: PublicCampaignCloneResponse },
  },
  'account.details': {
    summary: 'Read the details of the account',
    tag: 'Account',
    method: 'GET',
    paths: { v3: '/account-info/v3/details', '2026-03': '/account-info/2026-03/details' },
    isSetUp: true,
    scopes: [],
    responses: { 200: PortalInformationResponse },
  },
  'integrations.me': {
    summary: 'Read the account of the token',
    tag: 'Account',
    method: 'GET',
    paths: { v1: '/integrations/v1/me' },
    isSetUp: true,
    scopes: [],
    responses: { 200: IntegrationAccount },
  },
  'crm.properties': {
    summary: 'List the properties of campaigns',
    tag: 'CRM',
    method: 'GET',
    paths: { v3: '/crm/v3/properties/{objectType}' },
    isSetUp: true,
    scopes: [],
    path: PropertiesPath,
    responses: { 200: CollectionResponsePropertyNoPaging },
  },
  'crm.schemas': {
    summary: 'List the custom objects of the account',
    tag: 'CRM',
    method: 'GET',
    paths: { v3: '/crm/v3/schemas' },
    isSetUp: true,
    scopes: [],
    responses: { 200: CollectionResponseObjectSchemaNoPaging },
  },
  'oauth.token': {
    summary: 'Issue an access token',
    tag: 'OAuth',
    method: 'POST',
    paths: { v1: '/oauth/v1/token', ...oauthPaths('/token') },
    isSetUp: true,
    auth: 'none',
    scopes: [],
    form: TokenForm,
    responses: { 200: TokenResponse },
  },
  'oauth.accessToken': {
    summary: 'Describe an access token',
    tag: 'OAuth',
    method: 'GET',
    paths: { v1: '/oauth/v1/access-tokens/{token}' },
    isDeprecated: true,
    isSetUp: true,
    auth: 'none',
    scopes: [],
    path: TokenPath,
    responses: { 200: AccessTokenInfoResponse },
  },
  'oauth.refreshToken': {
    summary: 'Describe a refresh token',
    tag: 'OAuth',
    method: 'GET',
    paths: { v1: '/oauth/v1/refresh-tokens/{token}' },
    isDeprecated: true,
    isSetUp: true,
    auth: 'none',
    scopes: [],
    path: TokenPath,
    responses: { 200: RefreshTokenInfoResponse },
  },
  'oauth.revokeRefreshToken': {
    summary: 'Revoke a refresh token',
    tag: 'OAuth',
    method: 'DELETE',
    paths: { v1: '/oauth/v1/refresh-tokens/{token}' },
    isDeprecated: true,
    isSetUp: true,
    auth: 'none',
    scopes: [],
    path: TokenPath,
    responses: { 204: NoContent },
  },
  'oauth.introspect': {
    summary: 'Describe an access token or a refresh token',
    tag: 'OAuth',
    method: 'POST',
    paths: oauthPaths('/token/introspect'),
    isSetUp: true,
    auth: 'none',
    scopes: [],
    form: IntrospectionForm,
    responses: { 200: TokenInfoResponse },
  },
  'oauth.revoke': {
    summary: 'Revoke a refresh token',
    tag: 'OAuth',
    method: 'POST',
    paths: oauthPaths('/token/revoke'),
    isSetUp: true,
    auth: 'none',
    scopes: [],
    form: IntrospectionForm,
    responses: { 200: Type.Object({}) },
  },
} as const satisfies Record<OperationName, Operation>

export type { OperationName } from '../public/names.ts'
