import { type Static, Type } from '@sinclair/typebox'
import { AnyName } from './any-name.ts'
import { CollectionResponsePublicCampaignAsset, Paging } from './asset.ts'

export const PublicBusinessUnit = Type.Object(
  { id: Type.Integer({ format: 'int64' }) },
  { title: 'PublicBusinessUnit' },
)
export type PublicBusinessUnit = Static<typeof PublicBusinessUnit>

const campaignMembers = {
  id: Type.String(),
  properties: Type.Record(AnyName, Type.String()),
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

/** The query of a list. The handler checks `sort` and `limit`, so that its errors can name the allowed values. */
export const CampaignListQuery = Type.Object({
  after: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ format: 'int32' })),
  name: Type.Optional(Type.String()),
  properties: Type.Optional(Type.Array(Type.String())),
  sort: Type.Optional(Type.String()),
})

/** The default and maximum number of campaigns in a page (documented). */
export const campaignPageLimits = { default: 50, maximum: 100 }

/** A campaign with the first page of its assets. The members are in the order in which they were recorded. */
export const PublicCampaignWithAssets = Type.Object(
  {
    ...campaignMembers,
    assets: Type.Record(AnyName, CollectionResponsePublicCampaignAsset),
  },
  { title: 'PublicCampaignWithAssets' },
)
export type PublicCampaignWithAssets = Static<typeof PublicCampaignWithAssets>

/** The body of a create or an update: values by property name. An empty string clears a property (documented). */
export const PublicCampaignInput = Type.Object(
  { properties: Type.Record(AnyName, Type.String()) },
  { title: 'PublicCampaignInput' },
)
export type PublicCampaignInput = Static<typeof PublicCampaignInput>

/** The path of one campaign. */
export const CampaignPath = Type.Object({ campaignGuid: Type.String() })

/**
 * The query of batch read and of one campaign. `properties` is a list of names: repeated, joined with commas, or both
 * (documented). Dates are written YYYY-MM-DD (documented).
 */
export const CampaignViewQuery = Type.Object({
  properties: Type.Optional(Type.Array(Type.String())),
  startDate: Type.Optional(Type.String()),
  endDate: Type.Optional(Type.String()),
})
export type CampaignViewQuery = Static<typeof CampaignViewQuery>

/** The account's default business unit (observed). */
export const defaultBusinessUnit: PublicBusinessUnit = { id: 0 }

/** The properties that every portal can read (observed). Portals can add their own. */
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

/** The properties that a client can write (observed), in addition to custom ones. */
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

/** Removed from responses on 2025-07-09, but still allowed in requests (documented). */
export const retiredProperties: readonly string[] = ['hs_goal']

/** The values of `hs_campaign_status` (observed). */
export const campaignStatuses = ['planned', 'in_progress', 'active', 'paused', 'completed'] as const
