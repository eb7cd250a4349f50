import type { Faker } from '@faker-js/faker'
import { type AssetType, assetTypes, type Metrics } from '../../contract/asset.ts'
import type { FixtureAsset } from '../fixtures/fixture.ts'
import type { Campaign } from './campaign.ts'
import { digest } from './generated-id.ts'
import { dayMs, generatedTodayMs } from './generated-layout.ts'

/** From one day to another, at midnight UTC. */
export interface Span {
  readonly start: Date
  readonly end: Date
}

export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}

const commonTypes: readonly AssetType[] = [
  'MARKETING_EMAIL',
  'LANDING_PAGE',
  'FORM',
  'SOCIAL_BROADCAST',
  'BLOG_POST',
  'CTA',
  'SITE_PAGE',
  'OBJECT_LIST',
  'AD_CAMPAIGN',
  'AUTOMATION_PLATFORM_FLOW',
  'MARKETING_EVENT',
  'WEB_INTERACTIVE',
]

export function generateAssets(faker: Faker, campaignId: string, span: Span): Campaign['assets'] {
  const types = faker.helpers.arrayElements(commonTypes, { min: 0, max: 5 })
  const assets = types.map((type) => [
    type,
    faker.helpers.multiple(() => generateAsset(faker, type, campaignId, span), { count: { min: 1, max: 4 } }),
  ])
  return Object.fromEntries(assets)
}

/** The ids of forms are GUIDs, all others are numbers, and a social post may have no name (observed). */
function generateAsset(faker: Faker, type: AssetType, campaignId: string, span: Span): FixtureAsset {
  const id = type === 'FORM' ? faker.string.uuid() : faker.string.numeric({ length: 12, allowLeadingZeros: false })
  const nameless = type === 'SOCIAL_BROADCAST' && faker.datatype.boolean()
  const name = nameless ? {} : { name: `${faker.company.buzzAdjective()} ${faker.company.buzzNoun()}` }
  return {
    id,
    ...name,
    get daily() {
      return generateDaily(`${campaignId}:${id}`, type, span)
    },
  }
}

/** Metrics for each day on which a campaign has run. */
function generateDaily(key: string, type: AssetType, { start, end }: Span): Record<string, Metrics> {
  const daily: Record<string, Metrics> = {}
  const until = Math.min(end.getTime(), generatedTodayMs)
  for (let day = start.getTime(); day < until; day += dayMs) {
    daily[dayOf(new Date(day))] = generateMetrics(digest(key, day), type)
  }
  return daily
}

/** Each key counts a part of what the key before it counts: clicks are part of opens, and opens of what was sent. */
function generateMetrics(random: Buffer, type: AssetType): Metrics {
  let count = random.readUInt16BE(0) % 1000
  return Object.fromEntries(
    assetTypes[type].map((key, i) => {
      count = Math.floor((count * (random.readUInt8(i + 2) + 1)) / 256)
      return [key, key === 'CONVERSION_RATE' ? 0 : count]
    }),
  )
}
