import { type Static, Type } from '@sinclair/typebox'
import type { AssetType } from '../../public/names.ts'
import { AnyName } from './any-name.ts'

/** Metric keys and their values in the requested period, such as `{ SENT: 1200, OPEN: 480 }` (documented: numbers). */
export const Metrics = Type.Record(AnyName, Type.Number())
export type Metrics = Static<typeof Metrics>

export const PublicCampaignAsset = Type.Object(
  {
    id: Type.String(),
    name: Type.Optional(Type.String()),
    metrics: Type.Optional(Metrics),
  },
  { title: 'PublicCampaignAsset' },
)
export type PublicCampaignAsset = Static<typeof PublicCampaignAsset>

export const NextPage = Type.Object({ after: Type.String(), link: Type.Optional(Type.String()) }, { title: 'NextPage' })
export type NextPage = Static<typeof NextPage>

export const Paging = Type.Object({ next: Type.Optional(NextPage) }, { title: 'Paging' })
export type Paging = Static<typeof Paging>

export const CollectionResponsePublicCampaignAsset = Type.Object(
  {
    results: Type.Array(PublicCampaignAsset),
    paging: Type.Optional(Paging),
  },
  { title: 'CollectionResponsePublicCampaignAsset' },
)
export type CollectionResponsePublicCampaignAsset = Static<typeof CollectionResponsePublicCampaignAsset>

export const ForwardPaging = Type.Object({ next: Type.Optional(NextPage) }, { title: 'ForwardPaging' })

/** A page of assets of one type. */
export const CollectionResponsePublicCampaignAssetForwardPaging = Type.Object(
  { results: Type.Array(PublicCampaignAsset), paging: Type.Optional(ForwardPaging) },
  { title: 'CollectionResponsePublicCampaignAssetForwardPaging' },
)

/** The path of the assets of one type. */
export const AssetsPath = Type.Object({ campaignGuid: Type.String(), assetType: Type.String() })

/** The path of one asset of a campaign. */
export const AssetPath = Type.Object({
  campaignGuid: Type.String(),
  assetType: Type.String(),
  assetId: Type.String(),
})

/** The query of a page of assets. `limit` is a string in HubSpot's spec (documented). */
export const AssetListQuery = Type.Object({
  after: Type.Optional(Type.String()),
  limit: Type.Optional(Type.String()),
  startDate: Type.Optional(Type.String()),
  endDate: Type.Optional(Type.String()),
})

/** The number of assets of a page: 10 by default (documented), at most 100 (inferred). */
export const assetPageLimits = { default: 10, maximum: 100 }

/** The number of assets of one type in a batch read; more are behind `paging.next` (observed). */
export const assetsPerPage = 50

const pageMetrics = ['VIEWS', 'SUBMISSIONS', 'CONTACTS_FIRST_TOUCH', 'CONTACTS_LAST_TOUCH', 'CUSTOMERS'] as const

/**
 * Every asset type that a campaign can have, with its known metric keys. Observed, except for MARKETING_EVENT,
 * OBJECT_LIST, AUTOMATION_PLATFORM_FLOW and MARKETING_SMS, whose keys are observed and whose types are inferred.
 */
export const assetTypes = {
  AD_CAMPAIGN: [],
  AUTOMATION_PLATFORM_FLOW: ['STARTED', 'CURRENTLY_ENROLLED'],
  BLOG_POST: pageMetrics,
  CALL: [],
  CASE_STUDY: [],
  CTA: ['VIEWS', 'CLICKS'],
  EMAIL: [],
  EXTERNAL_WEB_URL: [],
  FEEDBACK_SURVEY: [],
  FILE_MANAGER_FILE: [],
  FORM: ['VIEWS', 'SUBMISSIONS', 'CONVERSION_RATE'],
  KNOWLEDGE_ARTICLE: [],
  LANDING_PAGE: pageMetrics,
  MARKETING_EMAIL: ['SENT', 'OPEN', 'CLICKS'],
  MARKETING_EVENT: ['REGISTRATIONS', 'ATTENDEES', 'CANCELLATIONS'],
  MARKETING_SMS: ['SENT', 'DELIVERED', 'UNIQUE_CLICKS'],
  MEDIA: [],
  MEETING_EVENT: [],
  OBJECT_LIST: ['CONTACTS'],
  PLAYBOOK: [],
  PODCAST_EPISODE: [],
  SALES_DOCUMENT: [],
  SEQUENCE: [],
  SITE_PAGE: pageMetrics,
  SOCIAL_BROADCAST: ['FACEBOOK_CLICKS', 'LINKEDIN_CLICKS', 'TWITTER_CLICKS'],
  WEB_INTERACTIVE: ['VIEWS', 'CLICKS'],
} as const satisfies Record<AssetType, readonly string[]>

/** HubSpot's asset types: the possible keys of a campaign's `assets`. */
export type { AssetType } from '../../public/names.ts'
