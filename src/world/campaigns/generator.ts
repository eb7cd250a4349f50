import type { Faker } from '@faker-js/faker'
import { type AssetType, assetTypes, type Metrics } from '../../contract/schemas/asset.ts'
import { campaignStatuses, defaultBusinessUnit } from '../../contract/schemas/campaign.ts'
import type { FixtureAsset } from '../fixtures/fixture.ts'
import type { Campaign } from './campaign.ts'
import { digest, generatedId, indexOfGeneratedId } from './generated-id.ts'

/**
 * Grows campaigns on demand. A campaign is a function of (seed, index) alone, and its id gives the index back:
 * so none needs to be kept, ten million cost what ten do, and adding one never changes another.
 */
export interface CampaignGenerator {
  /** How many campaigns there are to find. */
  readonly size: number
  /** The id of the campaign at an index from 0 to size - 1. */
  idAt(index: number): string
  /** The index of an id, in small letters; undefined if it is none of these. */
  indexOf(id: string): number | undefined
  /** The campaign with this id, in small letters; undefined if it is none of these. */
  find(id: string): Campaign | undefined
}

/** @param size how many campaigns · @param seed the number that makes them repeatable */
export async function createGenerator(size: number, seed: number): Promise<CampaignGenerator> {
  const faker = await loadFaker()
  const indexBelowSize = (id: string) => {
    const index = indexOfGeneratedId(seed, id)
    return index === undefined || index >= size ? undefined : index
  }
  return {
    size,
    idAt: (index) => generatedId(seed, index),
    indexOf: indexBelowSize,
    find: (id) => {
      const index = indexBelowSize(id)
      return index === undefined ? undefined : growCampaign(faker, seed, index)
    },
  }
}

/**
 * A faker of our own: the one the module exports may be in use, and seeded, elsewhere in this process.
 * The English entry alone, since the main one loads every language; and only when something is generated.
 */
async function loadFaker(): Promise<Faker> {
  const { faker } = await import('@faker-js/faker/locale/en')
  const Own = faker.constructor as typeof Faker
  return new Own({ locale: faker.rawDefinitions })
}

/** A generated world's today. Fixed, or its campaigns would age from one start to the next. */
const today = new Date('2026-06-30T00:00:00Z')

function growCampaign(faker: Faker, seed: number, index: number): Campaign {
  const id = generatedId(seed, index)
  faker.seed(digest('campaign', seed, index).readUInt32BE(0))
  const status = faker.helpers.weightedArrayElement(statusWeights)
  const span = spanOf(faker, status)
  const createdAt = faker.date.recent({ days: 60, refDate: span.start < today ? span.start : today })
  const updatedAt = faker.date.between({ from: createdAt, to: span.end < today ? span.end : today })
  return {
    id,
    properties: growProperties(faker, status, span),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    businessUnits: [defaultBusinessUnit],
    assets: growAssets(faker, id, span),
  }
}

type CampaignStatus = (typeof campaignStatuses)[number]

interface Span {
  readonly start: Date
  readonly end: Date
}

const statusWeights = campaignStatuses.map((value) => ({ value, weight: value === 'completed' ? 4 : 1 }))

const dayMs = 24 * 60 * 60 * 1000

/** A planned campaign lies ahead of today, a completed one behind it, and all others around it. */
function spanOf(faker: Faker, status: CampaignStatus): Span {
  const days = faker.number.int({ min: 14, max: 90 })
  const lead = faker.number.int({ min: 1, max: 400 })
  const offset = status === 'planned' ? lead : status === 'completed' ? -days - lead : -Math.ceil(days / 2)
  const start = new Date(today.getTime() + offset * dayMs)
  return { start, end: new Date(start.getTime() + days * dayMs) }
}

const occasions = ['Spring', 'Summer', 'Autumn', 'Winter', 'Black Friday', 'Back to School', 'Holiday', 'New Year']
const kinds = ['Launch', 'Promotion', 'Webinar Series', 'Newsletter', 'Retargeting', 'Giveaway', 'Loyalty Drive']
const currencies = ['USD', 'USD', 'EUR', 'GBP', 'CAD', 'AUD', 'JPY']

function growProperties(faker: Faker, status: CampaignStatus, { start, end }: Span): Record<string, string> {
  const name = `${faker.helpers.arrayElement(occasions)} ${faker.commerce.department()} ${faker.helpers.arrayElement(kinds)} ${start.getUTCFullYear()}`
  const budget = faker.number.int({ min: 5, max: 500 }) * 100
  const spent = status === 'planned' ? 0 : Math.round(budget * faker.number.float({ min: 0.2, max: 1 }))
  return {
    hs_name: name,
    hs_start_date: dayOf(start),
    hs_end_date: dayOf(end),
    hs_campaign_status: status,
    hs_currency_code: faker.helpers.arrayElement(currencies),
    hs_budget_items_sum_amount: amount(budget),
    hs_spend_items_sum_amount: amount(spent),
    hs_audience: `${faker.person.jobTitle()}s in ${faker.location.country()}`,
    hs_notes: faker.helpers.maybe(() => faker.company.catchPhrase()) ?? '',
    hs_utm: faker.helpers.slugify(name).toLowerCase(),
    hs_owner: faker.string.numeric({ length: 8, allowLeadingZeros: false }),
    hs_created_by_user_id: faker.string.numeric({ length: 8, allowLeadingZeros: false }),
    hs_color_hex: faker.color.rgb({ format: 'hex' }),
    hs_object_id: faker.string.numeric({ length: 12, allowLeadingZeros: false }),
    hs_business_unit_ids: String(defaultBusinessUnit.id),
  }
}

/** Money as HubSpot writes it: `"2.0"` (observed). */
function amount(value: number): string {
  return value.toFixed(1)
}

function dayOf(moment: Date): string {
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

function growAssets(faker: Faker, campaignId: string, span: Span): Campaign['assets'] {
  const types = faker.helpers.arrayElements(commonTypes, { min: 0, max: 5 })
  const assets = types.map((type) => [
    type,
    faker.helpers.multiple(() => growAsset(faker, type, campaignId, span), { count: { min: 1, max: 4 } }),
  ])
  return Object.fromEntries(assets)
}

/** FORM ids are GUIDs, all others numbers, and a social post may have no name (observed). */
function growAsset(faker: Faker, type: AssetType, campaignId: string, span: Span): FixtureAsset {
  const id = type === 'FORM' ? faker.string.uuid() : faker.string.numeric({ length: 12, allowLeadingZeros: false })
  const nameless = type === 'SOCIAL_BROADCAST' && faker.datatype.boolean()
  const name = nameless ? {} : { name: `${faker.company.buzzAdjective()} ${faker.company.buzzNoun()}` }
  return {
    id,
    ...name,
    get daily() {
      return growDaily(`${campaignId}:${id}`, type, span)
    },
  }
}

/** Metrics for each day a campaign has run, made only when they are asked for. */
function growDaily(key: string, type: AssetType, { start, end }: Span): Record<string, Metrics> {
  const daily: Record<string, Metrics> = {}
  const until = Math.min(end.getTime(), today.getTime())
  for (let day = start.getTime(); day < until; day += dayMs) {
    daily[dayOf(new Date(day))] = growMetrics(digest(key, day), type)
  }
  return daily
}

/** Each key counts part of what the one before it counts, as clicks are part of opens, and opens of what was sent. */
function growMetrics(random: Buffer, type: AssetType): Metrics {
  let count = random.readUInt16BE(0) % 1000
  return Object.fromEntries(
    assetTypes[type].map((key, i) => {
      count = Math.floor((count * (random.readUInt8(i + 2) + 1)) / 256)
      return [key, key === 'CONVERSION_RATE' ? 0 : count]
    }),
  )
}
