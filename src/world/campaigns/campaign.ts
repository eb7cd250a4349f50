import {
  assetsPerPage,
  type CollectionResponsePublicCampaignAsset,
  type Metrics,
  type PublicCampaignAsset,
} from '../../contract/schemas/asset.ts'
import {
  defaultBusinessUnit,
  type PublicCampaign,
  type PublicCampaignWithAssets,
  retiredProperties,
} from '../../contract/schemas/campaign.ts'
import type { Campaign } from '../../public/fixture.ts'
import { parseMoment } from '../../text/dates.ts'
import { timestamp } from '../clock.ts'
import type { FixtureAsset, FixtureCampaign } from '../fixtures/fixture.ts'
import { cursorAt } from './asset-cursors.ts'
import { fillBudgetItems, rollUpsOf } from './budget-items.ts'

export type { Campaign } from '../../public/fixture.ts'

/** From one day to another, both included, each YYYY-MM-DD. */
export interface Period {
  readonly start: string
  readonly end: string
}

/** The parts of a campaign that a call requests. */
export interface View {
  /** Sorted, each name once. */
  readonly properties: readonly string[]
  /** Assets show metrics only if there is a period (documented). */
  readonly period?: Period | undefined
  /** The base URL of this mock, for the links to further pages. */
  readonly baseUrl: string
}

/** The default creation time. It is fixed, so that the same fixture leads to the same responses. */
const defaultCreatedAt = '2026-01-01T00:00:00.000Z'

/** A campaign of a fixture with defaults for missing members. */
export function fromFixture(fixture: FixtureCampaign): Campaign {
  const createdAt = moment(fixture.createdAt) ?? defaultCreatedAt
  const items = fillBudgetItems(fixture, Date.parse(createdAt))
  return {
    id: fixture.id,
    properties: { ...fixture.properties, ...rollUpsOf(items) },
    createdAt,
    updatedAt: moment(fixture.updatedAt) ?? createdAt,
    businessUnits: fixture.businessUnits ?? [defaultBusinessUnit],
    assets: fixture.assets ?? {},
    ...items,
    reports: fixture.reports ?? {},
  }
}

function moment(text: string | undefined): string | undefined {
  const milliseconds = text === undefined ? undefined : parseMoment(text)
  return milliseconds === undefined ? undefined : timestamp(milliseconds)
}

/** A campaign as HubSpot returns it for this view. */
export function present(campaign: Campaign, view: View): PublicCampaignWithAssets {
  const assets = Object.entries(campaign.assets)
    .filter(([, ofType]) => ofType.length > 0)
    .map(([type, ofType]) => [type, presentAssets(campaign.id, type, ofType, view)])
  return { ...presentWithoutAssets(campaign, view.properties), assets: Object.fromEntries(assets) }
}

/**
 * A campaign as HubSpot lists it.
 * @param names the properties to show, sorted, each name once
 */
export function presentWithoutAssets(campaign: Campaign, names: readonly string[]): PublicCampaign {
  return {
    id: campaign.id,
    properties: pickProperties(campaign.properties, names),
    createdAt: campaign.createdAt,
    updatedAt: campaign.updatedAt,
    businessUnits: campaign.businessUnits,
  }
}

/** Properties without a value are omitted instead of null (documented and observed), and so are retired ones. */
function pickProperties(properties: Campaign['properties'], names: readonly string[]): Record<string, string> {
  const picked: [string, string][] = []
  for (const name of names) {
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (value && !retiredProperties.includes(name)) picked.push([name, value])
  }
  return Object.fromEntries(picked)
}

function presentAssets(
  campaignId: string,
  type: string,
  assets: readonly FixtureAsset[],
  { period, baseUrl }: View,
): CollectionResponsePublicCampaignAsset {
  const page = assets.slice(0, assetsPerPage)
  const results = page.map((asset) => presentAsset(asset, period))
  if (page.length === assets.length) return { results }
  const after = cursorAt(assets, page.length)
  const link = `${baseUrl}/marketing/v3/campaigns/${encodeURIComponent(campaignId.toWellFormed())}/assets/${type}?after=${after}`
  return { results, paging: { next: { after, link } } }
}

/** An asset as HubSpot shows it: with metrics only for a period (documented). */
export function presentAsset(asset: FixtureAsset, period: Period | undefined): PublicCampaignAsset {
  return {
    id: asset.id,
    ...(asset.name === undefined ? {} : { name: asset.name }),
    ...(period === undefined ? {} : { metrics: metricsOf(asset, period) }),
  }
}

/** The metrics of a period: its own totals, otherwise the sums of daily values (0 without a day in it) or the fixed totals. */
function metricsOf({ metrics, daily, periods }: FixtureAsset, { start, end }: Period): Metrics {
  const ofPeriod = periods?.[`${start}/${end}`]
  if (ofPeriod !== undefined) return ofPeriod
  if (daily === undefined) return metrics ?? {}
  const sums = new Map<string, number>()
  for (const [day, values] of Object.entries(daily)) {
    const counts = day >= start && day <= end
    for (const [key, value] of Object.entries(values)) sums.set(key, (sums.get(key) ?? 0) + (counts ? value : 0))
  }
  const [views, submissions] = [sums.get('VIEWS'), sums.get('SUBMISSIONS')]
  if (sums.has('CONVERSION_RATE') && views !== undefined && submissions !== undefined) {
    sums.set('CONVERSION_RATE', conversionRate(views, submissions))
  }
  return Object.fromEntries(sums)
}

const rateDecimals = 4

/** The rate over several days is not a sum: it is all submissions divided by all views (inferred: from 0 to 1). */
export function conversionRate(views = 0, submissions = 0): number {
  return views === 0 ? 0 : Number((submissions / views).toFixed(rateDecimals))
}
