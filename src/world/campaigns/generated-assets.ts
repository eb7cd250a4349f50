import type { Faker } from '@faker-js/faker'
import { type AssetType, assetTypes, type Metrics } from '../../contract/schemas/asset.ts'
import type { FixtureAsset } from '../fixtures/fixture.ts'
import { type Campaign, conversionRate } from './campaign.ts'
import { eachDay, type Span } from './generated-days.ts'
import { digest } from './generated-id.ts'

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
function generateDaily(key: string, type: AssetType, span: Span): Record<string, Metrics> {
  return eachDay(span, (day) => generateMetrics(digest(key, day.getTime()), type))
}

/** Each number is a part of the one before it: clicks are part of opens, and opens are part of sent emails. */
function generateMetrics(random: Buffer, type: AssetType): Metrics {
  let count = random.readUInt16BE(0) % 1000
  const metrics: Metrics = {}
  for (const [i, key] of assetTypes[type].entries()) {
    count = Math.floor((count * (random.readUInt8(i + 2) + 1)) / 256)
    metrics[key] = key === 'CONVERSION_RATE' ? conversionRate(metrics['VIEWS'], metrics['SUBMISSIONS']) : count
  }
  return metrics
}
