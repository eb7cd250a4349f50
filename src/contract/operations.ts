import type { TObject, TSchema } from '@sinclair/typebox'
import { IntegrationAccount, PortalInformationResponse } from './schemas/account.ts'
import { AssetListQuery, AssetsPath, CollectionResponsePublicCampaignAssetForwardPaging } from './schemas/asset.ts'
import {
  BatchInputPublicCampaignReadInput,
  BatchResponsePublicCampaignWithAssets,
  BatchResponsePublicCampaignWithAssetsMaybeWithErrors,
  BatchResponsePublicCampaignWithAssetsWithErrors,
} from './schemas/batch.ts'
import { PublicBudgetTotals } from './schemas/budget.ts'
import {
  CampaignListQuery,
  CampaignPath,
  CampaignViewQuery,
  CollectionResponseWithTotalPublicCampaign,
  PublicCampaignWithAssets,
} from './schemas/campaign.ts'
import { TokenResponse } from './schemas/oauth.ts'
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
  /** How its responses are known: seen in real responses, or from HubSpot's documentation alone. */
  readonly evidence: 'observed' | 'documented'
  /** Whether it is a call that clients make before those for campaigns: only steps that name it apply to it. */
  readonly isSetUp?: true
  /** `none` for a call without a Bearer token. */
  readonly auth?: 'none'
  /** The scopes that allow it: a token needs one of them (documented). None: every valid token is allowed. */
  readonly scopes: readonly string[]
  /** The scopes of a version whose spec lists others. */
  readonly scopesByVersion?: Readonly<Record<string, readonly string[]>>
  /** The `{parameters}` of its path. */
  readonly path?: TObject
  readonly query?: TObject
  /** The JSON body it takes; an operation without one ignores what a client sends. */
  readonly body?: TSchema
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

const read = ['marketing.campaigns.read']
const revenueRead = 'marketing.campaigns.revenue.read'

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
    evidence: 'observed',
    scopes: read,
    query: CampaignListQuery,
    responses: { 200: CollectionResponseWithTotalPublicCampaign },
  },
  'campaigns.get': {
    summary: 'Read a campaign',
    tag: 'Basic',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}'),
    evidence: 'documented',
    scopes: read,
    path: CampaignPath,
    query: CampaignViewQuery,
    responses: { 200: PublicCampaignWithAssets },
  },
  'batch.read': {
    summary: 'Read a batch of campaigns',
    tag: 'Batch',
    method: 'POST',
    paths: campaignPaths('/batch/read'),
    evidence: 'observed',
    scopes: read,
    query: CampaignViewQuery,
    body: BatchInputPublicCampaignReadInput,
    responses: { 200: BatchResponsePublicCampaignWithAssets },
    partialFailure: {
      multiStatus: BatchResponsePublicCampaignWithAssetsWithErrors,
      success: BatchResponsePublicCampaignWithAssetsMaybeWithErrors,
    },
  },
  'assets.list': {
    summary: 'List the assets of a campaign by type',
    tag: 'Assets',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}/assets/{assetType}'),
    evidence: 'observed',
    scopes: read,
    path: AssetsPath,
    query: AssetListQuery,
    responses: { 200: CollectionResponsePublicCampaignAssetForwardPaging },
  },
  'budget.totals': {
    summary: 'Read the budget and spend items of a campaign with their totals',
    tag: 'Budget',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}/budget/totals'),
    evidence: 'documented',
    scopes: read,
    path: CampaignPath,
    responses: { 200: PublicBudgetTotals },
  },
  'reports.metrics': {
    summary: 'Read the metrics of a campaign',
    tag: 'Metrics',
    method: 'GET',
    paths: campaignPaths('/{campaignGuid}/reports/metrics'),
    evidence: 'documented',
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
    evidence: 'documented',
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
    evidence: 'observed',
    scopes: read,
    path: ContactReportPath,
    query: ContactReportQuery,
    responses: { 200: CollectionResponseContactReferenceForwardPaging },
  },
  'account.details': {
    summary: 'Read the details of the account',
    tag: 'Account',
    method: 'GET',
    paths: { v3: '/account-info/v3/details', '2026-03': '/account-info/2026-03/details' },
    isSetUp: true,
    evidence: 'observed',
    scopes: [],
    responses: { 200: PortalInformationResponse },
  },
  'integrations.me': {
    summary: 'Read the account of the token',
    tag: 'Account',
    method: 'GET',
    paths: { v1: '/integrations/v1/me' },
    isSetUp: true,
    evidence: 'documented',
    scopes: [],
    responses: { 200: IntegrationAccount },
  },
  'oauth.token': {
    summary: 'Issue an access token',
    tag: 'OAuth',
    method: 'POST',
    paths: {
      v1: '/oauth/v1/token',
      v3: '/oauth/v3/token',
      '2026-03': '/oauth/2026-03/token',
      '2026-09': '/oauth/2026-09/token',
    },
    isSetUp: true,
    evidence: 'observed',
    auth: 'none',
    scopes: [],
    responses: { 200: TokenResponse },
  },
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof operations
