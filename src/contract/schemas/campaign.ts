import { type Static, Type } from '@sinclair/typebox'
import { CollectionResponsePublicCampaignAsset, Paging } from './asset.ts'

export const PublicBusinessUnit = Type.Object(
  { id: Type.Integer({ format: 'int64' }) },
  { title: 'PublicBusinessUnit' },
)
export type PublicBusinessUnit = Static<typeof PublicBusinessUnit>

const campaignMembers = {
  id: Type.String(),
  properties: Type.Record(Type.String(), Type.String()),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
  businessUnits: Type.Array(PublicBusinessUnit),
}

/** A campaign without its assets, as in a list. The members are in the order in which they were recorded. */
export const PublicCampaign = Type.Object(campaignMembers, { title: 'PublicCampaign' })
export type PublicCampaign = Static<typeof PublicCampaign>

/** A page of campaigns. `total` counts all that match, and the last page has no `paging` (observed). */
export const CollectionResponseWithTotalPublicCampaign = Type.Object(
  {
    total: Type.Integer({ format: 'int32' }),
    results: Type.Array(PublicCampaign),
    paging: Type.Optional(Paging),
  },
  { title: 'CollectionResponseWithTotalPublicCampaign' },
)
export type CollectionResponseWithTotalPublicCampaign = Static<typeof CollectionResponseWithTotalPublicCampaign>

/** The query of a list. `sort` and `limit` are checked by the handler, which names what they take. */
export const CampaignListQuery = Type.Object({
  after: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ format: 'int32' })),
  name: Type.Optional(Type.String()),
  properties: Type.Optional(Type.Array(Type.String())),
  sort: Type.Optional(Type.String()),
})

/** How many campaigns a page of the list holds (documented). */
export const campaignPageLimits = { default: 50, maximum: 100 }

/** A campaign with the first page of its assets. The members are in the order in which they were recorded. */
export const PublicCampaignWithAssets = Type.Object(
  {
    ...campaignMembers,
    assets: Type.Record(Type.String(), CollectionResponsePublicCampaignAsset),
  },
  { title: 'PublicCampaignWithAssets' },
)
export type PublicCampaignWithAssets = Static<typeof PublicCampaignWithAssets>

/** What a create or an update sends: values by the names of properties. An empty text resets a property (documented). */
export const PublicCampaignInput = Type.Object(
  { properties: Type.Record(Type.String(), Type.String()) },
  { title: 'PublicCampaignInput' },
)
export type PublicCampaignInput = Static<typeof PublicCampaignInput>

/** The path of one campaign. */
export const CampaignPath = Type.Object({ campaignGuid: Type.String() })

/**
 * What a call asks to see of its campaigns. `properties` is a list of names: HubSpot takes them repeated, joined with
 * commas, or both (documented). Dates are written YYYY-MM-DD (documented).
 */
export const CampaignViewQuery = Type.Object({
  properties: Type.Optional(Type.Array(Type.String())),
  startDate: Type.Optional(Type.String()),
  endDate: Type.Optional(Type.String()),
})
export type CampaignViewQuery = Static<typeof CampaignViewQuery>

/** The account's default business unit (observed). */
export const defaultBusinessUnit: PublicBusinessUnit = { id: 0 }

/** The properties every portal can read (observed). Portals add their own to them. */
export const readableProperties = [
  'hs_audience',
  'hs_budget_items_sum_amount',
  'hs_business_unit_ids',
  'hs_campaign_status',
  'hs_color_hex',
  'hs_created_by_user_id',
  'hs_currency_code',
  'hs_end_date',
  'hs_name',
  'hs_notes',
  'hs_object_id',
  'hs_owner',
  'hs_spend_items_sum_amount',
  'hs_start_date',
  'hs_utm',
] as const

/** The properties that a client can write (observed), beside the custom ones of its account. */
export const writableProperties = [
  'hs_audience',
  'hs_business_unit_ids',
  'hs_campaign_status',
  'hs_currency_code',
  'hs_end_date',
  'hs_name',
  'hs_notes',
  'hs_start_date',
  'hs_utm',
] as const

/** Gone from answers since 2025-07-09, but asking for it is no error (documented). */
export const retiredProperties: readonly string[] = ['hs_goal']

/** What `hs_campaign_status` can say (observed). */
export const campaignStatuses = ['planned', 'in_progress', 'active', 'paused', 'completed'] as const
